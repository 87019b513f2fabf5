using System.Data;
using FteAgent.Storage;
using Microsoft.Data.Sqlite;

namespace FteAgent.Sqlite;

/// <summary>
/// A prepared statement with its parameters. What comes from outside enters SQL here and only here, as a bound value.
/// Every parameter must be set anew for each run: a value never outlives the run it was meant for.
/// </summary>
internal sealed class Statement(SqliteCommand command) : IDisposable
{
    private int set;

    public Statement Set(string name, long value) => SetValue(name, value);

    public Statement Set(string name, long? value) => SetValue(name, value);

    public Statement Set(string name, double? value) => SetValue(name, value);

    public Statement Set(string name, byte[]? value) => SetValue(name, value);

    public Statement Set(string name, Guid value) => SetValue(name, value.ToByteArray(bigEndian: true));

    public Statement Set(string name, Guid? value) => SetValue(name, value?.ToByteArray(bigEndian: true));

    public Statement Set(string name, DateTimeOffset value) => SetValue(name, Micros.Of(value));

    public Statement Set(string name, DateTimeOffset? value) => SetValue(name, value is { } time ? Micros.Of(time) : null);

    // NUL would end the text for some readers of the file, and Postgres refuses it: both records keep the replacement character instead.
    public Statement Set(string name, string? value) => SetValue(name, value?.Replace('\0', '\uFFFD'));

    public Statement Set<T>(string name, T value) where T : struct, Enum => SetValue(name, EnumText.Of(value));

    public Statement Set<T>(string name, T? value) where T : struct, Enum => SetValue(name, value is { } known ? EnumText.Of(known) : null);

    /// <summary>Runs it and says how many rows it changed.</summary>
    public int Execute()
    {
        CheckAllSet();
        return command.ExecuteNonQuery();
    }

    /// <summary>Reads all rows.</summary>
    public List<T> List<T>(Func<Row, T> read)
    {
        CheckAllSet();
        var rows = new List<T>();
        using var reader = command.ExecuteReader(CommandBehavior.SingleResult);
        while (reader.Read())
            rows.Add(read(new(reader)));
        return rows;
    }

    /// <summary>Reads the first row, or gives <paramref name="none"/>.</summary>
    public T First<T>(Func<Row, T> read, T none)
    {
        CheckAllSet();
        using var reader = command.ExecuteReader(CommandBehavior.SingleResult);
        return reader.Read() ? read(new(reader)) : none;
    }

    /// <summary>Whether there is a row.</summary>
    public bool Any() => First(static _ => true, false);

    public void Dispose() => command.Dispose();

    private void CheckAllSet()
    {
        if (set != command.Parameters.Count)
            throw new InvalidOperationException("A parameter was not set for this run.");
        set = 0;
    }

    private Statement SetValue(string name, object? value)
    {
        var index = command.Parameters.IndexOf(name);
        if (index < 0)
            command.Parameters.Add(new(name, value ?? DBNull.Value));
        else
            command.Parameters[index].Value = value ?? DBNull.Value;
        set++;
        return this;
    }
}
