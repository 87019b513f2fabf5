using System.Collections.Immutable;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>
/// What the membership's own thread does: one step after another, each of which asks the store for what is due. No step waits for
/// anything but the store, which answers or fails within its own limits.
/// </summary>
internal sealed partial class Membership
{
    /// <summary>After a failure a member tries again this many times in each renewal period: its lease runs.</summary>
    private const int TriesPerPeriod = 4;

    /// <summary>A member that could not take its row away tries for this many leases; then the others will do it.</summary>
    private const int LeasesToRetire = 1;

    private readonly EvictionRight _right;
    private Phase _phase = Phase.Out;
    private long _leaseEnd;
    private long _nextRenewal;
    private long _notBefore;
    private long _heard;
    private ImmutableArray<SiloAddress> _overdue = [];

    private enum Phase
    {
        /// <summary>No row.</summary>
        Out,

        /// <summary>A row that is joining.</summary>
        Joining,

        /// <summary>A row that is active.</summary>
        Active,

        /// <summary>A row that is leaving.</summary>
        Leaving,
    }

    private TimeSpan RenewPeriod => _parts.Options.RenewPeriod;

    private bool Stays => _leave is null && _retire is null;

    /// <summary>Does what is due, and says for how long nothing will be. Null: for ever.</summary>
    private TimeSpan? Step()
    {
        if (_ended) return null;

        try
        {
            if (_phase != Phase.Out && IsPast(_leaseEnd)) Lose("its lease ended before it could be renewed");
            SettleWhatIsDue();
            if (_ended) return null;
            if (IsPast(_notBefore)) StepInStore();
        }
        catch (MembershipStoreException exception)
        {
            OnStoreFailed(exception);
        }

        SettleWhatIsDue();
        return _ended ? null : Pause();
    }

    private void StepInStore()
    {
        if (_retire is not null)
        {
            if (_phase != Phase.Out) TakeRowAway();
            return;
        }

        if (_phase == Phase.Out)
        {
            if (Stays) Enter();
        }
        else if (IsPast(_nextRenewal))
        {
            Renew();
        }

        if (_phase == Phase.Joining && Stays) GoOnJoining();
        if (_phase == Phase.Active && _leave is not null) DeclareLeaving();
        if (_phase == Phase.Joining && _leave is not null) TakeRowAway();
        if (_phase == Phase.Active && !_overdue.IsEmpty && _right.IsHeld) EvictOverdue();
        if (_viewAsked || _heard > _view.Version) ReadView();
    }

    private void Enter()
    {
        var sent = _time.GetTimestamp();
        var self = _parts.Store.Enter(new(
            _parts.Endpoint(), _parts.Name, _parts.Options.Lease, Math.Max(_heard, _view.Version), _self?.Generation ?? 0));
        _self = self;
        _phase = Phase.Joining;
        _right.Break();
        BeginJoining();
        Extend(sent);
        MembershipLog.Entered(_parts.Logger, self);
    }

    private void Renew()
    {
        var sent = _time.GetTimestamp();
        var renewal = _parts.Store.Renew(Self);
        if (!renewal.IsMember)
        {
            Lose("the others have struck it out");
            return;
        }

        if (renewal.Version < _view.Version)
        {
            Lose("the membership store has gone back to an earlier state");
            return;
        }

        // Until just now it held by the renewal before. If that ended meanwhile, it ended: turns may have been refused already.
        if (!TryExtend(sent))
        {
            Lose("its lease ended while it was being renewed");
            return;
        }

        _right.Renewed(sent, renewal.StoreTime);
        _heard = Math.Max(_heard, renewal.Version);
        _overdue = renewal.Overdue.Remove(Self);
        lock (_gate)
            if (_waiting.Count > 0) _viewAsked = true;
    }

    private bool TryExtend(long sent)
    {
        if (IsPast(_leaseEnd)) return false;
        if (_phase is Phase.Active or Phase.Leaving && !Hold(_leaseEnd, sent + Ticks(_parts.Options.Lease))) return false;

        Extend(sent);
        return true;
    }

    private void Extend(long sent)
    {
        _leaseEnd = sent + Ticks(_parts.Options.Lease);
        _nextRenewal = sent + Ticks(RenewPeriod);
    }

    /// <summary>Lets it be seen that the lease is held longer; not when it has been seen as over.</summary>
    private bool Hold(long from, long until) => Interlocked.CompareExchange(ref _holdsUntil, until, from) == from;

    private void EvictOverdue()
    {
        foreach (var victim in _overdue)
            if (_parts.Store.Evict(victim, Self, _right.StoreTimeLimit))
            {
                _viewAsked = true;
                MembershipLog.Evicted(_parts.Logger, victim);
            }

        _overdue = [];
    }

