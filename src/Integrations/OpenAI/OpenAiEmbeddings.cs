using FteAgent.Texts;
using OpenAI.Embeddings;

namespace FteAgent.OpenAI;

/// <summary>
/// Makes vectors of texts, one request for up to <see cref="MostTexts"/> of them. Source: OpenAI API reference, "Create embeddings".
/// </summary>
internal sealed class OpenAiEmbeddings(OpenAiConnection connection, string model, TimeProvider time)
{
    /// <summary>How many texts one request holds.</summary>
    public const int MostTexts = 64;

    /// <summary>The longest text, in characters. Models take 8,192 tokens, and no script has more than two to a character.</summary>
    public const int LongestText = 4_000;

    /// <summary>A vector that is nearly nothing has no direction.</summary>
    private const float ShortestVector = 1e-6f;

    /// <summary>Which model makes them.</summary>
    public string Model => model;

    /// <summary>
    /// Makes a vector of unit length for each text, in their order. A longer text is cut. Whatever goes wrong is a <see cref="ModelFailure"/>.
    /// </summary>
    public async Task<IReadOnlyList<float[]>> Embed(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        if (texts.Count == 0)
            return [];
        ArgumentOutOfRangeException.ThrowIfGreaterThan(texts.Count, MostTexts);
        OpenAIEmbeddingCollection found;
        try
        {
            found = (await connection.Embeddings(model).GenerateEmbeddingsAsync(texts.Select(Shorten), cancellationToken: cancellationToken)).Value;
        }
        catch (Exception failure) when (EndpointFailures.Read(failure, time) is { } read)
        {
            throw read;
        }

        // The order is the index's and not the list's.
        var vectors = new float[texts.Count][];
        foreach (var each in found)
            if (each.Index >= 0 && each.Index < vectors.Length)
                vectors[each.Index] = Unit(each.ToFloats().Span);
        return Array.TrueForAll(vectors, vector => vector is not null && vector.Length == vectors[0].Length) ? vectors : throw new ModelFailure(ModelFault.Nonsense);
    }

    // An empty text is refused by the endpoint, and all its neighbours with it.
    private static string Shorten(string text) => string.IsNullOrWhiteSpace(text) ? "-" : SafeCut.At(text, LongestText);

    private static float[] Unit(ReadOnlySpan<float> vector)
    {
        var length = MathF.Sqrt(System.Numerics.Tensors.TensorPrimitives.SumOfSquares(vector));
        if (!(length > ShortestVector) || !float.IsFinite(length))
            throw new ModelFailure(ModelFault.Nonsense);
        var unit = new float[vector.Length];
        System.Numerics.Tensors.TensorPrimitives.Divide(vector, length, unit);
        return unit;
    }
}
