using System.Numerics.Tensors;

namespace FteAgent.Knowledge;

/// <summary>
/// Brings scores together: of chunks and their documents, of one utterance after another, of words and vectors. Each kind is
/// divided by its best, so that none drowns another, and weighed; ranks are not used, because a weak ranker that votes by
/// rank was measured to do harm.
/// </summary>
internal sealed class Ranking(int documents, int[] documentOf, bool[]? allowed)
{
    /// <summary>Chunks of one document in a result: an answer may go on in the next chunk, but one page must not crowd out the rest.</summary>
    public const int MaxChunksPerDocument = 2;

    // An utterance weighs by how much the corpus has to say to it, so that "thanks, perfect!" hardly counts...
    private const float UtterancePower = 0.8f;

    // ...and what answers one utterance well stands before what touches all of them a little.
    private const float Emphasis = 1.5f;

    private readonly float[] words = new float[documentOf.Length];
    private readonly float[] meanings = new float[documentOf.Length];
    private readonly float[] chunkScores = new float[documentOf.Length];
    private readonly float[] documentScores = new float[documents];
    private readonly List<Asked> asked = [];
    private float[] fused = [];
    private bool hasMeanings;

    /// <summary>The utterances that found something by their words.</summary>
    public IReadOnlyList<Asked> Asked => asked;

    /// <summary>The raw score of the best chunk for one utterance, which is not added.</summary>
    public float BestChunk(LexicalIndex index, LexicalQuery query)
    {
        Array.Clear(chunkScores);
        Array.Clear(documentScores);
        index.Score(query, chunkScores, documentScores);
        Forbid();
        return Max(chunkScores);
    }

    /// <summary>Adds what one utterance finds by its words, and returns the best chunk's raw score.</summary>
    public float AddWords(LexicalIndex index, LexicalQuery query)
    {
        var bestChunk = BestChunk(index, query);
        if (bestChunk <= 0) return 0;
        var bestDocument = Max(documentScores);
        var weight = MathF.Pow(bestChunk, UtterancePower);
        asked.Add(new Asked(query, weight));
        for (var c = 0; c < words.Length; c++)
        {
            if (chunkScores[c] <= 0) continue;
            var score = (chunkScores[c] / bestChunk) + (documentScores[documentOf[c]] / bestDocument);
            words[c] += MathF.Pow(weight * score, Emphasis);
        }

        return bestChunk;
    }

    /// <summary>Adds what one utterance finds by its meaning: how far above the average chunk each stands.</summary>
    /// <param name="nearest">What was found, by the version's own count of chunks.</param>
    /// <param name="entryOf">Which of our chunks each of those is.</param>
    public void AddMeaning(NearestChunks nearest, int[] entryOf)
    {
        if (nearest.Hits.IsEmpty) return;
        var spread = nearest.Hits[0].Cosine - nearest.Average;
        if (spread <= 0) return;
        hasMeanings = true;
        foreach (var (chunk, cosine) in nearest.Hits)
            if (entryOf[chunk] is >= 0 and var c)
                meanings[c] += MathF.Pow(MathF.Max(0, (cosine - nearest.Average) / spread), Emphasis);
    }

    /// <summary>Puts together what was added.</summary>
    /// <param name="vectorWeight">What meaning counts for beside words, from 0 to 1.</param>
    public void Fuse(float vectorWeight)
    {
        Normalize(words);
        if (hasMeanings) Normalize(meanings);
        fused = hasMeanings ? new float[words.Length] : words;
        if (!hasMeanings) return;
        for (var c = 0; c < fused.Length; c++) fused[c] = ((1 - vectorWeight) * words[c]) + (vectorWeight * meanings[c]);
    }

    /// <summary>The documents whose best chunks stand first, in that order; equal ones by id.</summary>
    public List<int> FirstDocuments(int count)
    {
        var bests = new float[documents];
        for (var c = 0; c < fused.Length; c++) bests[documentOf[c]] = MathF.Max(bests[documentOf[c]], fused[c]);
        var first = new List<int>();
        for (var d = 0; d < documents; d++) if (bests[d] > 0 && allowed?[d] != false) first.Add(d);
        first.Sort((a, b) => bests[a] == bests[b] ? a.CompareTo(b) : bests[b].CompareTo(bests[a]));
        return first.Count > count ? first[..count] : first;
    }

    /// <summary>Lifts every chunk that was found of these documents by as much as its document's.</summary>
    public void Lift(IReadOnlyList<int> lifted, ReadOnlySpan<float> lifts)
    {
        var byDocument = new float[documents];
        for (var i = 0; i < lifted.Count; i++) byDocument[lifted[i]] = lifts[i];
        for (var c = 0; c < fused.Length; c++) if (fused[c] > 0) fused[c] += byDocument[documentOf[c]];
    }

    /// <summary>Lifts one chunk, whether or not it was found.</summary>
    public void Lift(int chunk, float by) => fused[chunk] += by;

    /// <summary>The best chunks, best first, their scores at most 1; the same always, since equal scores go by id.</summary>
    public List<(int Chunk, float Score)> Best(int count)
    {
        var order = new List<int>();
        for (var c = 0; c < fused.Length; c++)
            if (fused[c] > 0 && allowed?[documentOf[c]] != false) order.Add(c);
        // Chunks stand in order of document id and place.
        order.Sort((a, b) => fused[a] == fused[b] ? a.CompareTo(b) : fused[b].CompareTo(fused[a]));
        var highest = order.Count == 0 ? 1 : fused[order[0]];

        var taken = new Dictionary<int, int>();
        var best = new List<(int, float)>(count);
        foreach (var c in order)
        {
            if (best.Count == count) break;
            var times = taken[documentOf[c]] = taken.GetValueOrDefault(documentOf[c]) + 1;
            if (times <= MaxChunksPerDocument) best.Add((c, fused[c] / highest));
        }

        return best;
    }

    // Undoes the emphasis and divides by the best.
    private static void Normalize(float[] scores)
    {
        var best = Max(scores);
        if (best <= 0) return;
        for (var c = 0; c < scores.Length; c++) if (scores[c] > 0) scores[c] = MathF.Pow(scores[c] / best, 1 / Emphasis);
    }

    private void Forbid()
    {
        if (allowed is null) return;
        for (var c = 0; c < chunkScores.Length; c++) if (!allowed[documentOf[c]]) chunkScores[c] = 0;
        for (var d = 0; d < documentScores.Length; d++) if (!allowed[d]) documentScores[d] = 0;
    }

    private static float Max(ReadOnlySpan<float> values) => values.IsEmpty ? 0 : TensorPrimitives.Max(values);
}

/// <summary>An utterance that was searched for.</summary>
/// <param name="Query">Its words and pairs.</param>
/// <param name="Weight">What it counts among the others.</param>
internal readonly record struct Asked(LexicalQuery Query, float Weight);
