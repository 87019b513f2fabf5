using System.Numerics.Tensors;

namespace FteAgent.Knowledge;

/// <summary>Every chunk's vector in one array; exact cosine, since ten thousand dot products take about a millisecond.</summary>
internal sealed class VectorIndex
{
    private readonly float[] matrix;
    private readonly bool[] present;

    private VectorIndex(float[] matrix, bool[] present, int dimensions)
    {
        this.matrix = matrix;
        this.present = present;
        Dimensions = dimensions;
    }

    public int Dimensions { get; }

    /// <summary>Null where no chunk has a vector of this embedder.</summary>
    public static VectorIndex? Build(IReadOnlyList<StoredChunk> chunks, string? embedder)
    {
        bool Comparable(StoredChunk chunk) => chunk.Vector is { Length: > 0 } && chunk.Embedder == embedder;
        if (embedder is null || chunks.FirstOrDefault(Comparable) is not { Vector: { } first }) return null;

        var matrix = new float[(long)chunks.Count * first.Length];
        var present = new bool[chunks.Count];
        for (var i = 0; i < chunks.Count; i++)
        {
            if (!Comparable(chunks[i]) || chunks[i].Vector!.Length != first.Length) continue;
            chunks[i].Vector!.CopyTo(matrix, i * first.Length);
            present[i] = true;
        }

        return new VectorIndex(matrix, present, first.Length);
    }

    /// <summary>The cosine of a unit vector with each chunk's; 0 for a chunk without one.</summary>
    public void Score(ReadOnlySpan<float> query, Span<float> scores)
    {
        for (var i = 0; i < present.Length; i++)
            scores[i] = present[i] ? TensorPrimitives.Dot(query, matrix.AsSpan(i * Dimensions, Dimensions)) : 0;
    }
}
