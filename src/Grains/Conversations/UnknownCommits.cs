using System.Collections.Immutable;
using FteAgent.Customers;

namespace FteAgent.Conversations;

/// <summary>
/// Conversations to which this silo may have committed something without hearing of it. An exchange opened that way counts as this silo's,
/// which lives, so nobody else takes it over; the sweeper asks for them once the record answers again. A commit is noted before it is sent:
/// whoever sent it may never run on, where the silo loses its lease meanwhile and its grains are abandoned.
/// </summary>
internal sealed class UnknownCommits(TimeProvider time)
{
    /// <summary>How many are kept. One beyond that is found when its exchange counts as stuck.</summary>
    private const int Capacity = 10_000;

    /// <summary>How long a commit may be under way before it is asked for: longer than a record lets one wait and send, else it could land after.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Dictionary<long, Commit> commits = [];
    private long last;

    /// <summary>Notes that a commit is about to be sent, and gives the number under which its outcome is told.</summary>
    public long Sending(CustomerId customer) => Note(customer, time.GetTimestamp());

    /// <summary>The outcome of a commit is known.</summary>
    public void Known(long number)
    {
        lock (gate)
            commits.Remove(number);
    }

    /// <summary>The outcome of a commit is not known and will not be: it is asked for as soon as the record answers.</summary>
    public void Lost(long number)
    {
        lock (gate)
            if (commits.TryGetValue(number, out var commit))
                commits[number] = commit with { Since = null };
    }

    /// <summary>Keeps a conversation until it is taken again: what became of it could not be asked.</summary>
    public void Add(CustomerId customer) => Note(customer, null);

    /// <summary>Takes as many conversations as this, each once: those whose commits are lost, or under way for longer than any should be.</summary>
    public ImmutableArray<CustomerId> Take(int limit)
    {
        var taken = new HashSet<CustomerId>();
        lock (gate)
            foreach (var (number, commit) in commits)
                if (IsDue(commit) && (taken.Contains(commit.Customer) || taken.Count < limit))
                {
                    taken.Add(commit.Customer);
                    commits.Remove(number);
                }

        return [.. taken];
    }

    private bool IsDue(Commit commit) => commit.Since is not { } since || time.GetElapsedTime(since) > Patience;

    private long Note(CustomerId customer, long? since)
    {
        lock (gate)
        {
            last++;
            if (commits.Count < Capacity)
                commits.Add(last, new(customer, since));
            return last;
        }
    }

    /// <param name="Customer">Whose conversation it is for.</param>
    /// <param name="Since">When it was sent, as a timestamp of the clock; null when nobody waits for its outcome any more.</param>
    private readonly record struct Commit(CustomerId Customer, long? Since);
}
