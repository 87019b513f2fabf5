using FteAgent.Customers;

namespace FteAgent.Postgres;

/// <summary>
/// Commits that wait to be sent, in the order in which they came. Two of one conversation are never on their way at once: the later one
/// waits until the earlier has its result.
/// </summary>
internal sealed class CommitQueue(int limit)
{
    private readonly Lock gate = new();
    private readonly Queue<CommitMember> returned = new();   // Sent without success; they go before those that came later.
    private readonly Queue<CommitMember> ready = new();
    private readonly Dictionary<CustomerId, Queue<CommitMember>?> behind = [];   // For each conversation that is ready or on its way: who comes after.
    private int waiting;

    /// <summary>How many could be sent now.</summary>
    public int Ready { get { lock (gate) return ready.Count + returned.Count; } }

    /// <summary>How many wait.</summary>
    public int Waiting { get { lock (gate) return waiting; } }

    /// <summary>Adds one, unless too many wait.</summary>
    public bool TryAdd(CommitMember member)
    {
        lock (gate)
        {
            if (waiting >= limit)
                return false;
            waiting++;
            if (behind.TryAdd(member.Customer, null))
                ready.Enqueue(member);
            else
                (behind[member.Customer] ??= new()).Enqueue(member);
            return true;
        }
    }

    /// <summary>Takes what is ready, at most so many, in order of customer: whoever locks the same rows locks them in the same order.</summary>
    public List<CommitMember> Take(int atMost)
    {
        var group = new List<CommitMember>(atMost);
        lock (gate)
        {
            while (group.Count < atMost && (returned.TryPeek(out var member) || ready.TryPeek(out member)))
            {
                if (member.GoesAlone && group.Count > 0)
                    break;
                _ = returned.TryDequeue(out _) || ready.TryDequeue(out _);
                waiting--;
                if (member.TryBegin())
                    group.Add(member);
                else
                    Next(member.Customer);
                if (member.GoesAlone && group.Count > 0)
                    break;
            }
        }

        group.Sort(static (a, b) => a.Customer.Value.CompareTo(b.Customer.Value));
        return group;
    }

    /// <summary>These are over; who waits behind them is ready.</summary>
    public void Release(IReadOnlyList<CommitMember> group)
    {
        lock (gate)
            foreach (var member in group)
                Next(member.Customer);
    }

    /// <summary>These were sent without success and go first next time.</summary>
    public void PutBack(IReadOnlyList<CommitMember> group)
    {
        lock (gate)
            foreach (var member in group)
            {
                member.WaitAgain();
                waiting++;
                returned.Enqueue(member);
            }
    }

    /// <summary>Ends those that have waited too long. They leave the queue when it is their turn.</summary>
    public void GiveUp(Func<CommitMember, bool> tooLong, Func<Exception> reason)
    {
        CommitMember[] late;
        lock (gate)
            late = waiting == 0 ? [] : [.. returned.Concat(ready).Concat(behind.Values.OfType<Queue<CommitMember>>().SelectMany(q => q)).Where(tooLong)];
        foreach (var member in late)
            member.TryGiveUp(reason());
    }

    private void Next(CustomerId customer)
    {
        if (behind[customer] is { } queue && queue.TryDequeue(out var next))
            ready.Enqueue(next);
        else
            behind.Remove(customer);
    }
}
