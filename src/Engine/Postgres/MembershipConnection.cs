using System.Data;
using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace FteAgent.Engine.Postgres;

/// <summary>A statement and what it is asked with, after the cluster.</summary>
internal readonly record struct MembershipStatement(string Sql, params object[] Arguments);

/// <summary>
/// The connection of one silo to its membership rows, opened when it is needed and again after a failure. Whatever happens to it, an
/// answer or a failure comes within about a second.
/// </summary>
internal sealed class MembershipConnection : IDisposable
{
    /// <summary>
    /// In how many renewal periods the server must have answered, or let itself be connected to: this ends what the server itself cannot,
    /// because it is gone or the way to it. Npgsql counts it in whole seconds.
    /// </summary>
    private const int PeriodsToAnswer = 2;

    /// <summary>Of a renewal period: what the server has for one statement, so that there is always time for another renewal.</summary>
    private const double StatementShare = 0.8;

    private readonly Lock _gate = new();
    private readonly NpgsqlDataSource _source;
    private readonly string _clusterId;
    private readonly Dictionary<string, NpgsqlCommand> _prepared = [];
    private NpgsqlConnection? _connection;
    private bool _disposed;

    public MembershipConnection(string connectionString, string clusterId, TimeSpan renewPeriod)
    {
        var seconds = (int)Math.Ceiling((renewPeriod * PeriodsToAnswer).TotalSeconds);
        var limit = (renewPeriod * StatementShare).TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture);
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        _source = PlainTypes.Source(new NpgsqlConnectionStringBuilder(connectionString)
        {
            // Said when the connection is opened, not after: what a statement sets for its session would stay on a pooler's connection,
            // and the next who gets that one would not wait for the disk either. A pooler refuses these words, or passes over them.
            Options = $"{given.Options} -c synchronous_commit=off -c statement_timeout={limit} -c lock_timeout={limit} -c idle_in_transaction_session_timeout={limit}".TrimStart(),
            ApplicationName = "FteAgent membership",
            Pooling = false,
            Enlist = false,
            Timeout = seconds,
            CommandTimeout = seconds,
            CancellationTimeout = -1,   // A server that did not answer in time will not confirm a cancellation either.
            Multiplexing = false,
            IncludeErrorDetail = false,
        });
        _clusterId = clusterId;
    }

    /// <summary>Runs one statement, which is kept prepared.</summary>
    public List<T> Ask<T>(Func<NpgsqlDataReader, T> read, MembershipStatement statement) => Guarded(connection =>
    {
        if (!_prepared.TryGetValue(statement.Sql, out var command))
        {
            command = new(statement.Sql, connection);
            Add(command.Parameters, statement);
            command.Prepare();
            _prepared.Add(statement.Sql, command);
        }

        command.Parameters[0].Value = _clusterId;
        for (var i = 0; i < statement.Arguments.Length; i++) command.Parameters[i + 1].Value = statement.Arguments[i];
        using var reader = command.ExecuteReader();
        return Rows(reader, read);
    });

    /// <summary>
    /// Runs statements as one transaction in one round trip. The first that gives rows is the one that locks the cluster; what the next
    /// one gives is read.
    /// </summary>
    public List<T> Change<T>(Func<NpgsqlDataReader, T> read, params ReadOnlySpan<MembershipStatement> statements)
    {
        var commands = new List<NpgsqlBatchCommand>(statements.Length);
        foreach (var statement in statements)
        {
            var command = new NpgsqlBatchCommand(statement.Sql);
            Add(command.Parameters, statement);
            commands.Add(command);
        }

        return Guarded(connection =>
        {
            // Sent together, they are one transaction: it ends with them, or nothing of it has been.
            using var batch = new NpgsqlBatch(connection);
            foreach (var command in commands) batch.BatchCommands.Add(command);
            using var reader = batch.ExecuteReader();
            return reader.NextResult() ? Rows(reader, read) : [];
        });
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            Close();
            _source.Dispose();
        }
    }

    private List<T> Guarded<T>(Func<NpgsqlConnection, List<T>> work)
    {
        lock (_gate)
        {
            if (_disposed) throw new MembershipStoreException("This process is ending.");

            try
            {
                return work(_connection ??= Open());
            }
            catch (Exception exception) when (exception is NpgsqlException or SocketException or TimeoutException or IOException)
            {
                // What the server itself refused leaves the connection as it was; to open another takes time that a lease may not have.
                if (exception is not PostgresException || _connection is not { FullState: ConnectionState.Open }) Close();
                throw new MembershipStoreException(Sentence(exception), exception);
            }
        }
    }

    private NpgsqlConnection Open()
    {
        var connection = _source.CreateConnection();
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Close()
    {
        foreach (var command in _prepared.Values) command.Dispose();
        _prepared.Clear();
        _connection?.Dispose();
        _connection = null;
    }

    private void Add(NpgsqlParameterCollection parameters, MembershipStatement statement)
    {
        parameters.Add(new() { Value = _clusterId });
        foreach (var argument in statement.Arguments) parameters.Add(new() { Value = argument });
    }

    private static List<T> Rows<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read)
    {
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    /// <summary>Without a host or any value: it is logged.</summary>
    private static string Sentence(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName } =>
            "the database has no tables for it; run 'silo migrate' first.",
        PostgresException told => $"the database refused (SQLSTATE {told.SqlState}).",
        { InnerException: TimeoutException } or TimeoutException => "the database did not answer in time.",
        _ => "the database cannot be reached.",
    };
}
