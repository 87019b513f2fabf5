using System.Runtime.CompilerServices;

namespace FteAgent.Testing;

/// <summary>The repository that these tests were built from, for those that look at its files.</summary>
internal static class Tree
{
    /// <summary>Its folder.</summary>
    public static string Root { get; } = Find();

    private static string Find([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
