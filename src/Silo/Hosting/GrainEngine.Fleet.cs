using FteAgent.Postgres;
using FteAgent.Silo.Settings;
using Orleans.Configuration;

namespace FteAgent.Silo.Hosting;

/// <summary>How silos find each other, and how soon they notice that one is gone.</summary>
internal static partial class GrainEngine
{
    /// <summary>What small grains name to keep their state in the shared record.</summary>
    public const string OperationalState = "operational";

    /// <summary>Reading and writing who is a member is one row: what takes longer is tried again.</summary>
    private const int DatabaseSeconds = 5;

    /// <summary>Connections for the members' table and for small grains' state; neither is busy.</summary>
    private const int DatabaseConnections = 4;

    private static void JoinFleet(this ISiloBuilder silo, ClusterSettings cluster, PostgresOptions database)
    {
        silo.Configure<SiloOptions>(options => options.SiloName = cluster.Name);
        silo.Configure<EndpointOptions>(endpoints =>
        {
            endpoints.AdvertisedIPAddress = cluster.Address;
            endpoints.SiloPort = cluster.SiloPort;
            endpoints.GatewayPort = cluster.GatewayPort;
            endpoints.SiloListeningEndpoint = new(cluster.ListenAddress, cluster.SiloPort);
            endpoints.GatewayListeningEndpoint = cluster.GatewayPort > 0 ? new System.Net.IPEndPoint(cluster.ListenAddress, cluster.GatewayPort) : null;
        });
        var connection = Connection(database, "DATABASE_URL", database.Url);
        silo.AddAdoNetGrainStorage(OperationalState, options => (options.Invariant, options.ConnectionString) = ("Npgsql", connection));
#if ORLEANS
        silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", connection));
        silo.NoticeTheDeadSoon();
        // Not by who has the most to spare, which is Orleans' own choice: a silo that is cut off from the database has nothing to do and
        // would be given every conversation.
        silo.Services.AddSingleton<PlacementStrategy, RandomPlacement>();
#else
        var direct = Direct(database);
        silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = ("Npgsql", direct));
        silo.Configure<Engine.ClusteringOptions>(options => options.ClusterSecret = cluster.Secret);
#endif
    }

#if !ORLEANS
    /// <summary>Past any pooler: a lease is not to wait in somebody's line, and its session is its own.</summary>
    private static string Direct(PostgresOptions database)
    {
        var (name, url) = database.DirectUrl is { } given ? ("DATABASE_DIRECT_URL", given) : ("DATABASE_URL", database.Url);
        return PostgresUrl.Read(name, url).Pooled
            ? throw new Commands.UsageException($"{name} goes through a pooler (pgbouncer=true), and silos keep their leases in the database itself; set DATABASE_DIRECT_URL to a way past the pooler.")
            : Connection(database, name, url);
    }
#endif

    private static string Connection(PostgresOptions database, string name, string url)
    {
        var (settings, _) = PostgresUrl.Read(name, url);
        settings.ApplicationName ??= database.ApplicationName;
        settings.MaxPoolSize = DatabaseConnections;
        settings.Timeout = DatabaseSeconds;
        settings.CommandTimeout = DatabaseSeconds;
        // Nothing may stay on a connection: it may be a pooler's, and another silo's next.
        settings.MaxAutoPrepare = 0;
        settings.NoResetOnClose = true;
        return settings.ConnectionString;
    }

#if ORLEANS
    /// <summary>
    /// Orleans' own defaults take half a minute for a silo that was killed and over a minute for one that froze. Ours were measured
    /// (docs/engine/orleans.md): as soon as a machine under full load lets one be sure.
    /// </summary>
    private static void NoticeTheDeadSoon(this ISiloBuilder silo)
    {
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            // A probe each second, to every silo of a small fleet. Three that fail are a vote; the third goes by way of another silo, so
            // that a cut between two is not taken for a death. Two votes, where there are as many silos, are a death.
            membership.ProbeTimeout = TimeSpan.FromSeconds(1);
            membership.MinProbeTimeout = TimeSpan.FromSeconds(1);
            // No vote against a silo that sent anything within three times this: a silo that is merely slow still talks.
            membership.MaxProbeTimeout = TimeSpan.FromSeconds(2);
            membership.NumMissedProbesLimit = 3;
            membership.NumProbedSilos = 10;
            membership.NumVotesForDeathDeclaration = 2;
            membership.EnableIndirectProbes = true;
            membership.ExtendProbeTimeoutDuringDegradation = true;
            membership.EnableConnectionLivenessCheck = true;
            // An old vote says nothing about now.
            membership.DeathVoteExpirationTimeout = TimeSpan.FromSeconds(30);
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            // Who left no sign of life in three times this does not keep a new silo from joining, as after all were killed at once.
            membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
            membership.NumMissedTableIAmAliveLimit = 3;
            membership.DefunctSiloCleanupPeriod = TimeSpan.FromHours(1);
            membership.DefunctSiloExpiration = TimeSpan.FromDays(1);
        });
        // What the silos ask each other on a call's behalf, such as where a grain is, must not outlast the call's second try.
        silo.Configure<SiloMessagingOptions>(messaging => messaging.SystemResponseTimeout = AnswerWithin);
        silo.Configure<ConnectionOptions>(connections =>
        {
            // A machine that is gone refuses nothing: its address is silent.
            connections.OpenConnectionTimeout = TimeSpan.FromSeconds(2);
            connections.ConnectionRetryDelay = TimeSpan.FromMilliseconds(500);
        });
    }
#endif
}
