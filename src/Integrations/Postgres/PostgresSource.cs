using Npgsql;

namespace FteAgent.Postgres;

/// <summary>The connections to the record's database, with our settings.</summary>
public sealed class PostgresSource : IDisposable, IAsyncDisposable
{
    /// <summary>Statements that each connection keeps prepared; there are fewer than this in the whole room.</summary>
    private const int PreparedStatements = 128;

    /// <summary>Connections of the direct source: migrations, and one that listens.</summary>
    private const int DirectConnections = 4;

    private const int KeepAliveSeconds = 15;

    /// <summary>Reads the settings; connects to nothing yet.</summary>
    /// <exception cref="FormatException">A URL cannot be read.</exception>
    public PostgresSource(PostgresOptions options)
    {
        Options = options;
        var (work, saysPooled) = PostgresUrl.Read("DATABASE_URL", options.Url);
        IsPooled = saysPooled || options.DirectUrl is not null;
        Common(work, options);
        work.MaxPoolSize = options.PoolSize;
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

        Work = NpgsqlDataSource.Create(work);
        Direct = Open(options, saysPooled);
    }

    internal PostgresOptions Options { get; }

    /// <summary>Whether the day's work goes through a pooler in transaction mode.</summary>
    public bool IsPooled { get; }

    /// <summary>The connections for the day's work.</summary>
    public NpgsqlDataSource Work { get; }

    /// <summary>Connections with sessions of their own, or null where there is only a pooler: then nobody listens, and readers poll.</summary>
    public NpgsqlDataSource? Direct { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Work.Dispose();
        Direct?.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Work.DisposeAsync().ConfigureAwait(false);
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
        return NpgsqlDataSource.Create(direct);
    }

    private static void Common(NpgsqlConnectionStringBuilder settings, PostgresOptions options)
    {
        settings.ApplicationName ??= options.ApplicationName;
        settings.Timeout = (int)Math.Ceiling(options.ConnectTimeout.TotalSeconds);
        settings.CommandTimeout = (int)Math.Ceiling(options.CommandTimeout.TotalSeconds);
        // A dead network is noticed on connections that wait, too.
        settings.TcpKeepAlive = true;
        settings.TcpKeepAliveTime = KeepAliveSeconds;
        settings.TcpKeepAliveInterval = KeepAliveSeconds / 3;
        settings.IncludeErrorDetail = false;   // Details repeat row values, which are customers' words.
        settings.MaxPoolSize = options.PoolSize;
    }
}
