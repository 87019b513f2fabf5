namespace FteAgent.Bench.Fleets;

/// <summary>What else this machine does while it is measured.</summary>
internal static class Machine
{
    /// <summary>The load averages of 1, 5 and 15 minutes.</summary>
    public static string LoadAverage => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3));
}
