using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace FteAgent.Cluster.History;

/// <summary>All that was accepted and all that was seen, written down by those who did it and saw it.</summary>
internal sealed class Happenings
{
    private readonly ConcurrentQueue<Acceptance> accepted = new();
    private readonly ConcurrentQueue<Showing> shown = new();
    private readonly ConcurrentQueue<Glimpse> glimpsed = new();
    private readonly ConcurrentQueue<Unseen> unseen = new();
    private readonly ConcurrentQueue<Arrival> arrived = new();
    private readonly ConcurrentDictionary<string, string> owners = new();

    /// <summary>Every 2xx, in no order but that of its times.</summary>
    public ImmutableArray<Acceptance> Accepted => [.. accepted];

    /// <summary>Every message that a reader was shown; those of one reading in its order.</summary>
    public ImmutableArray<Showing> Shown => [.. shown];

    /// <summary>All else that a reader was shown.</summary>
    public ImmutableArray<Glimpse> Glimpsed => [.. glimpsed];

    /// <summary>The pages that stopped short.</summary>
    public ImmutableArray<Unseen> Unseen => [.. unseen];

    /// <summary>Every delivery, in the order of arrival.</summary>
    public ImmutableArray<Arrival> Arrived => [.. arrived];

    /// <summary>The customer's mark that belongs to a conversation.</summary>
    public IReadOnlyDictionary<string, string> Owners => owners;

    public void Add(Acceptance acceptance)
    {
        owners[acceptance.Conversation] = Load.Mark.Owner(acceptance.Mark);
        accepted.Enqueue(acceptance);
    }

    public void Add(Showing showing) => shown.Enqueue(showing);

    public void Add(Glimpse glimpse) => glimpsed.Enqueue(glimpse);

    public void Add(Unseen page) => unseen.Enqueue(page);

    public void Add(Arrival arrival) => arrived.Enqueue(arrival);
}
