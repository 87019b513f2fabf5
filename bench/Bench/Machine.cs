namespace FteAgent.Bench;

/// <summary>What else this machine does while it is measured.</summary>
internal static class Machine
{
    private const string Source = "/proc/loadavg";

    /// <summary>The load averages of 1, 5 and 15 minutes.</summary>
    public static string LoadAverage => File.Exists(Source) ? string.Join(' ', File.ReadAllText(Source).Split(' ')[..3]) : "unknown";
}
