namespace FteAgent.Bench.Engine.CrossSilo;

/// <summary>Orleans shows no part of its network that could be measured without its grains.</summary>
internal sealed class Transport : IAsyncDisposable
{
    public static Task<string> Serve() => Task.FromResult("");

    public Task Dial(Partner partner) => Task.CompletedTask;

    public IEnumerable<Way> Ways() => [];

    public ValueTask DisposeAsync() => default;
}
