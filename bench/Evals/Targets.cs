using System.Globalization;

namespace FteAgent.Evals;

/// <summary>What a figure should be.</summary>
/// <param name="Sign">How it should stand to the limit.</param>
/// <param name="Limit">The limit.</param>
internal sealed record Target(string Sign, double Limit)
{
    public bool IsMet(double value) => Sign switch
    {
        "<" => value < Limit,
        "≥" => value >= Limit,
        "=" => value.Equals(Limit),
        _ => throw new InvalidOperationException($"'{Sign}' is no sign."),
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sign} {Limit:0.###}");
}

/// <summary>What this project promises of its answers, on the development halves of the sets.</summary>
internal static class Targets
{
    private static readonly Dictionary<string, Target> Known = new(StringComparer.Ordinal)
    {
        ["flydocs.hit@5"] = new("≥", 0.78),
        ["flydocs.mrr@10"] = new("≥", 0.57),
        ["flydocs.no_evidence_auroc"] = new("≥", 0.94),
        ["flydocs.no_evidence_f1"] = new("≥", 0.83),
        ["banking.hit@5"] = new("≥", 0.85),
        ["banking.recall@10"] = new("≥", 0.36),
        ["banking77.hit@1"] = new("≥", 0.925),
        ["clinc150.hit@1"] = new("≥", 0.93),
        ["clinc150.out_of_scope_f1"] = new("≥", 0.90),
        ["tickets2.escalation_precision"] = new("≥", 0.90),
        ["tickets2.escalation_recall"] = new("≥", 0.85),
        ["tickets_whole.escalation_rate"] = new("<", 0.20),
        ["tickets2_whole.escalation_rate"] = new("<", 0.20),
        ["everyday_whole.escalation_rate"] = new("=", 0),
        // The assistant that quotes says the same to the same question, whatever else was asked before and in which order the documents came.
        ["tickets_whole.same_decision"] = new("=", 1),
        ["tickets_whole.same_citations"] = new("=", 1),
        ["tickets2_whole.same_decision"] = new("=", 1),
        ["tickets2_whole.same_citations"] = new("=", 1),
        ["everyday_whole.same_decision"] = new("=", 1),
        ["everyday_whole.same_citations"] = new("=", 1),
        ["identity.joined_with_proof"] = new("≥", 0.95),
        ["identity.joined_without_proof"] = new("=", 0),
        ["identity.wrong_merges"] = new("=", 0),
        ["identity.merges_undone_whole"] = new("=", 1),
        ["knowledge.search_p95_ms"] = new("<", 50),
    };

    // Sets of our own making are the same everywhere, and what is asked of machinery does not depend on the data.
    private static readonly string[] OnSamples = ["everyday_", "identity.", "knowledge."];

    /// <summary>The target of a figure, where it has one.</summary>
    public static Target? Of(string figure) => Known.GetValueOrDefault(figure);

    /// <summary>Whether a figure is a time, as its name tells by the unit: what it is depends on the machine, and on what else that does.</summary>
    public static bool IsOfTime(string figure) => figure.EndsWith("_ms", StringComparison.Ordinal) || figure.EndsWith("_s", StringComparison.Ordinal);

    /// <summary>Whether a figure is held to its target on the small sample, too.</summary>
    public static bool HoldOnSamples(string figure) =>
        Array.Exists(OnSamples, start => figure.StartsWith(start, StringComparison.Ordinal)) || figure.Contains(".same_", StringComparison.Ordinal);

    /// <summary>Says what is missed, and what has a target and was not measured. 0 where everything measured is as it should be, else 1.</summary>
    public static int Check(IReadOnlyList<Figure> measured)
    {
        var held = measured.Where(figure => figure.Target is not null).ToList();
        var missed = held.Where(figure => figure.IsMissed).ToList();
        var absent = Absent(measured);
        Console.WriteLine($"\n{held.Count - missed.Count} of {held.Count} targets are met.");
        foreach (var figure in missed) Console.WriteLine($"  {Miss(figure)}");
        if (absent.Count > 0) Console.WriteLine($"  not measured: {string.Join(", ", absent)}");
        // Nothing at all is no success.
        return held.Count == 0 || missed.Count > 0 ? 1 : 0;
    }

    /// <summary>A missed target in words.</summary>
    public static string Miss(Figure figure) => $"MISSED {figure.Key}: {Figures.Show(figure.Value)}, target {figure.Target}";

    /// <summary>What has a target and was not measured.</summary>
    public static IReadOnlyList<string> Absent(IReadOnlyList<Figure> measured) =>
        [.. Known.Keys.Except(measured.Select(figure => figure.Key)).Order(StringComparer.Ordinal)];
}
