using System.Globalization;
using Microsoft.Data.Sqlite;

namespace FteAgent.Sqlite;

/// <summary>One connection with its prepared statements. Used by one caller at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Dictionary<string, Statement> statements = [];

    // The library sets itself up once for the process.
    static SqliteSession() => SQLitePCL.Batteries_V2.Init();

    private SqliteSession(SqliteConnection connection) => this.connection = connection;

    public SqliteConnection Connection => connection;

    /// <summary>Whether a transaction is open: some failures (a full disk) end it by themselves.</summary>
    public bool InTransaction => SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>Whether the write that runs now asked for its changes to be undone, while its result stands.</summary>
    public bool IsTakenBack { get; private set; }

    /// <summary>The statement of these words, prepared at its first use. The words are constants of this room.</summary>
    public Statement this[string sql]
    {
        get
        {
            if (statements.TryGetValue(sql, out var statement))
                return statement;
            return statements[sql] = new(connection.Handle!, sql);
        }
    }

    public static SqliteSession OpenWriter(SqliteOptions options)
    {
        var session = Open(options, SqliteOpenMode.ReadWriteCreate);
        try
        {
            // FULL: a commit that has returned survives the machine's power going away, not only the process.
            session.Run("pragma journal_mode = wal");
            session.Run("pragma synchronous = full");
            session.Run("pragma foreign_keys = on");
            session.Run("pragma journal_size_limit = 67108864");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public static SqliteSession OpenReader(SqliteOptions options)
    {
        var session = Open(options, SqliteOpenMode.ReadWrite);
        session.Run("pragma query_only = on");
        return session;
    }

    /// <summary>Undoes what the running write has done so far and will do; its result is still given to its caller.</summary>
    public void TakeBack() => IsTakenBack = true;

    public void ForgetTakeBack() => IsTakenBack = false;

    public void Run(string sql) => this[sql].Execute();

    public void Dispose()
    {
        foreach (var statement in statements.Values)
            statement.Dispose();
        connection.Dispose();
    }

    private static SqliteSession Open(SqliteOptions options, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = options.Path,
            Mode = mode,
            Pooling = false,   // The record keeps its own connections, with their statements.
            DefaultTimeout = (int)Math.Ceiling(options.BusyTimeout.TotalSeconds),
        }.ToString());
        try
        {
            connection.Open();
            var session = new SqliteSession(connection);
            session.Run($"pragma busy_timeout = {((long)options.BusyTimeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)}");
            // Else a statement that may have to be undone wants a file in a folder for temporary ones, and a root that can only be read has none.
            session.Run("pragma temp_store = memory");
            return session;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
