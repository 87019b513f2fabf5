namespace FteAgent.Engine;

/// <summary>Calls the membership's step again and again. A test's own calls it when the test says so.</summary>
internal interface IMembershipDriver : IDisposable
{
    /// <summary>Begins. The step says how long it has nothing to do; null ends it.</summary>
    void Start(Func<TimeSpan?> step);

    /// <summary>There is something to do now.</summary>
    void Wake();
}

/// <summary>
/// A thread that does nothing else: a full thread pool, or grains that hog it, must not keep a lease from being renewed.
/// </summary>
internal sealed class MembershipThread(TimeProvider time, string silo) : IMembershipDriver
{
    /// <summary>A timer cannot be set for less: a step that is due within it is due.</summary>
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly AutoResetEvent _wake = new(false);
    private volatile bool _ended;

    public void Start(Func<TimeSpan?> step) =>
        new Thread(() => Run(step)) { IsBackground = true, Name = $"Membership of {silo}", Priority = ThreadPriority.AboveNormal }.Start();

    public void Wake()
    {
        if (!_ended) _wake.Set();
    }

    public void Dispose()
    {
        // The event is left to the collector: the thread may be waiting for it.
        _ended = true;
        _wake.Set();
    }

    private void Run(Func<TimeSpan?> step)
    {
        while (!_ended && step() is { } pause)
            if (pause == Timeout.InfiniteTimeSpan) _wake.WaitOne();
            else if (pause > TimeSpan.Zero) Wait(pause < ShortestWait ? ShortestWait : pause);
    }

    private void Wait(TimeSpan pause)
    {
        if (ReferenceEquals(time, TimeProvider.System))
        {
            _wake.WaitOne(pause);
            return;
        }

        // By a clock that a test moves.
        using var alarm = time.CreateTimer(static wake => ((AutoResetEvent)wake!).Set(), _wake, pause, Timeout.InfiniteTimeSpan);
        _wake.WaitOne();
    }
}
