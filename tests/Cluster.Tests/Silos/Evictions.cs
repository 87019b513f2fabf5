using Npgsql;

namespace FteAgent.Cluster.Silos;

/// <summary>Counts how often silos took another for dead. Each engine tells it in its own way.</summary>
internal sealed class Evictions(string database)
{
    /// <summary>The event under which a silo of the built-in engine says that it struck another out.</summary>
    private const string StruckOut = "Engine.Membership[9104]";

    /// <summary>Orleans keeps dead silos in its table (6); those that others declared dead have their votes beside it, those that left by themselves none.</summary>
    private const string Dead = "select count(*) from orleans.membership where status = 6 and suspect_times <> ''";

    private int heard;

    /// <summary>Whether the silos run on the packages.</summary>
    public static bool IsOrleans { get; } = typeof(Grain).Assembly.GetName().Name != "FteAgent.Engine";

    /// <summary>Told each line that a silo writes.</summary>
    public void Hear(string line)
    {
        if (line.Contains(StruckOut, StringComparison.Ordinal))
            Interlocked.Increment(ref heard);
    }

    /// <summary>How many so far.</summary>
    public async Task<long> Count()
    {
        if (!IsOrleans)
            return Volatile.Read(ref heard);
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(Dead, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
