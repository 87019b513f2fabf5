using System.Text.Json;

namespace FteAgent.Evals;

/// <summary>
/// A folder of evaluation sets, one sub-folder each. What is asked (queries, tickets) comes from this folder alone; what is
/// answered from (corpora, examples, rules) may be kept in the reference folder only, so that another half can be measured by itself.
/// </summary>
internal sealed class EvalData(string folder, string reference)
{
    private const string Solution = "FteAgent.sln";

    public string Folder => folder;

    public static EvalData Open(string? asked)
    {
        var root = RepositoryRoot();
        var shared = Path.Combine(root, "..", "shared", "data", "evals");
        var reference = Directory.Exists(shared) ? shared : SampleFolder;
        if (asked is not null && !Directory.Exists(asked))
            throw new DirectoryNotFoundException($"There is no folder {asked} with evaluation sets.");
        return new EvalData(Path.GetFullPath(asked ?? reference), Path.GetFullPath(reference));
    }

    /// <summary>The small sets of our own making.</summary>
    public static EvalData Sample() => new(SampleFolder, SampleFolder);

    /// <summary>Whether this is the small sample.</summary>
    public bool IsSample => Path.GetFullPath(folder) == Path.GetFullPath(SampleFolder);

    private static string SampleFolder => Path.Combine(RepositoryRoot(), "bench", "Evals", "sample");

    public static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, Solution))) return folder.FullName;
        throw new InvalidOperationException($"No {Solution} above {AppContext.BaseDirectory}: run the evals from a checkout.");
    }

    /// <summary>Whether the set is here: its questions are.</summary>
    public bool Has(string questions) => File.Exists(Path.Combine(folder, questions));

    /// <summary>The lines of a file of questions or tickets, or none.</summary>
    public IReadOnlyList<JsonElement> Questions(string path) => Lines(Path.Combine(folder, path));

    /// <summary>The lines of a corpus, examples or rules: here, or else in the reference folder.</summary>
    public IReadOnlyList<JsonElement> Sources(string path) => PathOf(path) is { } found ? Lines(found) : [];

    /// <summary>Where a corpus, examples or rules are, or null.</summary>
    public string? PathOf(string path) =>
        new[] { folder, reference }.Select(place => Path.Combine(place, path)).FirstOrDefault(File.Exists);

    private static List<JsonElement> Lines(string path)
    {
        if (!File.Exists(path)) return [];
        return [.. File.ReadLines(path).Where(line => line.Length > 0).Select(line => JsonDocument.Parse(line).RootElement)];
    }
}

/// <summary>Reading fields without ceremony.</summary>
internal static class Fields
{
    public static string Text(this JsonElement line, string field) =>
        line.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    public static bool Flag(this JsonElement line, string field) =>
        line.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.True;

    public static IReadOnlyList<string> Texts(this JsonElement line, string field) =>
        line.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(item => item.GetString() ?? "")]
            : [];
}
