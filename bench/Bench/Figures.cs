using System.Text.Json;

namespace FteAgent.Bench;

/// <summary>Collects figures, prints each as it comes and writes them to <c>artifacts/figures/NAME.json</c>.</summary>
internal sealed class Figures(string name)
{
    private readonly SortedDictionary<string, double> _figures = new(StringComparer.Ordinal);

    /// <summary>Figures of the two engines must never be taken for each other.</summary>
    public static string EngineName => typeof(Orleans.Grain).Assembly.GetName().Name == "FteAgent.Engine" ? "BuiltIn" : "Orleans";

    public void Add(string figure, double value, string explanation)
    {
        _figures[figure] = value;
        Console.WriteLine($"  {figure,-32} {value,14:#,0.###}  {explanation}");
    }

    public void Write()
    {
        var folder = Path.Combine(Root(), "artifacts", "figures");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, $"{name}.json"), JsonSerializer.Serialize(_figures, new JsonSerializerOptions { WriteIndented = true }) + "\n");
    }

    /// <summary>The figures that another bench has written; none where it has not run.</summary>
    public static IReadOnlyDictionary<string, double> Read(string name) =>
        Path.Combine(Root(), "artifacts", "figures", $"{name}.json") is var path && File.Exists(path)
            ? JsonSerializer.Deserialize<Dictionary<string, double>>(File.ReadAllText(path))!
            : new Dictionary<string, double>();

    /// <summary>The checkout.</summary>
    public static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "FteAgent.sln")))
                return folder.FullName;

        return Environment.CurrentDirectory;
    }
}
