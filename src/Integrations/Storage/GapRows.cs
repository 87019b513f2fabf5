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

    /// <summary>Before the first gap of all: above every day.</summary>
    private static readonly (string Day, int Number) BeforeAll = ("g", 0);

    /// <summary>A day as it is kept.</summary>
    public static string Name(DateOnly day) => day.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>Where a page begins: after this gap. Null for a cursor that we did not give.</summary>
    public static (string Day, int Number)? After(string? cursor)
    {
        if (cursor is null)
            return BeforeAll;
        var dot = cursor.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && DateOnly.TryParseExact(cursor.AsSpan(0, dot), Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && int.TryParse(cursor.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (Name(day), number)
            : null;
    }

    /// <summary>A page of gaps with their examples.</summary>
    /// <param name="gaps">The gaps in order, and one more where there is a next page.</param>
    /// <param name="wanted">How many gaps a page has.</param>
    /// <param name="examples">Examples of these gaps.</param>
    public static GapPage Page(IReadOnlyList<GapRow> gaps, int wanted, IEnumerable<(string Day, int Number, GapExample Example)> examples)
    {
        var of = examples.ToLookup(example => (example.Day, example.Number), example => example.Example);
        return new(
            [
                .. gaps.Take(wanted).Select(gap => new KeptGap(
                    DateOnly.ParseExact(gap.Day, Form, CultureInfo.InvariantCulture), gap.Terms, gap.Customers, gap.Messages,
                    [.. of[(gap.Day, gap.Number)].OrderBy(example => example.At)])),
            ],
            gaps.Count > wanted ? string.Create(CultureInfo.InvariantCulture, $"{gaps[wanted - 1].Day}.{gaps[wanted - 1].Number}") : null);
    }
}
