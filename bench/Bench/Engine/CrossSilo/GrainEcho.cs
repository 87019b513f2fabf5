using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FteAgent.Bench.Engine.CrossSilo;

/// <summary>One of two silos, and calls from it to grains that live on the other.</summary>
internal sealed class GrainEcho : IAsyncDisposable
{
    /// <summary>How many grains may be asked until enough are found that live elsewhere. Half do, more or less.</summary>
    private const int MostAsked = 100 * Load.Callers;

    private IHost? _host;
    private IEchoGrain[] _grains = [];

    public async Task<string> Start(TwoSilos silos, bool second)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.UseOrleans(silo => MeetingPlace.Join(silo, silos, second));
        _host = builder.Build();
        await _host.StartAsync();
        return "ready";
    }

    /// <summary>Finds a grain for each caller that lives on the other silo.</summary>
    public async Task FindGrains()
    {
        var factory = _host!.Services.GetRequiredService<IGrainFactory>();
        var found = new List<IEchoGrain>();
        for (var n = 0; found.Count < Load.Callers; n++)
        {
            if (n == MostAsked) throw new InvalidOperationException($"Of {MostAsked} grains only {found.Count} live on the other silo: have the two met?");
            var grain = factory.GetGrain<IEchoGrain>($"echo-{n}");
            if (await grain.Process() != Environment.ProcessId) found.Add(grain);
        }

        _grains = [.. found];
    }

    public async ValueTask Call(int caller) => await _grains[caller].Echo(caller);

    public async ValueTask DisposeAsync()
    {
        if (_host is null) return;
        await _host.StopAsync();
        _host.Dispose();
    }
}
