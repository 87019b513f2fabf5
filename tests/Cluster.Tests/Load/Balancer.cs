using System.Collections.Concurrent;
using FteAgent.Cluster.Silos;

namespace FteAgent.Cluster.Load;

/// <summary>
/// Does what a load balancer does: asks each silo for its readiness, twice a second unless told otherwise, and sends calls only to those
/// that are ready. It knows what such a one knows, the answers to its questions and the connections that failed, and not what the test
/// does to a process.
/// </summary>
internal sealed class Balancer : IAsyncDisposable
{
    private static readonly TimeSpan TwiceASecond = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Func<IReadOnlyList<FleetSilo>> silos;
    private readonly TimeSpan period;
    private readonly HttpClient http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromSeconds(30) }) { Timeout = Patience };
    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentDictionary<int, bool> ready = new();
    private readonly Task asking;

    public Balancer(Func<IReadOnlyList<FleetSilo>> silos, TimeSpan? period = null)
    {
        this.silos = silos;
        this.period = period ?? TwiceASecond;
        asking = Task.Run(Ask);
    }

    /// <summary>A silo that was ready when it was last heard of, at random, and another than this one if there is one; any while none is ready.</summary>
    public FleetSilo? Pick(Random random, FleetSilo? not = null)
    {
        var all = silos();
        var good = all.Where(IsReady).ToList() is { Count: > 0 } some ? some : all;
        if (good.Where(silo => silo != not).ToList() is { Count: > 0 } others)
            good = others;
        return good.Count == 0 ? null : good[random.Next(good.Count)];
    }

    public bool IsReady(FleetSilo silo) => ready.GetValueOrDefault(silo.Number);

    /// <summary>A connection to it failed: it gets no calls until it has answered the next question.</summary>
    public void Failed(FleetSilo silo) => ready[silo.Number] = false;

    /// <summary>The silos, where each of them ended by itself: nobody will answer any more. Null while one may.</summary>
    public IReadOnlyList<FleetSilo>? AllFallen() => silos() is { Count: > 0 } all && all.All(silo => silo is { HasFallen: true, WasDeclaredDead: false }) ? all : null;

    /// <summary>Waits until every silo that runs is ready; false when that took too long.</summary>
    public async Task<bool> AllReady(TimeSpan within)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(since) < within)
        {
            var answers = await Task.WhenAll(silos().Where(silo => silo.State is SiloState.Running).Select(Answers));
            if (answers.Length > 0 && answers.All(answer => answer))
                return true;
            await Task.Delay(TwiceASecond);
        }

        return false;
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await asking;
        http.Dispose();
        ending.Dispose();
    }

    private async Task Ask()
    {
        using var timer = new PeriodicTimer(period);
        while (!ending.IsCancellationRequested)
        {
            await Task.WhenAll(silos().Select(async silo => ready[silo.Number] = await Answers(silo)));
            try
            {
                await timer.WaitForNextTickAsync(ending.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<bool> Answers(FleetSilo silo)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(silo.Http, "/health/ready"), ending.Token);
            return response.IsSuccessStatusCode;
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or OperationCanceledException or IOException)
        {
            return false;
        }
    }
}
