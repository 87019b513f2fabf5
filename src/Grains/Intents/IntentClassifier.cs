using System.Collections.Immutable;

namespace FteAgent.Intents;

/// <summary>
/// Tells which of the known intents a text means, and how likely it means any. Networks that were trained from different beginnings give
/// their chances, the nearest examples shift them, and a logistic model judges from both whether the text is in scope. Immutable: any
/// number of threads may ask at once.
/// </summary>
internal sealed class IntentClassifier
{
    private readonly ImmutableArray<string> labels;
    private readonly FeatureTable table;
    private readonly ImmutableArray<IntentNetwork> networks;
    private readonly NearestExamples examples;
    private readonly float likenessWeight;
    private readonly ScopeModel scope;
    private readonly int[] counts;

    /// <param name="labels">The intents.</param>
    /// <param name="table">The features.</param>
    /// <param name="networks">Each with an outcome for every label, and perhaps one more for what is out of scope.</param>
    /// <param name="examples">What is known of each label.</param>
    /// <param name="likenessWeight">How much likeness to an example counts beside the networks' chances.</param>
    /// <param name="scope">The model of what is in scope.</param>
    public IntentClassifier(
        ImmutableArray<string> labels, FeatureTable table, ImmutableArray<IntentNetwork> networks, NearestExamples examples, float likenessWeight, ScopeModel scope)
    {
        this.labels = labels;
        this.table = table;
        this.networks = networks;
        this.examples = examples;
        this.likenessWeight = likenessWeight;
        this.scope = scope;
        counts = new int[labels.Length];
        for (var example = 0; example < examples.Count; example++) counts[examples.Label(example)]++;
    }

    /// <summary>Knows no intent.</summary>
    public static IntentClassifier Empty { get; } =
        new([], FeatureTable.Empty, [], new NearestExamples(FeatureTable.Empty, [], [], []), 0, ScopeModel.Usually);

    public ImmutableArray<string> Labels => labels;

    public FeatureTable Table => table;

    public ImmutableArray<IntentNetwork> Networks => networks;

    public NearestExamples Examples => examples;

    public float LikenessWeight => likenessWeight;

    public ScopeModel Scope => scope;

    /// <summary>The same with other weights for likeness and scope.</summary>
    public IntentClassifier With(float otherLikenessWeight, ScopeModel otherScope) =>
        new(labels, table, networks, examples, otherLikenessWeight, otherScope);

    public IntentGuess Classify(string text)
    {
        var reading = Read(Feature.Of(text));
        if (reading is null) return IntentGuess.None;
        var chances = reading.Fused(likenessWeight);
        var ranked = Enumerable.Range(0, labels.Length)
            .OrderByDescending(label => chances[label]).ThenBy(label => label)
            .Take(IntentGuess.MostLabels)
            .Select(label => new IntentChance(labels[label], chances[label], counts[label]));
        return new IntentGuess([.. ranked], scope.Chance(reading.Signs));
    }

    /// <summary>What the parts say of a text, or null where nothing can be said: no intent is known, or none of the text's words.</summary>
    public IntentReading? Read(Feature[] text)
    {
        if (labels.Length == 0) return null;
        var likeness = new float[labels.Length];
        var nearest = examples.Match(text, likeness);
        var sparse = table.Weigh(text);
        if (nearest.KnownWords == 0 && sparse.Count == 0) return null;

        var chances = new double[labels.Length];
        var (strength, foreign) = (0.0, 0.0);
        var scores = new float[networks[0].Outcomes];
        foreach (var network in networks)
        {
            network.Score(sparse, scores);
            var all = LogSum(scores.AsSpan(0, labels.Length));
            strength += all / networks.Length;
            for (var label = 0; label < labels.Length; label++) chances[label] += Portable.Exp(scores[label] - all) / networks.Length;
            if (scores.Length > labels.Length) foreign += (scores[^1] - all) / networks.Length;
        }

        return new IntentReading(chances, likeness, ScopeSigns.Of(chances, strength, foreign, nearest));
    }

    private static double LogSum(ReadOnlySpan<float> scores)
    {
        var highest = float.NegativeInfinity;
        foreach (var score in scores) highest = MathF.Max(highest, score);
        double sum = 0;
        foreach (var score in scores) sum += Portable.Exp(score - highest);
        return highest + Math.Log(sum);
    }
}

/// <summary>What the parts of a classifier say of a text.</summary>
/// <param name="Chances">By the networks, for each label.</param>
/// <param name="Likeness">To the nearest example of each label.</param>
/// <param name="Signs">What tells whether the text is in scope.</param>
internal sealed record IntentReading(double[] Chances, float[] Likeness, ScopeSigns Signs)
{
    // No network is so sure that an example could not speak against it.
    private const double LeastChance = 1e-6;

    /// <summary>The chances of the labels with likeness counted in.</summary>
    public double[] Fused(float likenessWeight)
    {
        var fused = new double[Chances.Length];
        double sum = 0;
        for (var label = 0; label < fused.Length; label++)
            sum += fused[label] = (Chances[label] + LeastChance) * Portable.Exp(likenessWeight * Likeness[label]);
        for (var label = 0; label < fused.Length; label++) fused[label] /= sum;
        return fused;
    }
}
