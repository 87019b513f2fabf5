namespace FteAgent.Cluster.Silos;

/// <summary>Keeps what the silos write in one file, where FTE_CLUSTER_LOG names one: a failed run is understood from it.</summary>
internal static class Log
{
    private static readonly string? Path = Environment.GetEnvironmentVariable("FTE_CLUSTER_LOG") is { Length: > 0 } path ? path : null;
    private static readonly Lock Gate = new();

    /// <summary>Takes a silo's line.</summary>
    public static Action<string, string>? Lines { get; } = Path is null ? null : (silo, line) => Write($"{silo} | {line}");

    /// <summary>Takes a line of the run's own.</summary>
    public static void Write(string line)
    {
        if (Path is null)
            return;
        lock (Gate)
            File.AppendAllText(Path, $"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {line}\n");
    }
}
