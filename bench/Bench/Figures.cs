using System.Globalization;
using System.Text.Json;

namespace FteAgent.Bench;

/// <summary>
/// Collects figures, prints each as it comes and writes them to <c>artifacts/figures/NAME.json</c>, together with what was measured, when,
/// and what else the machine had to do: those entries begin with <c>run.</c>.
/// </summary>
internal sealed class Figures
{
    private const string EngineKey = "run.engine";
    private const string CommitKey = "run.commit";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string _name;
    private readonly SortedDictionary<string, double> _figures = new(StringComparer.Ordinal);
    private readonly string _loadBefore = Machine.LoadAverage;
    private readonly DateTimeOffset _begun = TimeProvider.System.GetUtcNow();

    private Figures(string name) => _name = name;

    /// <summary>Begins anew: the file of an earlier run goes, so that a run that breaks off leaves no figures of another.</summary>
    public static Figures Begin(string name)
    {
        Directory.CreateDirectory(Folder);
        File.Delete(PathOf(name));
        return new(name);
    }

    /// <summary>Of what measures nothing itself.</summary>
    public static Figures None { get; } = new("");

    /// <summary>What was found that must never be, and what was promised and is not so, in words.</summary>
    public IEnumerable<string> Faults => _figures
        .Where(figure => Target.Of(figure.Key) is { } target && (target.IsHarm || target.IsPromised) && !target.IsMet(figure.Value))
        .Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Key} is {figure.Value}, {Target.Of(figure.Key)!.Verdict(figure.Value)}"));

    public void Add(string figure, double value, string explanation)
    {
        // JSON knows no infinity.
        if (!double.IsFinite(value))
            throw new InvalidOperationException($"{figure} came out as {value}.");
        _figures[figure] = value;
        var verdict = Target.Of(figure) is { } target ? $"{target.Verdict(value)}; " : "";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {figure,-36} {value,14:#,0.###}  {verdict}{explanation}"));
    }

    /// <summary>Writes them down.</summary>
    public void Write()
    {
        var entries = new SortedDictionary<string, object>(_figures.ToDictionary(figure => figure.Key, figure => (object)figure.Value), StringComparer.Ordinal)
        {
            [EngineKey] = ThisBuild.Engine,
            [CommitKey] = ThisBuild.Commit,
            ["run.begun"] = _begun.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["run.ended"] = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["run.load_average_before"] = _loadBefore,
            ["run.load_average_after"] = Machine.LoadAverage,
            ["run.cores"] = Environment.ProcessorCount,
            ["run.is_shortened"] = Rounds.AreFewer,
        };
        File.WriteAllText(PathOf(_name), JsonSerializer.Serialize(entries, Readable) + "\n");
    }

    /// <summary>The figures that another bench has written; none where it has not run.</summary>
    /// <exception cref="InvalidOperationException">They are those of another engine or commit.</exception>
    public static IReadOnlyDictionary<string, double> Read(string name)
    {
        if (!File.Exists(PathOf(name)))
            return new Dictionary<string, double>();
        using var file = JsonDocument.Parse(File.ReadAllText(PathOf(name)));
        string? Said(string key) => file.RootElement.TryGetProperty(key, out var value) ? value.GetString() : null;
        if ((Said(EngineKey), Said(CommitKey)) != (ThisBuild.Engine, ThisBuild.Commit))
            throw new InvalidOperationException(
                $"{name}.json was measured on {Said(EngineKey)} at commit {Said(CommitKey)}, this is {ThisBuild.Engine} at {ThisBuild.Commit}: measure it again.");
        return file.RootElement.EnumerateObject()
            .Where(entry => entry.Value.ValueKind is JsonValueKind.Number)
            .ToDictionary(entry => entry.Name, entry => entry.Value.GetDouble(), StringComparer.Ordinal);
    }

    /// <summary>Where a file of figures is.</summary>
    public static string PathOf(string name) => Path.Combine(Folder, $"{name}.json");

    /// <summary>The checkout.</summary>
    public static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "FteAgent.sln")))
                return folder.FullName;

        return Environment.CurrentDirectory;
    }

    private static string Folder => Path.Combine(Root(), "artifacts", "figures");
}
