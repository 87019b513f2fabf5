using System.Collections.Immutable;
using System.Numerics.Tensors;

namespace FteAgent.Knowledge;

/// <summary>Every chunk's vector in one array; exact cosine, since ten thousand dot products take about a millisecond.</summary>
internal sealed class VectorIndex : IVersionVectors
{
    private readonly float[] matrix;
    private readonly bool[] present;
    private readonly string?[] categories;
    private readonly int dimensions;

    private VectorIndex(float[] matrix, bool[] present, string?[] categories, int dimensions)
    {
        this.matrix = matrix;
        this.present = present;
        this.categories = categories;
        this.dimensions = dimensions;
    }

    public string Way => "exactly, in memory";

    /// <summary>Null where no chunk has a vector.</summary>
    /// <param name="vectors">One for each chunk of the version, in their order.</param>
    /// <param name="categories">The category of each chunk's document.</param>
    public static VectorIndex? Build(IReadOnlyList<float[]?> vectors, string?[] categories)
    {
        if (vectors.FirstOrDefault(vector => vector is { Length: > 0 }) is not { } first) return null;

        var matrix = new float[(long)vectors.Count * first.Length];
        var present = new bool[vectors.Count];
        for (var i = 0; i < vectors.Count; i++)
        {
            if (vectors[i]?.Length != first.Length) continue;
            vectors[i]!.CopyTo(matrix, i * first.Length);
            present[i] = true;
        }

        return new VectorIndex(matrix, present, categories, first.Length);
    }

    public Task<ImmutableArray<NearestChunks>> Nearest(
        IReadOnlyList<float[]> questions, int limit, IReadOnlyCollection<string>? categories, CancellationToken cancellationToken) =>
        Task.FromResult(questions.Select(question => Nearest(question, limit, categories)).ToImmutableArray());

    private NearestChunks Nearest(float[] question, int limit, IReadOnlyCollection<string>? asked)
    {
        if (question.Length != dimensions) return NearestChunks.None;
        // The worst of the best is on top, where the next one is compared with it.
        var best = new PriorityQueue<int, float>(limit + 1);
        var (sum, searched) = (0.0, 0);
        for (var chunk = 0; chunk < present.Length; chunk++)
        {
            if (!present[chunk] || (asked is not null && !(categories[chunk] is { } category && asked.Contains(category)))) continue;
            var cosine = TensorPrimitives.Dot(question, matrix.AsSpan(chunk * dimensions, dimensions));
            sum += cosine;
            searched++;
            if (best.Count < limit) best.Enqueue(chunk, cosine);
            else best.EnqueueDequeue(chunk, cosine);
        }

        var hits = ImmutableArray.CreateBuilder<NearChunk>(best.Count);
        while (best.TryDequeue(out var chunk, out var cosine)) hits.Add(new(chunk, cosine));
        hits.Reverse();
        return searched == 0 ? NearestChunks.None : new(hits.MoveToImmutable(), (float)(sum / searched));
    }
}
