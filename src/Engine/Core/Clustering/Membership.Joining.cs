using System.Collections.Immutable;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>How a silo comes to be active: those who are must be able to reach it, or grains placed on it would be lost to them.</summary>
internal sealed partial class Membership
{
    private readonly Dictionary<SiloAddress, Task<bool>> _probes = [];
    private string? _obstacle;
    private long _nextProbe;

    private void BeginJoining()
    {
        _probes.Clear();
        _nextProbe = _time.GetTimestamp();
    }

    private void GoOnJoining()
    {
        var answered = _probes.Values.Any(static probe => probe.IsCompletedSuccessfully && probe.GetAwaiter().GetResult());
        if (!answered && !IsPast(_nextProbe)) return;

        var stored = _parts.Store.Read();
        Publish(stored);

        // A member whose lease is over may be gone; whether it reaches us says nothing.
        ImmutableArray<SiloAddress> asked =
        [
            .. stored.Members
                .Where(member => member.Member.Status == MemberStatus.Active && member.LeaseLeft > TimeSpan.Zero)
                .Select(member => member.Member.Address)
                .Where(address => !address.Equals(Self)),
        ];
        foreach (var member in asked) Ask(member);

        _nextProbe = _time.GetTimestamp() + Ticks(RenewPeriod);
        // We ourselves are among the active ones when the answer to our activation was lost.
        var isActive = stored.Members.Any(member => member.Member.Status == MemberStatus.Active && member.Member.Address.Equals(Self));
        if (isActive || asked.IsEmpty || asked.Count(Reaches) * 2 > asked.Length) TryActivate(stored.Version);
        else _obstacle = $"{string.Join(", ", asked.Where(member => !Reaches(member)))} could not reach it at {Self.Endpoint}";
    }

    private void TryActivate(long asOfVersion)
    {
        switch (_parts.Store.Activate(Self, asOfVersion))
        {
            case ActivateOutcome.Done:
                // Seen from the moment on that the lease began with, and no longer: the first renewal extends it as all others do.
                _phase = Phase.Active;
                Volatile.Write(ref _holdsUntil, _leaseEnd);
                MembershipLog.Joined(_parts.Logger, Self);
                ReadView();
                _join?.Grant();
                break;

            case ActivateOutcome.VersionMoved:
                _nextProbe = _time.GetTimestamp();
                break;

            case ActivateOutcome.NotMember:
                Lose("the others have struck it out");
                break;
        }
    }

    private void Ask(SiloAddress member)
    {
        if (_probes.TryGetValue(member, out var probe) && (!probe.IsCompleted || Reaches(member))) return;

        _probes[member] = Probe(member);
    }

    private async Task<bool> Probe(SiloAddress member)
    {
        using var limit = new CancellationTokenSource(_parts.Options.DialTimeout + _parts.Options.HandshakeTimeout, _time);
        try
        {
            return await _parts.RequestProbe(member, limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception exception)
        {
            MembershipLog.ProbeFailed(_parts.Logger, member, exception.Message);
            return false;
        }
        finally
        {
            _parts.Driver.Wake();
        }
    }

    private bool Reaches(SiloAddress member) =>
        _probes.TryGetValue(member, out var probe) && probe.IsCompletedSuccessfully && probe.GetAwaiter().GetResult();

    private void GiveUpJoiningWhenTooLate()
    {
        if (_join is not { IsSettled: false } join || _time.GetElapsedTime(join.Since) < _parts.Options.JoinTimeout) return;

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
