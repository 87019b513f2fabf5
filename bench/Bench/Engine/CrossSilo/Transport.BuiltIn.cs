namespace FteAgent.Bench.Engine.CrossSilo;

/// <summary>The built-in engine's connections by themselves.</summary>
internal sealed class Transport : IAsyncDisposable
{
    private FrameEcho? _echo;

    /// <summary>In the second process: answers frames, and gives the address.</summary>
    public static async Task<string> Serve() => (await FrameEcho.Serve(generation: 2)).Address;

    public async Task Dial(Partner partner)
    {
        (_echo, _) = await FrameEcho.Serve(generation: 1);
        await _echo.Dial(await partner.Ask("frames"));
    }

    public IEnumerable<Way> Ways() => [new("frames", () => Load.Run(_echo!.Call))];

    public ValueTask DisposeAsync() => _echo?.DisposeAsync() ?? default;
}
