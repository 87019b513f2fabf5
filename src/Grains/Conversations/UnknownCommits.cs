using System.Collections.Immutable;
using FteAgent.Customers;

namespace FteAgent.Conversations;

/// <summary>
/// Conversations to which this silo may have committed something without hearing of it. An exchange opened that way counts as this silo's,
/// which lives, so nobody else takes it over; the sweeper asks for them once the record answers again.
/// </summary>
internal sealed class UnknownCommits
{
    /// <summary>How many are kept. One beyond that is found when its exchange counts as stuck.</summary>
    private const int Capacity = 10_000;

    private readonly Lock gate = new();
    private readonly HashSet<CustomerId> customers = [];

    /// <summary>Keeps a conversation until it is taken.</summary>
    public void Add(CustomerId customer)
    {
        lock (gate)
            if (customers.Count < Capacity)
                customers.Add(customer);
    }

    /// <summary>Takes as many as this, each once.</summary>
    public ImmutableArray<CustomerId> Take(int limit)
    {
        lock (gate)
        {
            ImmutableArray<CustomerId> taken = [.. customers.Take(limit)];
            customers.ExceptWith(taken);
            return taken;
        }
    }
}
