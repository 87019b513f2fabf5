using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace FteAgent.Postgres;

/// <summary>What the database says of itself and of this machine's way to it.</summary>
/// <param name="Version">The server's version, as it names it.</param>
/// <param name="RoundTrip">How long the smallest question takes, in the middle of several.</param>
/// <param name="ClockAhead">How far the database's clock is before this machine's; less than nothing where it is behind.</param>
/// <param name="IsPooled">Whether a pooler answers, and not the database itself.</param>
/// <param name="DirectIsPooled">Whether the direct way goes through one too; null where there is no direct way.</param>
/// <param name="SameDatabase">Whether both ways lead to one database.</param>
/// <param name="LackingRights">Tables on which this user may not do what a silo does.</param>
/// <param name="Vectors">The version of pgvector in this database; null where it is missing.</param>
/// <param name="VectorsAvailable">Whether the server could install it.</param>
/// <param name="Members">The silos that count as alive.</param>
public sealed record PostgresFacts(
    string Version, TimeSpan RoundTrip, TimeSpan ClockAhead, bool IsPooled, bool? DirectIsPooled, bool SameDatabase, ImmutableArray<string> LackingRights,
    string? Vectors, bool VectorsAvailable, ImmutableArray<PostgresMember> Members);

/// <summary>A silo as the others see it.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="EndPoint">Where the others reach it.</param>
public sealed record PostgresMember(string Name, IPEndPoint EndPoint);

/// <summary>The database cannot be used, and why, as far as it says.</summary>
/// <param name="sentence">What is wrong, without an address or a value.</param>
/// <param name="remedy">What to do.</param>
public sealed class PostgresUnfitException(string sentence, string remedy) : Exception(sentence)
{
    /// <summary>What to do.</summary>
    public string Remedy { get; } = remedy;
}

/// <summary>Looks at a database without changing anything, for whoever wants to know why a silo does not work.</summary>
public sealed class PostgresExamination(PostgresOptions options)
{
    /// <summary>Enough for a middle that one slow answer does not move.</summary>
    private const int RoundTrips = 7;

    private const string Identity = "select pg_postmaster_start_time()::text || ' ' || current_database()";

    private const string Rights = """
        select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname in ('fte', $1) and c.relkind in ('r', 'p') and c.relname <> 'migrations' and c.relname not like 'knowledge\_vectors\_%'
            and not (has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select') and has_table_privilege(c.oid, 'insert')
                and has_table_privilege(c.oid, 'update') and has_table_privilege(c.oid, 'delete'))
        order by 1
        """;

    private const string EngineMembers = "select name, endpoint from engine.members where status = 'active' and lease_until > now()";
    private const string OrleansMembers = "select silo_name, case when address like '%:%' then '[' || address || ']' else address end || ':' || port from orleans.membership where status = 3";

