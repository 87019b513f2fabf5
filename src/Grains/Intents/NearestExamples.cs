namespace FteAgent.Intents;

/// <summary>
/// Finds the example whose words are most like a text's. A label with two or three examples is met this way before a classifier has
/// learned it, and a text that is like no example is likely to mean something else.
/// </summary>
internal sealed class NearestExamples
{
    // A pair is rarer than its words and counts beside them by itself.
    private const float StemShare = 2 / 3f;
    private const float PairShare = 1 / 3f;

    private readonly FeatureTable table;
    private readonly int[][] stems;
    private readonly int[][] pairs;
    private readonly int[] labels;
    private readonly Postings stemPostings;
    private readonly Postings pairPostings;
    private readonly double unknownWeight;

    /// <param name="table">The features.</param>
    /// <param name="stems">For each example the numbers of its stems.</param>
    /// <param name="pairs">For each example the numbers of its pairs.</param>
    /// <param name="labels">For each example the number of its label.</param>
    public NearestExamples(FeatureTable table, int[][] stems, int[][] pairs, int[] labels)
    {
        this.table = table;
        this.stems = stems;
        this.pairs = pairs;
        this.labels = labels;
        stemPostings = Postings.Of(table, stems);
        pairPostings = Postings.Of(table, pairs);
        unknownWeight = Math.Log(labels.Length + 1);
    }

    public int Count => labels.Length;

    public ReadOnlySpan<int> Stems(int example) => stems[example];

    public ReadOnlySpan<int> Pairs(int example) => pairs[example];

    public int Label(int example) => labels[example];

    public static NearestExamples Of(FeatureTable table, IReadOnlyList<Feature[]> texts, IReadOnlyList<int> labels) =>
        new(table,
            [.. texts.Select(text => Numbers(table, text, FeatureKind.Stem))],
            [.. texts.Select(text => Numbers(table, text, FeatureKind.Pair))],
            [.. labels]);

    /// <summary>Notes for each label how like its nearest example the text is, from 0 to 1.</summary>
    public NearestMatch Match(Feature[] text, Span<float> likeness)
    {
        likeness.Clear();
        var byStems = new float[labels.Length];
        var byPairs = new float[labels.Length];
        var known = Sum(text, FeatureKind.Stem, stemPostings, byStems, out var stemSquare);
        Sum(text, FeatureKind.Pair, pairPostings, byPairs, out var pairSquare);
        var stemScale = stemSquare > 0 ? StemShare / Math.Sqrt(stemSquare) : 0;
        var pairScale = pairSquare > 0 ? PairShare / Math.Sqrt(pairSquare) : 0;
        double nearest = 0;
        double most = 0;
        for (var example = 0; example < labels.Length; example++)
        {
            if (byStems[example] == 0) continue;
            var like = (byStems[example] * stemScale / stemPostings.Length(example)) + (byPairs[example] * pairScale / pairPostings.Length(example));
            ref var best = ref likeness[labels[example]];
            best = MathF.Max(best, (float)like);
            nearest = Math.Max(nearest, like);
            most = Math.Max(most, byStems[example]);
        }

        return new NearestMatch(nearest, stemSquare > 0 ? most / stemSquare : 0, known.Unknown, known.Known);
    }

    private (int Unknown, int Known) Sum(Feature[] text, FeatureKind kind, Postings postings, float[] sums, out double square)
    {
        square = 0;
        var (unknown, known) = (0, 0);
        foreach (var feature in text)
        {
            if (feature.Kind != kind) continue;
            var number = table.Find(feature.Hash);
            var holders = number < 0 ? [] : postings.Holders(number);
            if (holders.Length == 0)
            {
                square += unknownWeight * unknownWeight;
                if (feature.Telling) unknown++;
                continue;
            }

            known++;
            var weight = Rarity(table, number);
            square += weight * weight;
            foreach (var example in holders) sums[example] += (float)(weight * weight);
        }

        return (unknown, known);
    }

    private static int[] Numbers(FeatureTable table, Feature[] text, FeatureKind kind) =>
        [.. text.Where(feature => feature.Kind == kind).Select(feature => table.Find(feature.Hash)).Where(number => number >= 0).Order()];

    // Above 0 even for what every example has, so that a text of such words alone is like something.
    private static double Rarity(FeatureTable table, int feature) => Math.Max(0.01, table.Weight(feature) - 1);

    // Which examples have a feature, in two flat arrays, and how long each example is.
    private sealed class Postings(int[] offsets, int[] examples, float[] lengths)
    {
        public ReadOnlySpan<int> Holders(int feature) => examples.AsSpan(offsets[feature]..offsets[feature + 1]);

        public float Length(int example) => lengths[example];

        public static Postings Of(FeatureTable table, int[][] texts)
        {
            var offsets = new int[table.Count + 1];
            foreach (var text in texts) foreach (var feature in text) offsets[feature + 1]++;
            for (var i = 0; i < table.Count; i++) offsets[i + 1] += offsets[i];
            var next = offsets[..^1];
            var examples = new int[offsets[^1]];
            var lengths = new float[texts.Length];
            for (var i = 0; i < texts.Length; i++)
            {
                double square = 0;
                foreach (var feature in texts[i])
                {
                    examples[next[feature]++] = i;
                    square += Rarity(table, feature) * Rarity(table, feature);
                }

                lengths[i] = square > 0 ? (float)Math.Sqrt(square) : 1;
            }

            return new Postings(offsets, examples, lengths);
        }
    }
}

/// <summary>How like the examples a text is.</summary>
/// <param name="Likeness">To the nearest example, from 0 to 1.</param>
/// <param name="Covered">The largest share of the text's words that one example has, from 0 to 1, rare words counting more.</param>
/// <param name="UnknownWords">How many of its words no example has; stop words are not counted.</param>
/// <param name="KnownWords">How many of its words some example has.</param>
internal readonly record struct NearestMatch(double Likeness, double Covered, int UnknownWords, int KnownWords);
