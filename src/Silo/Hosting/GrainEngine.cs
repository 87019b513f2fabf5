using Orleans.Configuration;

namespace FteAgent.Silo.Hosting;

/// <summary>The engine that runs the grains. One silo for now: it needs no other service.</summary>
internal static class GrainEngine
{
#if ORLEANS
    private const string Name = "Orleans";
#else
    private const string Name = "BuiltIn";
#endif

    public static void UseGrainEngine(this WebApplicationBuilder builder) => builder.Host.UseOrleans(silo =>
    {
        silo.UseLocalhostClustering();
        // The engine is part of the cluster's name, so silos of two engines never meet.
        silo.Configure<ClusterOptions>(cluster =>
        {
            cluster.ServiceId = "fte";
            cluster.ClusterId = $"fte-{Name}";
        });
    });
}
