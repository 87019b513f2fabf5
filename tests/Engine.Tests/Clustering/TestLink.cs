namespace FteAgent.Engine.Tests.Clustering;

/// <summary>A silo's way to the store, in which a test can make things happen before and after each call.</summary>
internal sealed class TestLink(IMembershipStore store) : IMembershipStore
{
    public Action? Before { get; set; }

    /// <summary>What has been asked has happened; the answer may yet be lost.</summary>
    public Action? After { get; set; }

    public int Calls { get; private set; }

    public SiloAddress Enter(NewMember member) => Do(() => store.Enter(member));

    public Renewal Renew(SiloAddress self) => Do(() => store.Renew(self));

    public StoredView Read() => Do(store.Read);

    public ActivateOutcome Activate(SiloAddress self, long asOfVersion) => Do(() => store.Activate(self, asOfVersion));

    public bool Leave(SiloAddress self) => Do(() => store.Leave(self));

    public void Remove(SiloAddress self) => Do(() =>
    {
        store.Remove(self);
        return true;
    });

    public bool Evict(SiloAddress victim, SiloAddress evictor, DateTimeOffset noLaterThan) => Do(() => store.Evict(victim, evictor, noLaterThan));

    public void Dispose() => store.Dispose();

    private T Do<T>(Func<T> call)
    {
        Calls++;
        Before?.Invoke();
        var answer = call();
        After?.Invoke();
        return answer;
    }
}
