using System.Collections.Concurrent;
using FteAgent.Cluster.Silos;

namespace FteAgent.Cluster.Load;

/// <summary>Does what a load balancer does: asks each silo for its readiness twice a second and sends calls only to those that are ready.</summary>
internal sealed class Balancer : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Func<IReadOnlyList<FleetSilo>> silos;
    private readonly HttpClient http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromSeconds(30) }) { Timeout = Patience };
    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentDictionary<int, bool> ready = new();
    private readonly Task asking;

    public Balancer(Func<IReadOnlyList<FleetSilo>> silos)
    {
        this.silos = silos;
        asking = Task.Run(Ask);
    }

    /// <summary>A ready silo at random, but not this one if there is another; any that runs while none is ready.</summary>
    public FleetSilo? Pick(Random random, FleetSilo? not = null)
    {
        var all = silos().Where(silo => silo.State is not SiloState.Down).ToList();
        var good = all.Where(silo => IsReady(silo) && silo != not).ToList();
        if (good.Count == 0)
            good = all.Where(silo => silo != not).ToList() is { Count: > 0 } others ? others : all;
        return good.Count == 0 ? null : good[random.Next(good.Count)];
    }

    public bool IsReady(FleetSilo silo) => ready.GetValueOrDefault(silo.Number);

    /// <summary>Waits until every silo that runs is ready; false when that took too long.</summary>
    public async Task<bool> AllReady(TimeSpan within)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(since) < within)
        {
            var answers = await Task.WhenAll(silos().Where(silo => silo.State is SiloState.Running).Select(Answers));
            if (answers.Length > 0 && answers.All(answer => answer))
                return true;
            await Task.Delay(Period);
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
        using var timer = new PeriodicTimer(Period);
        while (!ending.IsCancellationRequested)
        {
            await Task.WhenAll(silos().Select(async silo => ready[silo.Number] = silo.State is not SiloState.Down && await Answers(silo)));
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
