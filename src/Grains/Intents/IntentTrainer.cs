using System.Collections.Immutable;

namespace FteAgent.Intents;

/// <summary>
/// Makes a classifier of labelled texts: on one thread, without chance and without a clock, so that the same texts give the same bytes on
/// each silo. It trains twice: once without a quarter of the examples, to fit on these how much likeness counts and what being in scope
/// looks like, and then on all.
/// </summary>
internal static class IntentTrainer
{
    // From different beginnings, networks err on different texts. A third adds less than half a point and half as much time again.
    private static readonly ulong[] Seeds = [1, 2];

    /// <summary>With fewer examples held out, chance would decide what is fitted on them.</summary>
    private const int FewestHeldOut = 12;

    /// <summary>Where examples are too few to tell: with one or two for each label, nearest examples do better than what was learned.</summary>
    private const float UsualLikenessWeight = 12;

    private static readonly float[] LikenessWeights = [0, 1, 2, 4, 6, 8, 12];

    public static IntentClassifier Train(IEnumerable<LabelledText> examples, CancellationToken cancellationToken)
    {
        var set = TrainingSet.Of(examples);
        if (set.Labels.IsEmpty) return IntentClassifier.Empty;
        var (likenessWeight, scope) = FitOnHeldOut(set, cancellationToken);
        return Train(set, cancellationToken).With(likenessWeight, scope);
    }

    private static (float LikenessWeight, ScopeModel Scope) FitOnHeldOut(TrainingSet set, CancellationToken cancellationToken)
    {
        var (kept, heldOut) = set.Split();
        var (inside, outside) = (heldOut.Where(example => example.Outcome < set.Labels.Length).ToList(), heldOut.Where(example => example.Outcome == set.Labels.Length).ToList());
        if (inside.Count < FewestHeldOut) return (UsualLikenessWeight, ScopeModel.Usually);

        var classifier = Train(kept, cancellationToken);
        var readings = inside.Select(example => (Reading: classifier.Read(example.Features), example.Outcome))
            .Where(one => one.Reading is not null)
            .Select(one => (one.Reading!, one.Outcome))
            .ToList();
        if (readings.Count < FewestHeldOut) return (UsualLikenessWeight, ScopeModel.Usually);

        var likenessWeight = LikenessWeights.MaxBy(weight => readings.Sum(one => Math.Log(one.Item1.Fused(weight)[one.Outcome])));
        var signs = readings.ConvertAll(one => one.Item1.Signs);
        var strange = outside.Select(example => classifier.Read(example.Features)?.Signs).OfType<ScopeSigns>().ToList();
        return (likenessWeight, strange.Count == 0 ? ScopeModel.Of(signs) : ScopeModel.Of(signs, strange));
    }

    private static IntentClassifier Train(TrainingSet set, CancellationToken cancellationToken)
    {
        var table = FeatureTable.Of([.. set.Examples.Select(example => example.Features)]);
        var texts = set.Examples.Select(example => table.Weigh(example.Features)).ToList();
        var outcomes = set.Examples.Select(example => example.Outcome).ToArray();
        var networks = Seeds.Select(seed => NetworkTraining.Train(texts, outcomes, table.Count, set.Outcomes, seed, cancellationToken)).ToImmutableArray();
        var inScope = set.InScope.ToList();
        var examples = NearestExamples.Of(table, inScope.ConvertAll(example => example.Features), inScope.ConvertAll(example => example.Outcome));
        return new IntentClassifier(set.Labels, table, networks, examples, UsualLikenessWeight, ScopeModel.Usually);
    }
}
