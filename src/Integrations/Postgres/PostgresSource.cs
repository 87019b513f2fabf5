using Npgsql;

namespace FteAgent.Postgres;

/// <summary>The connections to the record's database, with our settings.</summary>
public sealed class PostgresSource : IDisposable, IAsyncDisposable
{
    /// <summary>Statements that each connection keeps prepared; there are fewer than this in the whole room.</summary>
    private const int PreparedStatements = 128;

    /// <summary>Connections of the direct source: migrations, one that listens, and one that tells.</summary>
    private const int DirectConnections = 4;

    /// <summary>One for each of those who ask by the second and never twice at once: the sign of life, the sweeper, the readiness probe.</summary>
    private const int SignConnections = 3;

    /// <summary>One that is not answered so soon is given up, and made again on another connection while the last one still counts.</summary>
    private const int SignSeconds = 1;

    /// <summary>Making a connection takes longer on a busy machine, and giving it up too soon would mean never to have one.</summary>
    private const int SignConnectSeconds = 2;

    private const int KeepAliveSeconds = 15;

    /// <summary>
    /// A proxy that restarts lets a connection live for some minutes and then cuts it, whatever it is doing: Fly's does so after ten
    /// (fly.io/docs/mpg/client-configuration). A connection that is replaced before that is never cut.
    /// </summary>
    private const int LifetimeSeconds = 540;
    private const string LifetimeKey = "Connection Lifetime";
    private const string TimeoutKey = "Timeout";
    private const string CommandTimeoutKey = "Command Timeout";
    private const string PoolSizeKey = "Maximum Pool Size";

    /// <summary>Reads the settings; connects to nothing yet.</summary>
    /// <exception cref="FormatException">A URL cannot be read.</exception>
    public PostgresSource(PostgresOptions options)
    {
        Options = options;
        var (work, saysPooled) = PostgresUrl.Read("DATABASE_URL", options.Url);
        IsPooled = saysPooled || options.DirectUrl is not null;
        Common(work, options);
        if (!work.ShouldSerialize(PoolSizeKey))
            work.MaxPoolSize = options.PoolSize;
        PoolSize = work.MaxPoolSize;
        // Nothing of ours outlives its transaction, so there is nothing to reset, and every borrowing would pay for it.
        work.NoResetOnClose = true;
        if (IsPooled)
        {
            // Each transaction may run on another of the pooler's connections: nothing may be counted on.
            work.MaxAutoPrepare = 0;
        }
        else
        {
            work.MaxAutoPrepare = PreparedStatements;
            work.AutoPrepareMinUsages = 2;
        }

        Work = Source(work);
        Signs = Source(ForSigns(work));
        Direct = Open(options, saysPooled);
    }

    internal PostgresOptions Options { get; }

    /// <summary>Whether the day's work goes through a pooler in transaction mode.</summary>
    public bool IsPooled { get; }

    /// <summary>The connections for the day's work.</summary>
    public NpgsqlDataSource Work { get; }

    /// <summary>How many connections <see cref="Work"/> opens at most.</summary>
    internal int PoolSize { get; }

    /// <summary>
    /// The same way as <see cref="Work"/>, on a few connections that nothing else can use up, and with little patience: whether this silo
    /// lives is judged by it, and a slow report or a dead connection is no death.
    /// </summary>
    internal NpgsqlDataSource Signs { get; }

    /// <summary>Connections with sessions of their own, or null where there is only a pooler: then nobody listens, and readers poll.</summary>
    public NpgsqlDataSource? Direct { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Work.Dispose();
        Signs.Dispose();
        Direct?.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Work.DisposeAsync().ConfigureAwait(false);
        await Signs.DisposeAsync().ConfigureAwait(false);
        if (Direct is not null)
            await Direct.DisposeAsync().ConfigureAwait(false);
    }

    private static NpgsqlDataSource? Open(PostgresOptions options, bool saysPooled)
    {
        if (options.DirectUrl is null && saysPooled)
            return null;
        var (direct, _) = options.DirectUrl is null ? PostgresUrl.Read("DATABASE_URL", options.Url) : PostgresUrl.Read("DATABASE_DIRECT_URL", options.DirectUrl);
        Common(direct, options);
        direct.MaxPoolSize = DirectConnections;
        direct.KeepAlive = KeepAliveSeconds;
        return Source(direct);
    }

    private static NpgsqlConnectionStringBuilder ForSigns(NpgsqlConnectionStringBuilder work) => new(work.ConnectionString)
    {
        MaxPoolSize = SignConnections,
        MinPoolSize = 0,
        Timeout = SignConnectSeconds,
        CommandTimeout = SignSeconds,
        CancellationTimeout = -1,   // A server that did not answer in time will not confirm a cancellation either.
    };

    private static NpgsqlDataSource Source(NpgsqlConnectionStringBuilder settings)
    {
        var source = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        // Only types that every server has are used; reading its list of all others costs each start, and memory that stays.
        source.ConfigureTypeLoading(static types => types.EnableTypeLoading(false));
        return source.Build();
    }

    /// <summary>Our settings, where whoever gave the address has not asked for others.</summary>
    private static void Common(NpgsqlConnectionStringBuilder settings, PostgresOptions options)
    {
        settings.ApplicationName ??= options.ApplicationName;
        if (!settings.ShouldSerialize(TimeoutKey))
            settings.Timeout = (int)Math.Ceiling(options.ConnectTimeout.TotalSeconds);
        if (!settings.ShouldSerialize(CommandTimeoutKey))
            settings.CommandTimeout = (int)Math.Ceiling(options.CommandTimeout.TotalSeconds);
        if (!settings.ShouldSerialize(LifetimeKey))
            settings.ConnectionLifetime = LifetimeSeconds;
        // A dead network is noticed on connections that wait, too.
        settings.TcpKeepAlive = true;
        settings.TcpKeepAliveTime = KeepAliveSeconds;
        settings.TcpKeepAliveInterval = KeepAliveSeconds / 3;
        settings.IncludeErrorDetail = false;   // Details repeat row values, which are customers' words.
    }
}
