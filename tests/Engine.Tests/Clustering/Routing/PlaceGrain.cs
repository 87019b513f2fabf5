using FteAgent.Engine.Tests.Support;
using Orleans.Concurrency;

namespace FteAgent.Engine.Tests.Clustering.Routing;

/// <summary>A grain that says where it is, and how far it has come.</summary>
[Alias("test.place")]
public interface IPlaceGrain : IGrainWithStringKey
{
    /// <summary>The silo it runs on.</summary>
    [Alias("where")]
    Task<SiloAddress> Where();

    /// <summary>How many calls this activation has had.</summary>
    [Alias("count")]
    Task<int> Count();

    /// <summary>Begins the part, waits at its gate, ends it.</summary>
    [Alias("play")]
    Task Play(string part);

    [ResponseTimeout("00:00:01"), Alias("play-shortly")]
    Task PlayShortly();

    [OneWay, Alias("tell")]
    Task Tell(string word);

    /// <summary>The caller by its own account, and as the call says.</summary>
    [Alias("who")]
    Task<string> WhoCalls();

    [Alias("ask")]
    Task<string> AskWhoCalls(IPlaceGrain other);

    [Alias("size")]
    Task<int> Size(byte[] bytes);

    [Alias("bytes")]
    Task<byte[]> Bytes(int count);

    /// <summary>Hands itself, not a reference, to the other, which calls it back.</summary>
    [Alias("pass")]
    Task<SiloAddress> PassItself(IPlaceGrain other);

    [Alias("ask-where")]
    Task<SiloAddress> AskWhere(IPlaceGrain other);

    /// <summary>Goes from grain to grain and back into the first, which waits.</summary>
    [Alias("round")]
    Task<int> Round(IPlaceGrain[] way, IPlaceGrain first);
}

public sealed class PlaceGrain(ILocalSiloDetails silo) : Grain, IPlaceGrain, IIncomingGrainCallFilter
{
    private int _count;
    private string _source = "";

    private Stage Stage => Stage.Of(this);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Stage.Add($"activated on {silo.Name}");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Stage.Add($"deactivated on {silo.Name} {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public Task<SiloAddress> Where() => Task.FromResult(silo.SiloAddress);

    public Task<int> Count() => Task.FromResult(++_count);

    public async Task Play(string part)
    {
        Stage.Add($"+{part}");
        await Stage.Pass(part);
        Stage.Add($"-{part}");
    }

    public Task PlayShortly() => Play("shortly");

    public Task Tell(string word)
    {
        Stage.Add($"told {word} on {silo.Name}");
        return Task.CompletedTask;
    }

    public Task<string> WhoCalls() => Task.FromResult(_source);

    public Task<string> AskWhoCalls(IPlaceGrain other) => other.WhoCalls();

    public Task<int> Size(byte[] bytes) => Task.FromResult(bytes.Length);

    public Task<byte[]> Bytes(int count) => Task.FromResult(new byte[count]);

    public async Task<SiloAddress> PassItself(IPlaceGrain other)
    {
        using var section = RequestContext.AllowCallChainReentrancy();
        return await other.AskWhere(this);
    }

    public Task<SiloAddress> AskWhere(IPlaceGrain other) => other.Where();

    public async Task<int> Round(IPlaceGrain[] way, IPlaceGrain first)
    {
        using var section = RequestContext.AllowCallChainReentrancy();
        return way is [] ? await first.Count() : 1 + await way[0].Round(way[1..], first);
    }

    public Task Invoke(IIncomingGrainCallContext context)
    {
        _source = $"{context.SourceId}";
        return context.Invoke();
    }
}
