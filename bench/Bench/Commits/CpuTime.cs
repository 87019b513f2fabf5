using System.Globalization;

namespace FteAgent.Bench.Commits;

/// <summary>
/// CPU time as Linux counts it. Where other work shares the machine, rates say little; what a message costs in CPU time still says how many
/// a machine at rest can take.
/// </summary>
internal static class CpuTime
{
    private const double TicksPerSecond = 100;   // USER_HZ, the same on every Linux that .NET runs on.

    // Fields of /proc/PID/stat after the name, which may hold blanks.
    private const int Parent = 1, UserTime = 11, SystemTime = 12, ChildrenUser = 13, ChildrenSystem = 14;

    public static bool IsKnown => OperatingSystem.IsLinux();

    /// <summary>The server's, its sessions and those that have ended included.</summary>
    public static double OfServer(int postmaster)
    {
        var seconds = Sum(Fields(postmaster)!, UserTime, SystemTime, ChildrenUser, ChildrenSystem);
        foreach (var folder in Directory.GetDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) && Fields(id) is { } fields && (int)fields[Parent] == postmaster)
                seconds += Sum(fields, UserTime, SystemTime, ChildrenUser, ChildrenSystem);
        return seconds;
    }

    /// <summary>Who started this one.</summary>
    public static int ParentOf(int process) => IsKnown ? (int)Fields(process)![Parent] : 0;

    /// <summary>This process' own.</summary>
    public static double OfThis() => Sum(Fields(Environment.ProcessId)!, UserTime, SystemTime);

    /// <summary>That of the processes it has started and that have ended.</summary>
    public static double OfEndedChildren() => Sum(Fields(Environment.ProcessId)!, ChildrenUser, ChildrenSystem);

    private static double Sum(double[] fields, params int[] which) => which.Sum(field => fields[field]) / TicksPerSecond;

    private static double[]? Fields(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return [.. text[(text.LastIndexOf(')') + 2)..].Split(' ').Take(20).Select(field => double.TryParse(field, CultureInfo.InvariantCulture, out var value) ? value : 0)];
        }
        catch (IOException)
        {
            return null;   // It has ended meanwhile.
        }
    }
}
