using System.Collections.Concurrent;
using System.Collections.Immutable;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>How a silo comes to be active: those who are must be able to reach it, or grains placed on it would be lost to them.</summary>
internal sealed partial class Membership
{
    // What each active member says of whether it reaches this incarnation. Written by whatever thread the answer comes on.
    private readonly ConcurrentDictionary<(SiloAddress Self, SiloAddress Member), Probe> _probes = [];
    private string? _obstacle;
    private long _nextProbe;
    private volatile bool _wasReached;

    private enum Probe
    {
        UnderWay,
        Reached,
        NotReached,
    }

    private void BeginJoining()
    {
        _probes.Clear();
        _nextProbe = _time.GetTimestamp();
    }

    private void GoOnJoining()
    {
        var isTime = IsPast(_nextProbe);
        if (!isTime && !_wasReached) return;

        _wasReached = false;
        var stored = _parts.Store.Read();
        if (isTime) _nextProbe = _time.GetTimestamp() + Ticks(RenewPeriod);
        Publish(stored);

        // A member whose lease is over may be gone; whether it reaches us says nothing.
        ImmutableArray<SiloAddress> asked =
        [
            .. stored.Members
                .Where(member => member.Member.Status == MemberStatus.Active && member.LeaseLeft > TimeSpan.Zero)
                .Select(member => member.Member.Address)
                .Where(address => !address.Equals(Self)),
        ];
        foreach (var member in asked)
            if (MayAsk(member, isTime)) _ = Ask(Self, member);

        // We ourselves are among the active ones when the answer to our activation was lost.
        if (stored.Members.Any(member => member.Member.Status == MemberStatus.Active && member.Member.Address.Equals(Self))) BecomeActive();
        else if (asked.IsEmpty || asked.Count(Reaches) * 2 > asked.Length) TryActivate(stored.Version);
        else _obstacle = $"{string.Join(", ", asked.Where(member => !Reaches(member)))} could not reach it at {Self.Endpoint}";
    }

    private void TryActivate(long asOfVersion)
    {
        switch (_parts.Store.Activate(Self, asOfVersion))
        {
            case ActivateOutcome.Done:
                BecomeActive();
                break;

            case ActivateOutcome.VersionMoved:
                _nextProbe = _time.GetTimestamp();
                break;

            case ActivateOutcome.NotMember:
                Lose("the others have struck it out");
                break;
        }
    }

    private void BecomeActive()
    {
        // By the lease that it has as a joiner, and no longer: the next renewal extends it as all others do.
        _phase = Phase.Active;
        Volatile.Write(ref _holdsUntil, _leaseEnd);
        _viewAsked = true;
        MembershipLog.Joined(_parts.Logger, Self);
    }

    private bool MayAsk(SiloAddress member, bool isTime) =>
        !_probes.TryGetValue((Self, member), out var probe) || (isTime && probe == Probe.NotReached);

    private bool Reaches(SiloAddress member) => _probes.TryGetValue((Self, member), out var probe) && probe == Probe.Reached;

    private async Task Ask(SiloAddress self, SiloAddress member)
    {
        _probes[(self, member)] = Probe.UnderWay;
        using var limit = new CancellationTokenSource(_parts.Options.DialTimeout + _parts.Options.HandshakeTimeout, _time);
        try
        {
            var isReached = await _parts.RequestProbe(member, limit.Token).WaitAsync(limit.Token);
            _probes[(self, member)] = isReached ? Probe.Reached : Probe.NotReached;
            if (!isReached) return;

            _wasReached = true;
            _parts.Driver.Wake();
        }
        catch (Exception exception)
        {
            // Whatever the reason, it has not said that it reaches us. It is asked again.
            _probes[(self, member)] = Probe.NotReached;
            MembershipLog.ProbeFailed(_parts.Logger, member, exception.Message);
        }
    }

    private void GiveUpJoiningWhenTooLate()
    {
        if (_phase == Phase.Active || _join is not { IsSettled: false } join || _time.GetElapsedTime(join.Since) < _parts.Options.JoinTimeout) return;

        if (_phase != Phase.Out)
        {
            try
            {
                _parts.Store.Remove(Self);
            }
            catch (MembershipStoreException)
            {
                // A joining row that nobody renews is swept away by the others.
            }
        }

        Volatile.Write(ref _holdsUntil, NoLease);
        join.Fail(new TimeoutException(
            $"Silo {_parts.Name} could not join its cluster within {_parts.Options.JoinTimeout}: {_obstacle ?? "no member has answered yet"}."));
        End();
    }
}
