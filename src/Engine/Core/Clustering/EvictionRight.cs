namespace FteAgent.Engine;

/// <summary>
/// Whether this member may evict others: only after it has itself renewed without a gap for one full lease. When the store was away,
/// nobody could renew; whoever comes back first must not take the others' silence for death before they had the same time to come back.
/// </summary>
/// <param name="lease">How long a lease lasts.</param>
/// <param name="clockTolerance">By how much the store's clock may move against ours before it counts as set anew.</param>
/// <param name="time">Our clock.</param>
internal sealed class EvictionRight(TimeSpan lease, TimeSpan clockTolerance, TimeProvider time)
{
    private long? _since;
    private long _last;
    private TimeSpan _leastOffset;
    private TimeSpan _greatestOffset;

    /// <summary>The store's time at the last renewal.</summary>
    public DateTimeOffset StoreTime { get; private set; }

    /// <summary>The latest that the store's clock can read now, if nobody has set it and an answer comes within the tolerance.</summary>
    public DateTimeOffset StoreTimeLimit => StoreTime + time.GetElapsedTime(_last) + clockTolerance;

    /// <summary>A renewal failed, or anything else that was asked of the store did.</summary>
    public void Break() => _since = null;

    /// <summary>A renewal that was sent at this instant succeeded.</summary>
    public void Renewed(long sent, DateTimeOffset storeTime)
    {
        var offset = storeTime - DateTimeOffset.UnixEpoch - time.GetElapsedTime(0, sent);
        if (_since is not null)
        {
            (_leastOffset, _greatestOffset) = (offset < _leastOffset ? offset : _leastOffset, offset > _greatestOffset ? offset : _greatestOffset);
            if (time.GetElapsedTime(_last, sent) > lease || _greatestOffset - _leastOffset > clockTolerance) Break();
        }

        if (_since is null) (_since, _leastOffset, _greatestOffset) = (sent, offset, offset);
        (_last, StoreTime) = (sent, storeTime);
    }

    public bool IsHeld => _since is { } since && time.GetElapsedTime(since) >= lease;
}
