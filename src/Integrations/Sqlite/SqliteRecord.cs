using FteAgent.Conversations;
using FteAgent.Storage;
using Microsoft.Data.Sqlite;

namespace FteAgent.Sqlite;

/// <summary>The record in one file: opened, brought up to date, and shared by every store of this room.</summary>
public sealed class SqliteRecord : IDisposable, IAsyncDisposable
{
    private readonly TimeProvider time;
    private readonly SqliteWriter writer;
    private readonly SqliteReaders readers;

    /// <summary>Opens the file, making it when missing, and applies what its schema lacks.</summary>
    /// <exception cref="InvalidDataException">The file's schema is not what this version knows.</exception>
    public SqliteRecord(SqliteOptions options, TimeProvider time) : this(options, time, MigrationScript.Of("sqlite"))
    {
    }

    internal SqliteRecord(SqliteOptions options, TimeProvider time, IReadOnlyList<MigrationScript> migrations)
    {
        Options = options;
        this.time = time;
        SqliteFile.MakePrivate(options.Path);
        var session = SqliteSession.OpenWriter(options);
        try
        {
            SqliteMigrations.Apply(session, migrations, time);
        }
        catch
        {
            session.Dispose();
            throw;
        }

        writer = new(session, options);
        readers = new(options);
    }

    internal SqliteOptions Options { get; }

    internal SqliteWriter Writer => writer;

    /// <summary>The record's own clock, in microseconds.</summary>
    internal long Now => Micros.Of(time.GetUtcNow());

    /// <inheritdoc/>
    public void Dispose()
    {
        readers.Dispose();
        writer.Dispose();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Reads one state of the record; sees every write that has returned.</summary>
    internal Task<T> Read<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken) =>
        SayWhenUnavailable(readers.Run(read, cancellationToken));

    /// <summary>Writes; durable, whatever is killed next, when it returns.</summary>
    internal Task<T> Write<T>(Func<SqliteSession, T> write, CancellationToken cancellationToken) =>
        SayWhenUnavailable(writer.Run(write, durable: true, cancellationToken));

    /// <summary>Writes what may be lost with the machine's power, though not with the process: claims and signs of life.</summary>
    internal Task<T> WriteClaim<T>(Func<SqliteSession, T> write, CancellationToken cancellationToken) =>
        SayWhenUnavailable(writer.Run(write, durable: false, cancellationToken));

    /// <summary>A full or failing disk is everyone's trouble and may pass: callers answer 503. Any other failure is a fault of ours.</summary>
    private static async Task<T> SayWhenUnavailable<T>(Task<T> work)
    {
        try
        {
            return await work.ConfigureAwait(false);
        }
        catch (SqliteException failure) when (failure.SqliteErrorCode
            is SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED or SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_IOERR
            or SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB)
        {
            throw new RecordUnavailableException($"The record's file cannot be used now (SQLite result {failure.SqliteExtendedErrorCode}).");
        }
        catch (ObjectDisposedException)
        {
            throw new RecordUnavailableException("The record is closed: this process is ending.");
        }
    }
}