    /// <summary>Asks for all of it.</summary>
    /// <exception cref="PostgresUnfitException">It cannot be asked.</exception>
    public async Task<PostgresFacts> Look(CancellationToken cancellationToken)
    {
        try
        {
            var connection = await Open("DATABASE_URL", options.Url, cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
                return await Look(connection, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is NpgsqlException or SocketException or TimeoutException)
        {
            throw Unfit(failure);
        }
    }

    private async Task<PostgresFacts> Look(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var (roundTrip, clockAhead) = await Time(connection, cancellationToken).ConfigureAwait(false);
        var (directIsPooled, sameDatabase) = await Direct(await Text(connection, Identity, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        var schema = options.NeedsOrleans ? "orleans" : "engine";
        var members = await Exists(connection, schema == "engine" ? "engine.members" : "orleans.membership", cancellationToken).ConfigureAwait(false)
            ? await Statement(connection, schema == "engine" ? EngineMembers : OrleansMembers).List(static row => (Name: row.Text(), EndPoint: row.Text()), cancellationToken).ConfigureAwait(false)
            : [];
        return new(
            connection.ServerVersion.Split(' ')[0],   // Distributions add their own name.
            roundTrip,
            clockAhead,
            await IsPooled(connection, cancellationToken).ConfigureAwait(false),
            directIsPooled,
            sameDatabase,
            [.. await Statement(connection, Rights).Set(schema).List(static row => row.Text(), cancellationToken).ConfigureAwait(false)],
            await Statement(connection, "select extversion from pg_extension where extname = 'vector'").First(static row => row.TextOrNull(), null, cancellationToken).ConfigureAwait(false),
            await Statement(connection, "select 1 from pg_available_extensions where name = 'vector'").Any(cancellationToken).ConfigureAwait(false),
            [.. members.Select(static member => IPEndPoint.TryParse(member.EndPoint, out var endPoint) ? new PostgresMember(member.Name, endPoint) : null).OfType<PostgresMember>()]);
    }

    private static async Task<(TimeSpan RoundTrip, TimeSpan ClockAhead)> Time(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var trips = new List<(TimeSpan Took, TimeSpan Ahead)>();
        for (var i = 0; i < RoundTrips; i++)
        {
            var since = Stopwatch.GetTimestamp();
            var theirs = await Statement(connection, "select clock_timestamp()").First(static row => row.Time(), default, cancellationToken).ConfigureAwait(false);
            var took = Stopwatch.GetElapsedTime(since);
            // They looked at their clock about half way.
            trips.Add((took, theirs - (TimeProvider.System.GetUtcNow() - (took / 2))));
        }

        // The quickest answer tells most of the clock.
        return (trips.Select(trip => trip.Took).Order().ElementAt(RoundTrips / 2), trips.MinBy(trip => trip.Took).Ahead);
    }

    private async Task<(bool? IsPooled, bool Same)> Direct(string identity, CancellationToken cancellationToken)
    {
        if (options.DirectUrl is null)
            return (null, true);
        var connection = await Open("DATABASE_DIRECT_URL", options.DirectUrl, cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
            return (await IsPooled(connection, cancellationToken).ConfigureAwait(false), await Text(connection, Identity, cancellationToken).ConfigureAwait(false) == identity);
    }

    /// <summary>A connection that takes nothing for granted: there may be a pooler that nobody told of, and it would mix up prepared statements.</summary>
    private async Task<NpgsqlConnection> Open(string name, string url, CancellationToken cancellationToken)
    {
        var (settings, _) = PostgresUrl.Read(name, url);
        settings.Pooling = false;
        settings.MaxAutoPrepare = 0;
        settings.NoResetOnClose = true;
        settings.ApplicationName ??= options.ApplicationName;
        settings.Timeout = (int)options.ConnectTimeout.TotalSeconds;
        settings.CommandTimeout = (int)options.ConnectTimeout.TotalSeconds;
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>A pooler gives its clients numbers of its own, to cancel by; the database gives the number of the process that serves them.</summary>
    private static async Task<bool> IsPooled(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        await Statement(connection, "select pg_backend_pid()").First(static row => row.Int(), 0, cancellationToken).ConfigureAwait(false) != connection.ProcessID;

    private static Task<bool> Exists(NpgsqlConnection connection, string table, CancellationToken cancellationToken) =>
        Statement(connection, "select to_regclass($1) is not null and has_table_privilege(to_regclass($1), 'select')").Set(table).First(static row => row.Bool(), false, cancellationToken);

    private static Task<string> Text(NpgsqlConnection connection, string sql, CancellationToken cancellationToken) =>
        Statement(connection, sql).First(static row => row.Text(), "", cancellationToken);

    private static PostgresStatement Statement(NpgsqlConnection connection, string sql) => new(new NpgsqlCommand(sql, connection));

    private static PostgresUnfitException Unfit(Exception failure) => failure switch
    {
        PostgresException { SqlState: "28P01" or "28000" } => new("The database refuses this user or this password.", "Set the right ones in DATABASE_URL; what is special in a password is percent-encoded."),
        PostgresException { SqlState: "3D000" } => new("The server has no database of this name.", "Make it (createdb), or name another in DATABASE_URL."),
        PostgresException { SqlState: "53300" } => new("The database has no connection left.", "Lower pool_size in DATABASE_URL, raise the server's max_connections, or put a pooler before it."),
        PostgresException told => new($"The database answers with SQLSTATE {told.SqlState}.", "Look it up in PostgreSQL's list of error codes, and in the server's log."),
        { InnerException: TimeoutException } or TimeoutException => new("The database does not answer in time.", "See whether the address in DATABASE_URL is right, and whether the network lets this machine reach it."),
        { InnerException: System.Security.Authentication.AuthenticationException } => new("No encrypted connection comes about.", "See whether sslmode and sslrootcert in DATABASE_URL fit the server's certificate."),
        _ => new("The database cannot be reached.", "See whether the address and port in DATABASE_URL are right, the server runs, and the network lets this machine reach it."),
    };
}
