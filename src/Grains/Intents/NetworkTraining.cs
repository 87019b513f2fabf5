using System.Buffers;

namespace FteAgent.Intents;

/// <summary>
/// Trains a network by stochastic gradient descent on one thread: one text after another in an order that the seed decides. A share of
/// each text's features and of the layer is left out at random, so that no intent comes to depend on a single word.
/// </summary>
internal sealed class NetworkTraining
{
    // Few examples are passed over more often, until the steps are as many.
    private const int FewestPasses = 12;
    private const int MostPasses = 60;
    private const int WantedSteps = 40_000;

    // Of 256: three of ten.
    private const int LeftOut = 77;
    private const float KeptShare = (256 - LeftOut) / 256f;

    private const float InnerRate = 0.5f;
    private const float OuterRate = 0.05f;

    // The variance of numbers spread evenly from -1 to 1 is a third.
    private static readonly float InnerStart = 0.1f * MathF.Sqrt(3);
    private static readonly float OuterStart = MathF.Sqrt(3f / IntentNetwork.Width);

    // An outcome that is this sure not to be meant learns nothing from a text, and skipping it saves most of the time.
    private const float Negligible = 1e-5f;

    private const int StepsBetweenLooks = 256;

    private readonly IReadOnlyList<SparseText> texts;
    private readonly int[] outcomes;
    private readonly Memory<float> inner;
    private readonly float[] outer;
    private readonly float[] biases;
    private readonly float[] errors;
    private readonly float[] layer = new float[IntentNetwork.Width];
    private readonly float[] mask = new float[IntentNetwork.Width];
    private readonly float[] change = new float[IntentNetwork.Width];
    private readonly int[] features;
    private readonly float[] values;
    private PortableRandom random;

    private NetworkTraining(IReadOnlyList<SparseText> texts, int[] outcomes, Memory<float> inner, int outcomeCount, ulong seed)
    {
        this.texts = texts;
        this.outcomes = outcomes;
        random = new PortableRandom(seed);
        this.inner = inner;
        outer = new float[outcomeCount * IntentNetwork.Width];
        Start(inner.Span, InnerStart);
        Start(outer, OuterStart);
        biases = new float[outcomeCount];
        errors = new float[outcomeCount];
        var longest = texts.Count == 0 ? 0 : texts.Max(text => text.Count);
        features = new int[longest];
        values = new float[longest];
    }

    public static IntentNetwork Train(
        IReadOnlyList<SparseText> texts, int[] outcomes, int featureCount, int outcomeCount, ulong seed, CancellationToken cancellationToken)
    {
        // The one large array, some fifteen megabytes: networks are trained one after another and take the same.
        var inner = ArrayPool<float>.Shared.Rent(featureCount * IntentNetwork.Width);
        try
        {
            var training = new NetworkTraining(texts, outcomes, inner.AsMemory(0, featureCount * IntentNetwork.Width), outcomeCount, seed);
            training.Run(cancellationToken);
            return IntentNetwork.Of(training.inner.Span, training.outer, training.biases);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(inner);
        }
    }

    private void Run(CancellationToken cancellationToken)
    {
        if (texts.Count == 0) return;
        var passes = Math.Clamp(WantedSteps / texts.Count, FewestPasses, MostPasses);
        var steps = passes * texts.Count;
        var order = new int[texts.Count];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        for (var step = 0; step < steps; step++)
        {
            if (step % StepsBetweenLooks == 0) cancellationToken.ThrowIfCancellationRequested();
            if (step % order.Length == 0) random.Shuffle(order);
            var which = order[step % order.Length];
            Learn(texts[which], outcomes[which], 1 - ((float)step / steps));
        }
    }

    private void Learn(SparseText text, int outcome, float pace)
    {
        var count = Thin(text);
        ReadLayer(count);
        ReadErrors(outcome);

        Array.Clear(change);
        for (var k = 0; k < errors.Length; k++)
        {
            if (MathF.Abs(errors[k]) < Negligible) continue;
            var row = Row(outer, k);
            Rows.Add(change, row, errors[k]);
            Rows.Add(row, layer, -OuterRate * pace * errors[k]);
            biases[k] -= OuterRate * pace * errors[k];
        }

        for (var i = 0; i < layer.Length; i++) change[i] = layer[i] > 0 ? change[i] * mask[i] : 0;
        var weights = inner.Span;
        for (var i = 0; i < count; i++) Rows.Add(Row(weights, features[i]), change, -InnerRate * pace * values[i]);
    }

    // Leaves features out and brings the rest to length 1 again.
    private int Thin(SparseText text)
    {
        var count = 0;
        var square = 0f;
        for (var i = 0; i < text.Count; i++)
        {
            if (random.Chance(LeftOut)) continue;
            features[count] = text.Features[i];
            values[count++] = text.Values[i];
            square += text.Values[i] * text.Values[i];
        }

        var scale = count == 0 ? 0 : 1 / MathF.Sqrt(square);
        for (var i = 0; i < count; i++) values[i] *= scale;
        return count;
    }

    private void ReadLayer(int count)
    {
        Array.Clear(layer);
        var weights = inner.Span;
        for (var i = 0; i < count; i++) Rows.Add(layer, Row(weights, features[i]), values[i]);
        for (var i = 0; i < layer.Length; i++)
        {
            mask[i] = random.Chance(LeftOut) ? 0 : 1 / KeptShare;
            layer[i] = MathF.Max(0, layer[i]) * mask[i];
        }
    }

    // By how much each outcome's chance is too high.
    private void ReadErrors(int outcome)
    {
        var highest = float.NegativeInfinity;
        for (var k = 0; k < errors.Length; k++)
        {
            errors[k] = biases[k] + Rows.Dot(layer, Row(outer, k));
            highest = MathF.Max(highest, errors[k]);
        }

        double sum = 0;
        for (var k = 0; k < errors.Length; k++)
        {
            var share = Portable.Exp(errors[k] - highest);
            errors[k] = (float)share;
            sum += share;
        }

        for (var k = 0; k < errors.Length; k++) errors[k] = (float)(errors[k] / sum);
        errors[outcome] -= 1;
    }

    private static Span<float> Row(Span<float> weights, int row) => weights.Slice(row * IntentNetwork.Width, IntentNetwork.Width);

    private void Start(Span<float> weights, float spread)
    {
        foreach (ref var weight in weights) weight = random.Even() * spread;
    }
}
