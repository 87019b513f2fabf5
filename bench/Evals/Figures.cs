using System.Globalization;
using System.Text.Json;

namespace FteAgent.Evals;

/// <summary>What was measured: printed as it comes, written as <c>{"figure": number}</c> at the end, and drawn in the report.</summary>
/// <param name="isSample">Whether the small sample was measured, whose figures say nothing about quality and are held to no target.</param>
internal sealed class Figures(bool isSample = false)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly List<Figure> measured = [];
    private readonly List<Exhibit> exhibits = [];
    private string section = "";

    /// <summary>What was measured so far, by name.</summary>
    public IReadOnlyDictionary<string, double> All =>
        new SortedDictionary<string, double>(measured.ToDictionary(figure => figure.Key, figure => Math.Round(figure.Value, 4)), StringComparer.Ordinal);

    /// <summary>The same, in the order in which it came.</summary>
    public IReadOnlyList<Figure> Measured => measured;

    /// <summary>What the report draws.</summary>
    public IReadOnlyList<Exhibit> Exhibits => exhibits;

    public void Heading(string text)
    {
        section = text;
        Console.WriteLine($"\n{text}\n  {"figure",-38} {"ours",8}  {"95 % interval",-15} {"baseline",8}  target");
    }

    /// <summary>Records a figure and prints it beside its baseline, where the data's README names one, and its target, where it has one.</summary>
    public void Add(string key, double value, Interval? interval = null)
    {
        var figure = new Figure(section, key, value, interval, Baselines.Find(key), isSample && !Targets.HoldOnSamples(key) ? null : Targets.Of(key));
        measured.Add(figure);
        Console.WriteLine($"  {key,-38} {Show(value),8}  {figure.Between,-15} {(figure.Baseline is { } known ? Show(known) : ""),8}  {figure.Verdict}".TrimEnd());
    }

    /// <summary>Begins a table of figures that are each compared with another of the same questions.</summary>
    public void HeadingOfGains(string text)
    {
        section = text;
        Console.WriteLine($"\n{text}\n  {"figure",-38} {"ours",8}  {"95 % interval",-15} {"gain",8}  95 % interval");
    }

    /// <summary>Records a figure, and as one more what it has gained over the one that it is compared with. Prints both in one line.</summary>
    public void Add(string key, double value, Interval interval, double gain, Interval ofGain)
    {
        var figure = new Figure(section, key, value, interval, null, null);
        measured.AddRange([figure, new(section, $"{key}_gain", gain, ofGain, null, null)]);
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"  {key,-38} {Show(value),8}  {figure.Between,-15} {gain,8:+0.000;-0.000;0.000}  {ofGain.Low:+0.000;-0.000;0.000} – {ofGain.High:+0.000;-0.000;0.000}")
            + ofGain switch { { Low: > 0 } => "  better", { High: < 0 } => "  worse", _ => "" });
    }

    public void Show(Exhibit exhibit) => exhibits.Add(exhibit);

    public void Say(string text) => Console.WriteLine($"  {text}");

    public void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, JsonSerializer.Serialize(All, Indented) + "\n");
    }

    /// <summary>A number as it is printed: three places, or as many as it takes to see that it is not nothing.</summary>
    public static string Show(double value) => value.ToString(value is > 0 and < 0.001 ? "0.0e+0" : Math.Abs(value) < 10 ? "0.000" : "0.0", CultureInfo.InvariantCulture);
}

/// <summary>One number.</summary>
/// <param name="Section">Under which heading it was measured.</param>
/// <param name="Key">Its name.</param>
/// <param name="Value">The number.</param>
/// <param name="Interval">Between which numbers it probably is; null for what is no sample: times, sizes.</param>
/// <param name="Baseline">What plain BM25 or one keyword rule gets.</param>
/// <param name="Target">What it should be.</param>
internal sealed record Figure(string Section, string Key, double Value, Interval? Interval, double? Baseline, Target? Target)
{
    /// <summary>Whether it should be something else. False where it has no target.</summary>
    public bool IsMissed => Target?.IsMet(Value) is false;

    /// <summary>The interval in words.</summary>
    public string Between => Interval is { } i ? $"{Figures.Show(i.Low)} – {Figures.Show(i.High)}" : "";

    /// <summary>The target in words, and whether it is met.</summary>
    public string Verdict => Target is null ? "" : $"{Target} {(IsMissed ? "MISSED" : "met")}";
}
