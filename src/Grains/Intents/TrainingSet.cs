using System.Collections.Immutable;
using System.Text;

namespace FteAgent.Intents;

/// <summary>
/// Labelled texts in an order of their own, so that silos which were told them in another order train the same classifier.
/// Copies are left out, as is what goes beyond the limits.
/// </summary>
internal sealed class TrainingSet
{
    public const int MostLabels = 500;
    public const int MostExamplesOfLabel = 500;
    public const int MostExamples = 50_000;
    public const int MostOutOfScope = 5_000;
    public const int LongestLabel = 400;

    /// <summary>Fewer texts that mean nothing known would be learned by heart; they are not used.</summary>
    public const int FewestOutOfScope = 20;

    // One example in four is held out to fit what cannot be fitted on what was learned.
    private const int HeldOutOf = 4;

    private const ulong SplitSeed = 4;

    private TrainingSet(ImmutableArray<string> labels, ImmutableArray<Example> examples)
    {
        Labels = labels;
        Examples = examples;
        TellsOutOfScope = examples.Any(example => example.Outcome == labels.Length);
    }

    /// <summary>The intents, in ordinal order.</summary>
    public ImmutableArray<string> Labels { get; }

    /// <summary>Those of one outcome stand together; out of scope comes last.</summary>
    public ImmutableArray<Example> Examples { get; }

    public bool TellsOutOfScope { get; }

    /// <summary>The labels, and one more where texts tell what is out of scope.</summary>
    public int Outcomes => Labels.Length + (TellsOutOfScope ? 1 : 0);

    /// <summary>What belongs to a label.</summary>
    public IEnumerable<Example> InScope => Examples.Where(example => example.Outcome < Labels.Length);

    public static TrainingSet Of(IEnumerable<LabelledText> texts)
    {
        var usable = texts.Distinct().Where(text => text.Label is null || IsUsable(text.Label)).ToLookup(text => text.Label, text => text.Text);
        var labels = usable.Where(label => label.Key is not null)
            .Select(label => (Name: label.Key!, Examples: label.ToList()))
            .OrderByDescending(label => label.Examples.Count).ThenBy(label => label.Name, StringComparer.Ordinal)
            .Take(MostLabels)
            .Select(label => (label.Name, Examples: Read(label.Examples, MostExamplesOfLabel)))
            .Where(label => label.Examples.Count > 0)
            .OrderBy(label => label.Name, StringComparer.Ordinal)
            .ToList();

        var perLabel = MostExamples / Math.Max(1, labels.Count);
        var examples = ImmutableArray.CreateBuilder<Example>();
        foreach (var (outcome, label) in labels.Index()) examples.AddRange(label.Examples.Take(perLabel).Select(features => new Example(features, outcome)));
        var outside = labels.Count == 0 ? [] : Read([.. usable[null]], MostOutOfScope);
        if (outside.Count >= FewestOutOfScope) examples.AddRange(outside.Select(features => new Example(features, labels.Count)));
        return new TrainingSet([.. labels.Select(label => label.Name)], examples.ToImmutable());
    }

    /// <summary>
    /// Splits off a quarter of each label's examples, and none where a label has fewer than four: what remains has all labels.
    /// </summary>
    public (TrainingSet Kept, ImmutableArray<Example> HeldOut) Split()
    {
        var random = new PortableRandom(SplitSeed);
        var kept = ImmutableArray.CreateBuilder<Example>();
        var heldOut = ImmutableArray.CreateBuilder<Example>();
        foreach (var outcome in Examples.GroupBy(example => example.Outcome))
        {
            var own = outcome.ToArray();
            var order = Enumerable.Range(0, own.Length).ToArray();
            random.Shuffle(order);
            var held = own.Length / HeldOutOf;
            for (var i = 0; i < own.Length; i++) (i < held ? heldOut : kept).Add(own[order[i]]);
        }

        return (new TrainingSet(Labels, kept.ToImmutable()), heldOut.ToImmutable());
    }

    // Half a surrogate pair would be another label once it is stored.
    private static bool IsUsable(string label) => label.Length is > 0 and <= LongestLabel && !label.EnumerateRunes().Contains(Rune.ReplacementChar);

    // Of too many, some from the whole of the alphabet: those that begin alike are alike.
    private static List<Feature[]> Read(List<string> texts, int most)
    {
        var ordered = texts.Order(StringComparer.Ordinal).ToList();
        var count = Math.Min(most, ordered.Count);
        return [.. Enumerable.Range(0, count).Select(i => Feature.Of(ordered[(int)((long)i * ordered.Count / count)])).Where(text => text.Length > 0)];
    }
}

/// <summary>A text to learn from.</summary>
/// <param name="Features">What it has.</param>
/// <param name="Outcome">The number of its label; the number of labels for a text that is out of scope.</param>
internal sealed record Example(Feature[] Features, int Outcome);
