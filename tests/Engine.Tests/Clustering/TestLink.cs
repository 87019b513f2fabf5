namespace FteAgent.Engine.Tests.Clustering;

/// <summary>A silo's way to the store, in which a test can make things happen before and after each call.</summary>
internal sealed class TestLink(IMembershipStore store) : IMembershipStore
{
    /// <summary>Where it leads.</summary>
    public IMembershipStore Store { get; set; } = store;

    public Action? Before { get; set; }

    /// <summary>What has been asked has happened; the answer may yet be lost.</summary>
    public Action? After { get; set; }

    public int Calls { get; private set; }

    public SiloAddress Enter(NewMember member) => Do(() => Store.Enter(member));

    public Renewal Renew(SiloAddress self) => Do(() => Store.Renew(self));

    public StoredView Read() => Do(() => Store.Read());

    public ActivateOutcome Activate(SiloAddress self, long asOfVersion) => Do(() => Store.Activate(self, asOfVersion));

    public bool Leave(SiloAddress self) => Do(() => Store.Leave(self));

    public void Remove(SiloAddress self) => Do(() =>
    {
        Store.Remove(self);
        return true;
    });

    public bool Evict(SiloAddress victim, SiloAddress evictor, DateTimeOffset noLaterThan) => Do(() => Store.Evict(victim, evictor, noLaterThan));

    public void Dispose() => Store.Dispose();

    private T Do<T>(Func<T> call)
    {
        Calls++;
        Before?.Invoke();
        var answer = call();
        After?.Invoke();
        return answer;
    }
}
