using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Npgsql;

namespace FteAgent.Cluster.Silos;

/// <summary>Counts the silos that were taken for dead. Each engine tells it in its own way.</summary>
internal sealed partial class Evictions(string database)
{
    /// <summary>
    /// Orleans marks alike who was declared dead and who left by itself. Whoever marks a silo writes itself at the end of its suspects:
    /// the silo itself when it leaves, its next run when that finds the row of the one before, and another silo when it is evicted.
    /// </summary>
    private const string DeclaredDeadByOthers = """
        select count(*) from orleans.membership
        where deployment_id = 'fte-Orleans' and status = 6
            and split_part(split_part(suspect_times, '|', -1), '@', 1) <> address || ':' || port
        """;

    private readonly ConcurrentDictionary<string, bool> struckOut = new();
    private readonly ConcurrentDictionary<string, bool> lost = new();

    /// <summary>Whether the silos run on the packages.</summary>
    public static bool IsOrleans { get; } = typeof(Grain).Assembly.GetName().Name != "FteAgent.Engine";

    /// <summary>Told each line that a silo writes. The built-in engine names who was struck out (event 9104) and who gave up its place (9103).</summary>
    public void Hear(string line)
    {
        if (StruckOut().Match(line) is { Success: true } other)
            struckOut[other.Groups[1].Value] = true;
        else if (Lost().Match(line) is { Success: true } self)
            lost[self.Groups[1].Value] = true;
    }

    /// <summary>How many were taken for dead by others so far. A silo that runs again counts as another.</summary>
    public async Task<long> Count()
    {
        if (!IsOrleans)
            return struckOut.Count;
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(DeclaredDeadByOthers, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The same with those that let their own lease end, which needs nobody else. Orleans' silos have no lease.</summary>
    public async Task<long> CountWithLostLeases() =>
        IsOrleans ? await Count() : struckOut.Keys.Union(lost.Keys).Count();

    [GeneratedRegex(@"Silo (S\S+) has not renewed its lease and was struck out")]
    private static partial Regex StruckOut();

    [GeneratedRegex(@"Silo (S\S+) is no member any more")]
    private static partial Regex Lost();
}
