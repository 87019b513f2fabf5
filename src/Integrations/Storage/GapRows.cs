using System.Collections.Immutable;
using System.Globalization;
using FteAgent.Learning;

namespace FteAgent.Storage;

/// <summary>A gap as its row.</summary>
internal sealed record GapRow(string Day, int Number, ImmutableArray<string> Terms, int Customers, int Messages);

/// <summary>How gaps are kept in either record.</summary>
internal static class GapRows
{
    /// <summary>The rule by which a person is called since nothing was found.</summary>
    public const string NoEvidence = "A3.no_evidence";

    private const string Form = "yyyy-MM-dd";

    /// <summary>A day as it is kept.</summary>
    public static string Name(DateOnly day) => day.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>Gaps with their examples, the latest day first.</summary>
    public static ImmutableArray<KeptGap> Together(IEnumerable<GapRow> gaps, IEnumerable<(string Day, int Number, GapExample Example)> examples)
    {
        var of = examples.ToLookup(example => (example.Day, example.Number), example => example.Example);
        return
        [
            .. gaps.OrderByDescending(gap => gap.Day, StringComparer.Ordinal).ThenBy(gap => gap.Number).Select(gap => new KeptGap(
                DateOnly.ParseExact(gap.Day, Form, CultureInfo.InvariantCulture), gap.Terms, gap.Customers, gap.Messages, [.. of[(gap.Day, gap.Number)]])),
        ];
    }
}
