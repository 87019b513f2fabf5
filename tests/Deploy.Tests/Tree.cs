using System.Runtime.Versioning;

// What deploys is scripts for a shell.
[assembly: UnsupportedOSPlatform("windows")]

namespace FteAgent.Deploy.Tests;

/// <summary>The files of the repository that these tests are about.</summary>
internal static class Tree
{
    private static readonly string Root = Find(new DirectoryInfo(AppContext.BaseDirectory));

    public static string PathOf(string path) => Path.Combine(Root, path);

    public static string Read(string path) => File.ReadAllText(PathOf(path));

    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(PathOf(folder), pattern, SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Root, path));

    private static string Find(DirectoryInfo? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "FteAgent.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not lie in the repository.");
    }
}
