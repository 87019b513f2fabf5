using FteAgent.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FteAgent.Sqlite;

/// <summary>
/// A prepared statement with its parameters. What comes from outside enters SQL here and only here, as a bound value.
/// It speaks to the library itself: the ADO.NET command makes objects for each run, and a commit is a dozen runs.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt handle;
    private readonly Row row;
    private readonly Dictionary<string, int> parameters = [];
    private int set;

    public Statement(sqlite3 database, string sql)
    {
        this.database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out handle, out var tail));
        if (!string.IsNullOrWhiteSpace(tail))
            throw new ArgumentException("One statement at a time: what follows the first would never run.", nameof(sql));
        row = new(handle);
        for (var i = 1; i <= raw.sqlite3_bind_parameter_count(handle); i++)
            parameters.Add(raw.sqlite3_bind_parameter_name(handle, i).utf8_to_string(), i);
    }

    public Statement Set(string name, long value) => Set(raw.sqlite3_bind_int64(handle, Next(name), value));

    public Statement Set(string name, long? value) => value is { } known ? Set(name, known) : SetNull(name);

    public Statement Set(string name, double? value) =>
        value is { } known ? Set(raw.sqlite3_bind_double(handle, Next(name), known)) : SetNull(name);

    public Statement Set(string name, ReadOnlySpan<byte> value) => Set(raw.sqlite3_bind_blob(handle, Next(name), value));

    public Statement Set(string name, byte[]? value) => value is null ? SetNull(name) : Set(name, value.AsSpan());

    public Statement Set(string name, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return Set(name, bytes);
    }

    public Statement Set(string name, Guid? value) => value is { } known ? Set(name, known) : SetNull(name);

    public Statement Set(string name, DateTimeOffset value) => Set(name, Micros.Of(value));

    public Statement Set(string name, DateTimeOffset? value) => value is { } known ? Set(name, known) : SetNull(name);

    // NUL would end the text for some readers of the file, and Postgres refuses it: both records keep the replacement character instead.
    public Statement Set(string name, string? value) =>
        value is null ? SetNull(name) : Set(raw.sqlite3_bind_text(handle, Next(name), value.Replace('\0', '\uFFFD')));

    public Statement Set<T>(string name, T value) where T : struct, Enum => Set(name, EnumText.Of(value));

    public Statement Set<T>(string name, T? value) where T : struct, Enum => value is { } known ? Set(name, known) : SetNull(name);

    /// <summary>Runs it and says how many rows it changed.</summary>
    public int Execute()
    {
        try
        {
            while (Step())
            {
            }

            return raw.sqlite3_changes(database);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Reads all rows.</summary>
    public List<T> List<T>(Func<Row, T> read)
    {
        try
        {
            var rows = new List<T>();
            while (Step())
                rows.Add(read(row));
            return rows;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Reads the first row, or gives <paramref name="none"/>.</summary>
    public T First<T>(Func<Row, T> read, T none)
    {
        try
        {
            return Step() ? read(row) : none;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Whether there is a row.</summary>
    public bool Any() => First(static _ => true, false);

    public void Dispose() => handle.Dispose();

    private bool Step()
    {
        if (set != parameters.Count)
            throw new InvalidOperationException("A parameter was not set for this run.");
        row.Start();
        var result = raw.sqlite3_step(handle);
        if (result == raw.SQLITE_ROW)
            return true;
        if (result != raw.SQLITE_DONE)
            Check(result);
        return false;
    }

    /// <summary>Ends the run, and lets go of its values: none outlives the run that it was meant for.</summary>
    private void Reset()
    {
        _ = raw.sqlite3_reset(handle);   // It repeats the run's failure, which has been told.
        _ = raw.sqlite3_clear_bindings(handle);
        set = 0;
    }

    private int Next(string name)
    {
        set++;
        return parameters.TryGetValue(name, out var index) ? index : throw new ArgumentException($"The statement has no parameter {name}.", nameof(name));
    }

    private Statement SetNull(string name) => Set(raw.sqlite3_bind_null(handle, Next(name)));

    private Statement Set(int result)
    {
        Check(result);
        return this;
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(result, database);
    }
}
