using System.Numerics.Tensors;
using FteAgent.Knowledge;

namespace FteAgent.Bench.Knowledge;

/// <summary>
/// Vectors of the length that small sentence encoders have, made from words alone, so that the search of vectors can be measured without
/// a model's endpoint. It says nothing about quality.
/// </summary>
internal sealed class HashedWords : IEmbedder
{
    private const int Dimensions = 384;

    /// <summary>Each word points in this many directions.</summary>
    private const int Directions = 8;

    public string Name => "hashed-words";

    public Task<IReadOnlyList<float[]>> Embed(IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<float[]>>([.. texts.Select(Embed)]);

    private static float[] Embed(string text)
    {
        var vector = new float[Dimensions];
        vector[0] = 1e-3f;   // No text is without a direction.
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var hash = Hash(word);
            for (var i = 0; i < Directions; i++, hash = (hash * 6364136223846793005) + 1442695040888963407)
                vector[(int)((hash >> 33) % Dimensions)] += (hash & 1) == 0 ? 1 : -1;
        }

        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
        return vector;
    }

    // string.GetHashCode differs from run to run.
    private static ulong Hash(string word)
    {
        var hash = 14695981039346656037;
        foreach (var letter in word)
            hash = (hash ^ char.ToLowerInvariant(letter)) * 1099511628211;
        return hash;
    }
}
