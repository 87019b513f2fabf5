namespace FteAgent.Engine;

/// <summary>
/// Notices when nothing comes or goes. It counts ticks rather than comparing clock times, so that a process that was stopped for a
/// while does not blame its peers when it wakes: it gives them a few ticks to be heard.
/// </summary>
internal sealed class SilenceWatch(ClusteringOptions options)
{
    /// <summary>How often it must be asked.</summary>
    public static TimeSpan Period(ClusteringOptions options) => options.PingAfter / 2;

    /// <summary>The other end takes nothing of what waits for this long, while it says that it lives: its reader is stuck.</summary>
    private readonly TimeSpan _stallLimit = 2 * options.QueueTimeout;

    // Written by the loops, read by the tick: a single flag each, so that a frame costs no clock.
    private bool _received;
    private bool _sent;
    private bool _taking;

    private TimeSpan _silent;
    private TimeSpan _quiet;
    private TimeSpan _stalled;

    /// <summary>Bytes have come, and frames are being taken from them until <see cref="Taken"/>: meanwhile it is not the other end that is slow.</summary>
    public void Received()
    {
        Volatile.Write(ref _received, true);
        Volatile.Write(ref _taking, true);
    }

    public void Taken() => Volatile.Write(ref _taking, false);

    public void Sent() => Volatile.Write(ref _sent, true);

    /// <summary>What the time that has passed since the last tick means.</summary>
    public Silence Tick(TimeSpan elapsed, bool waiting)
    {
        var period = Period(options);
        if (elapsed > 2 * period) elapsed = period;

        var sent = Volatile.Read(ref _sent);
        _silent = Volatile.Read(ref _received) || Volatile.Read(ref _taking) ? TimeSpan.Zero : _silent + elapsed;
        _quiet = sent ? TimeSpan.Zero : _quiet + elapsed;
        _stalled = sent || !waiting ? TimeSpan.Zero : _stalled + elapsed;
        Volatile.Write(ref _received, false);
        Volatile.Write(ref _sent, false);

        if (_silent >= options.SilenceLimit) return Silence.NothingCame;
        if (_stalled >= _stallLimit) return Silence.NothingTaken;
        return _quiet >= options.PingAfter && !waiting ? Silence.SayAlive : Silence.None;
    }
}

/// <summary>What a tick found.</summary>
internal enum Silence
{
    /// <summary>All is well.</summary>
    None,

    /// <summary>This silo has sent nothing for a while: the other must hear that it lives.</summary>
    SayAlive,

    /// <summary>Nothing has come for too long.</summary>
    NothingCame,

    /// <summary>What waits to be sent has not moved for too long.</summary>
    NothingTaken,
}
