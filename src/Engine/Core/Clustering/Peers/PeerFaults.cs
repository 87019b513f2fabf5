using Microsoft.Extensions.Logging;

namespace FteAgent.Engine;

/// <summary>Counts handshakes that failed, and logs so few of them that nobody can fill a disk by dialling.</summary>
internal sealed class PeerFaults(ILogger logger, TimeProvider time)
{
    private readonly Allowance _refusals = new(time);
    private readonly Allowance _failures = new(time);
    private long _refused;
    private long _failed;
    private long _hungUp;

    /// <summary>Connections to this silo that broke off in their handshake.</summary>
    public long BrokenOff => Interlocked.Read(ref _hungUp);

    /// <summary>Connections to this silo that were refused.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Attempts from this silo that failed.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    public void HungUp() => Interlocked.Increment(ref _hungUp);

    public void WasRefused(string endpoint, string reason)
    {
        Interlocked.Increment(ref _refused);
        if (_refusals.Take() is { } more) PeerLog.Refused(logger, endpoint, reason, more);
    }

    public void HasFailed(string silo, string reason)
    {
        Interlocked.Increment(ref _failed);
        if (_failures.Take() is { } more) PeerLog.Unreachable(logger, silo, reason, more);
    }
}
