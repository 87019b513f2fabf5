using System.Globalization;
using System.Text.RegularExpressions;

namespace FteAgent.Testing;

/// <summary>Reads what is told to Prometheus (text format 0.0.4), and what docs/metrics.md says that there is.</summary>
internal static partial class MetricsPage
{
    /// <summary>The names of the metrics in an exposition; throws where a line is none.</summary>
    public static HashSet<string> Names(string exposition)
    {
        var types = new Dictionary<string, string>();
        foreach (var line in exposition.Split('\n'))
        {
            if (line.Length == 0 || line.StartsWith("# HELP ", StringComparison.Ordinal) || line.StartsWith("# UNIT ", StringComparison.Ordinal) || line == "# EOF")
                continue;
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                var words = line.Split(' ');
                if (!types.TryAdd(words[2], words[3]))
                    throw new FormatException($"{words[2]} is told twice.");
                continue;
            }

            var sample = Sample().Match(line);
            if (!sample.Success || !types.Keys.Any(name => name == sample.Groups["name"].Value || IsPart(sample.Groups["name"].Value, name, types[name])))
                throw new FormatException($"This is no sample of a known metric: {line}");
            if (sample.Groups["value"].Value is not ("NaN" or "+Inf" or "-Inf") && !double.TryParse(sample.Groups["value"].Value, CultureInfo.InvariantCulture, out _))
                throw new FormatException($"This is no value: {line}");
        }

        return [.. types.Keys];
    }

    /// <summary>The metrics that the page documents, by the names that Prometheus sees: the first cell of each row.</summary>
    public static HashSet<string> Metrics() => [.. Rows().Select(row => row.Metric)];

    /// <summary>Each documented metric with the instrument it comes from, which is in the second cell.</summary>
    public static IReadOnlyList<(string Metric, string Instrument)> Rows() =>
        [.. File.ReadLines(Path.Combine(Tree.Root, "docs", "metrics.md")).Select(line => Row().Match(line)).Where(row => row.Success).Select(row => (row.Groups[1].Value, row.Groups[2].Value))];

    private static bool IsPart(string sample, string metric, string type) =>
        type == "histogram" && sample.StartsWith(metric, StringComparison.Ordinal) && sample[metric.Length..] is "_bucket" or "_sum" or "_count";

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*",?)*\})? (?<value>\S+)( \d+)?( # .*)?$""")]
    private static partial Regex Sample();

    [GeneratedRegex(@"^\| `([a-z0-9_]+)` \| `([a-z0-9._]+)` \|")]
    private static partial Regex Row();
}
