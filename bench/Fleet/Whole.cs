using FteAgent.Cluster.Load;
using FteAgent.Cluster.Silos;

namespace FteAgent.Bench.Fleets;

/// <summary>Has a fleet whole again before it is struck once more.</summary>
internal static class Whole
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Waits until each silo is ready and sees all others. On Orleans a silo that was declared dead ends its process as soon as it finds
    /// out, which may be seconds after it woke, with its readiness still on: so it is the members that tell. A silo that ended for any
    /// other reason is a fault, and stays down.
    /// </summary>
    public static async Task Again(Fleet fleet, Balancer balancer)
    {
        foreach (var silo in fleet.Silos.Where(silo => silo.State is SiloState.Down))
            await silo.Start();

        var since = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(since) < Within)
        {
            if (await fleet.AllReady(balancer, LookEvery) && await AllSeeAll(fleet))
                return;
            await Task.Delay(LookEvery);
        }

        throw new TimeoutException(
            $"The fleet was not whole within {Within}:\n" + string.Join("\n\n", fleet.Silos.Select(silo => $"{silo.Name} ({silo.State}):\n{silo.Output}")));
    }

    private static async Task<bool> AllSeeAll(Fleet fleet)
    {
        try
        {
            var seen = await Task.WhenAll(fleet.Silos.Select(Members.Of));
            return seen.All(count => count == fleet.Silos.Count) && !fleet.Silos.Any(silo => silo.HasFallen);
        }
        catch (Exception notNow) when (notNow is HttpRequestException or OperationCanceledException or IOException)
        {
            return false;
        }
    }
}
