using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>
/// One life of a silo in its cluster, from joining to losing its lease. Each activation belongs to one: when it has ended, no turn of
/// those activations runs any more, though the silo may live on as another incarnation.
/// </summary>
internal sealed class Incarnation(SiloAddress address, IMembership membership)
{
    /// <summary>How many activations end at the same time when a share of them does: each may write to a store, and a hundred thousand at once would flood it.</summary>
    private const int MaxEndingAtOnce = 128;

    private volatile bool _ended;

    /// <summary>The turnstile of those that end. It goes with the incarnation: what is abandoned in it never comes out.</summary>
    public SemaphoreSlim Endings { get; } = new(MaxEndingAtOnce);

    public SiloAddress Address => address;

    public bool HasEnded => _ended;

    /// <summary>
    /// Whether grains may run a turn now. Asked before every one. Once it is false it stays so: a membership that was seen without
    /// its lease never has it back, and says that it was lost.
    /// </summary>
    public bool MayAct => !_ended && membership.HoldsLease;

    public void End() => _ended = true;
}
