using System.Net;
using System.Net.Sockets;
using FteAgent.Postgres;
using FteAgent.Silo.Settings;
using Orleans.Configuration;

namespace FteAgent.Silo.Hosting;

/// <summary>The engine that runs the grains: alone with the embedded record, or as one silo of a fleet that meets in the shared one.</summary>
internal static partial class GrainEngine
{
#if ORLEANS
    public const bool IsOrleans = true;
    private const string Name = "Orleans";
#else
    public const bool IsOrleans = false;
    private const string Name = "BuiltIn";
#endif

    /// <summary>
    /// In which Orleans tells every option that it has at each start, and its retries tell each time that a grain is placed at the first try:
    /// pages that bury the lines which say something.
    /// </summary>
    private static readonly string[] Chatter = ["Orleans.Runtime.SiloOptionsLogger", "Polly"];

    /// <summary>
    /// How long one call may take. An act is one commit, which takes milliseconds; a silo that lets a caller wait for this long is
    /// frozen or drowning, and the call is made again (<see cref="Conversations.ConversationCalls"/>).
    /// </summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(4);

    /// <summary>Runs the grains of this process: a silo of the fleet where a database is given, else alone.</summary>
    public static void UseGrainEngine(this WebApplicationBuilder builder, PostgresOptions? database, ClusterSettings? cluster, bool traced)
    {
        foreach (var category in Chatter)
            builder.Logging.AddFilter(category, LogLevel.Warning);
        builder.Host.UseOrleans(silo =>
        {
            silo.UseGrainEngine(cluster, database);
            // Each call then bears its place in the trace, so only where somebody takes traces.
            if (traced)
                silo.AddActivityPropagation();
        });
    }

    /// <summary>The same, for whoever builds a silo of another kind.</summary>
    public static void UseGrainEngine(this ISiloBuilder silo, ClusterSettings? cluster, PostgresOptions? database)
    {
        if (database is null)
            silo.StandAlone();
        else
            silo.JoinFleet(cluster!, database);
        // The engine is part of the cluster's name, so silos of two engines never meet.
        silo.Configure<ClusterOptions>(options =>
        {
            options.ServiceId = "fte";
            options.ClusterId = $"fte-{Name}";
        });
        silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = AnswerWithin);
    }

    private static void StandAlone(this ISiloBuilder silo)
    {
        // Nobody connects to a silo that is alone, so any two free ports do, and a second silo on this machine is no conflict.
        var (siloPort, gatewayPort) = TwoFreePorts();
        silo.UseLocalhostClustering(siloPort, gatewayPort);
    }

    private static (int First, int Second) TwoFreePorts()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }
}
