using System.Globalization;
using System.Text.Json;

namespace FteAgent.Evals;

/// <summary>What was measured: printed as it comes, written as <c>{"figure": number}</c> at the end.</summary>
internal sealed class Figures
{
    private readonly SortedDictionary<string, double> measured = new(StringComparer.Ordinal);

    /// <summary>What was measured so far.</summary>
    public IReadOnlyDictionary<string, double> All => measured;

    public void Heading(string text) =>
        Console.WriteLine($"\n{text}\n  {"figure",-38} {"ours",8}  {"95 % interval",-15} {"baseline",8}");

    /// <summary>Records a figure and prints it beside its baseline, where the data's README names one.</summary>
    public void Add(string key, double value, Interval? interval = null)
    {
        measured[key] = Math.Round(value, 4);
        var between = interval is { } i ? $"{Show(i.Low)} – {Show(i.High)}" : "";
        var baseline = Baselines.Find(key) is { } known ? Show(known) : "";
        Console.WriteLine($"  {key,-38} {Show(value),8}  {between,-15} {baseline,8}");
    }

    public void Say(string text) => Console.WriteLine($"  {text}");

    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, JsonSerializer.Serialize(measured, Indented) + "\n");
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static string Show(double value) => value.ToString(Math.Abs(value) < 10 ? "0.000" : "0.0", CultureInfo.InvariantCulture);
}
