using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace FteAgent.Cluster.History;

/// <summary>All that was accepted and all that was seen, written down by those who did it and saw it.</summary>
internal sealed class Happenings
{
    private readonly ConcurrentQueue<Acceptance> accepted = new();
    private readonly ConcurrentQueue<Showing> shown = new();
    private readonly ConcurrentQueue<Glimpse> glimpsed = new();
    private readonly ConcurrentQueue<Whole> whole = new();
    private readonly ConcurrentQueue<Undone> undone = new();
    private readonly ConcurrentQueue<Arrival> arrived = new();
    private readonly ConcurrentDictionary<string, string> owners = new();

    /// <summary>Every 2xx, in no order but that of its times.</summary>
    public ImmutableArray<Acceptance> Accepted => [.. accepted];

    /// <summary>Every message that a reader was shown; those of one reading in its order.</summary>
    public ImmutableArray<Showing> Shown => [.. shown];

    /// <summary>All else that a reader was shown.</summary>
    public ImmutableArray<Glimpse> Glimpsed => [.. glimpsed];

    /// <summary>The readings that must show everything.</summary>
    public ImmutableArray<Whole> Whole => [.. whole];

    /// <summary>What was left when the fleet had had its time.</summary>
    public ImmutableArray<Undone> Undone => [.. undone];

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

    public void Add(Whole reading) => whole.Enqueue(reading);

    public void Add(Undone left) => undone.Enqueue(left);

    public void Add(Arrival arrival) => arrived.Enqueue(arrival);
}