    private void ReadView()
    {
        lock (_gate)
            _viewAsked = false;

        Publish(_parts.Store.Read());
    }

    private void Publish(StoredView stored)
    {
        _heard = Math.Max(_heard, stored.Version);
        var before = _view;
        if (stored.Version <= before.Version) return;

        var view = stored.ToView();
        List<TaskCompletionSource<ClusterView>> reached;
        lock (_gate)
        {
            _view = view;
            reached = [.. _waiting.Where(waiting => waiting.Version <= view.Version).Select(waiting => waiting.Reached)];
            _waiting.RemoveAll(waiting => waiting.Version <= view.Version);
        }

        MembershipLog.ViewMoved(_parts.Logger, view.Version, view.Active.Length, view.Members.Length);
        Tell(() => ViewChanged?.Invoke(before, view));
        foreach (var waiting in reached) waiting.TrySetResult(view);
    }

    private void DeclareLeaving()
    {
        if (!_parts.Store.Leave(Self))
        {
            Lose("the others have struck it out");
            return;
        }

        _phase = Phase.Leaving;
        _viewAsked = true;
    }

    private void TakeRowAway()
    {
        // In this order: once the row is gone its grains live elsewhere.
        Volatile.Write(ref _holdsUntil, NoLease);
        _parts.Store.Remove(Self);
        _phase = Phase.Out;
        MembershipLog.Retired(_parts.Logger, Self);
    }

    /// <summary>This incarnation is over. A silo that did not mean to leave comes back as a new one.</summary>
    private void Lose(string why)
    {
        var self = Self;
        var acted = _phase is Phase.Active or Phase.Leaving && _retire is null;
        _phase = Phase.Out;
        _right.Break();
        _overdue = [];
        Volatile.Write(ref _holdsUntil, NoLease);
        _notBefore = _time.GetTimestamp();
        MembershipLog.Lost(_parts.Logger, self, why);
        if (acted) Tell(() => LeaseLost?.Invoke(self));
    }

    private void SettleWhatIsDue()
    {
        GiveUpJoiningWhenTooLate();
        GrantWhatHasCome();
        if (_retire is { } retire && (_phase == Phase.Out || IsPast(RetiredBy(retire)))) End();
    }

    private void GrantWhatHasCome()
    {
        var seen = _view.Find(Self)?.Status;
        if (_phase == Phase.Active && seen == MemberStatus.Active) _join?.Grant();
        if (_leave is not { } leave) return;

        if (_phase == Phase.Leaving && seen == MemberStatus.Leaving) leave.Grant();
        if (_phase != Phase.Out) return;

        leave.Grant();
        _join?.Fail(Ended());
    }

    private long RetiredBy(Wish retire) => retire.Since + Ticks(_parts.Options.Lease * LeasesToRetire);

    private void OnStoreFailed(MembershipStoreException exception)
    {
        // What was asked last may have happened or not. That is a gap, whoever is to blame.
        _right.Break();
        _overdue = [];
        _viewAsked = true;
        _obstacle = $"the membership store could not be asked: {exception.Message}";
        var period = RenewPeriod / (_phase == Phase.Out ? 1 : TriesPerPeriod);
        _notBefore = _time.GetTimestamp() + Ticks(Jittered(period));
        MembershipLog.StoreFailed(_parts.Logger, exception.Message);
    }

    /// <summary>From half of it to all of it, so that silos which fail together do not all come back at once. Never as long as a lease.</summary>
    private TimeSpan Jittered(TimeSpan period) => period * (0.5 + _parts.Random.NextDouble() / 2);

    private TimeSpan Pause()
    {
        var now = _time.GetTimestamp();
        var due = _phase switch
        {
            Phase.Out => Stays ? now : long.MaxValue,
            Phase.Joining => Math.Min(_nextRenewal, _nextProbe),
            _ => _nextRenewal,
        };
        if (_viewAsked || _heard > _view.Version) due = now;

        due = Math.Max(due, _notBefore);
        if (_phase != Phase.Out) due = Math.Min(due, _leaseEnd);
        if (_retire is { } retire) due = Math.Min(due, RetiredBy(retire));
        if (_join is { IsSettled: false } join) due = Math.Min(due, join.Since + Ticks(_parts.Options.JoinTimeout));
        return due == long.MaxValue ? Timeout.InfiniteTimeSpan : due <= now ? TimeSpan.Zero : _time.GetElapsedTime(now, due);
    }

    private void Tell(Action happening)
    {
        try
        {
            happening();
        }
        catch (Exception exception)
        {
            // A listener's fault must not cost this silo its lease.
            MembershipLog.ListenerFailed(_parts.Logger, exception);
        }
    }

    private bool IsPast(long timestamp) => _time.GetTimestamp() >= timestamp;

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * _time.TimestampFrequency);
}
