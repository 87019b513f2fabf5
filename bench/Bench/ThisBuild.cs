using System.Reflection;

namespace FteAgent.Bench;

/// <summary>What is measured. Figures of two engines, or of two commits, must never be taken for each other.</summary>
internal static class ThisBuild
{
    /// <summary>The grain engine.</summary>
    public static string Engine => typeof(Orleans.Grain).Assembly.GetName().Name == "FteAgent.Engine" ? "BuiltIn" : "Orleans";

    /// <summary>The commit that it was built from, as the compiler wrote it down. Changes that were not committed do not show.</summary>
    public static string Commit =>
        typeof(ThisBuild).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') is [_, var commit] ? commit : "unknown";

    /// <summary>The line with which a bench begins.</summary>
    public static string Heading =>
        $"Grain engine: {Engine}; commit {(Commit.Length > 10 ? Commit[..10] : Commit)}; {Environment.ProcessorCount} cores; .NET {Environment.Version}; load average {Machine.LoadAverage}";
}
