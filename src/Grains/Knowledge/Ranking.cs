using System.Numerics.Tensors;

namespace FteAgent.Knowledge;

/// <summary>
/// Brings scores of different kinds together. Each kind is divided by its best, so that none drowns another, and weighed;
/// ranks are not used, because a weak ranker that votes by rank was measured to do harm.
/// </summary>
internal sealed class Ranking(int documents, int[] documentOf, bool[]? allowed)
{
    /// <summary>Chunks of one document in a result: an answer may go on in the next chunk, but one page must not crowd out the rest.</summary>
    public const int MaxChunksPerDocument = 2;

    /// <summary>What vectors count for beside words, where there are any.</summary>
    private const float VectorWeight = 0.5f;

    private readonly float[] scores = new float[documentOf.Length];
    private readonly float[] chunkScores = new float[documentOf.Length];
    private readonly float[] documentScores = new float[documents];

    /// <summary>The best raw scores of the text added last.</summary>
    public float BestChunkScore { get; private set; }

    public void AddLexical(LexicalIndex index, LexicalQuery query)
    {
        Array.Clear(chunkScores);
        Array.Clear(documentScores);
        index.Score(query, chunkScores, documentScores);
        Forbid();
        BestChunkScore = Max(chunkScores);
        if (BestChunkScore <= 0) return;
        var weight = MathF.Pow(BestChunkScore, TurnPower);
        TensorPrimitives.Divide(chunkScores, BestChunkScore, chunkScores);
        TensorPrimitives.Divide(documentScores, Max(documentScores), documentScores);
        for (var c = 0; c < scores.Length; c++) scores[c] += weight * (chunkScores[c] + documentScores[documentOf[c]]);
    }

    internal static float TurnPower = float.Parse(Environment.GetEnvironmentVariable("TP") ?? "1");

    public void AddVectors(VectorIndex index, IReadOnlyList<float[]> queries)
    {
    }

    public List<(int Chunk, float Score)> Best(int count)
    {
        var order = new List<int>();
        for (var c = 0; c < scores.Length; c++) if (scores[c] > 0) order.Add(c);
        order.Sort((a, b) => scores[a] != scores[b] ? scores[b].CompareTo(scores[a]) : a.CompareTo(b));
        var taken = new Dictionary<int, int>();
        var best = new List<(int, float)>(count);
        foreach (var c in order)
        {
            if (best.Count == count) break;
            var times = taken[documentOf[c]] = taken.GetValueOrDefault(documentOf[c]) + 1;
            if (times <= MaxChunksPerDocument) best.Add((c, scores[c]));
        }

        return best;
    }

    private void Forbid()
    {
        if (allowed is null) return;
        for (var c = 0; c < chunkScores.Length; c++) if (!allowed[documentOf[c]]) chunkScores[c] = 0;
        for (var d = 0; d < documentScores.Length; d++) if (!allowed[d]) documentScores[d] = 0;
    }

    private static float Max(ReadOnlySpan<float> values) => values.IsEmpty ? 0 : TensorPrimitives.Max(values);
}
