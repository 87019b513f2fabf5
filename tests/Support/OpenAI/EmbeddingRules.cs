using System.Runtime.InteropServices;
using System.Text.Json;

namespace FteAgent.Testing.OpenAI;

/// <summary>What a request for vectors must be, and the vectors: counts of words, so that like texts are near each other.</summary>
internal static class EmbeddingRules
{
    /// <summary>How many numbers a vector has.</summary>
    public const int Dimensions = 32;

    private const int MostTexts = 2_048;

    private static readonly HashSet<string> Fields = ["model", "input", "encoding_format"];

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public static string? Fault(JsonElement body)
    {
        if (body.EnumerateObject().FirstOrDefault(each => !Fields.Contains(each.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
            return $"{unknown.Name} is no field that we send";
        if (body.TryGetProperty("encoding_format", out var format) && format.GetString() is not ("float" or "base64"))
            return "encoding_format is float or base64";
        return !body.TryGetProperty("input", out var input) || input.ValueKind is not JsonValueKind.Array || input.GetArrayLength() is 0 or > MostTexts
            || input.EnumerateArray().Any(text => text.ValueKind is not JsonValueKind.String || string.IsNullOrEmpty(text.GetString()))
            ? "input is a list of texts that are not empty"
            : null;
    }

    /// <summary>The answer: not of unit length, and the last text first, for the index alone tells which is whose.</summary>
    public static object Answer(JsonElement body, Func<string, float[]> vector)
    {
        var texts = body.GetProperty("input").EnumerateArray().Select(text => text.GetString()!).ToList();
        var packed = body.TryGetProperty("encoding_format", out var format) && format.GetString() == "base64";
        var tokens = texts.Sum(text => 1 + (text.Length / 4));
        return new
        {
            @object = "list",
            data = texts.Select((text, index) => new { @object = "embedding", index, embedding = Give(vector(text), packed) }).Reverse(),
            model = body.GetProperty("model").GetString(),
            usage = new { prompt_tokens = tokens, total_tokens = tokens },
        };
    }

    /// <summary>The vector of a text, as it is given.</summary>
    public static float[] Vector(string text)
    {
        var vector = new float[Dimensions];
        vector[0] = 0.5f;
        foreach (var word in text.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries))
            vector[1 + (word.Aggregate(17, (hash, letter) => ((hash * 31) + letter) & 0xffff) % (Dimensions - 1))] += 3;
        return vector;
    }

    private static object Give(float[] vector, bool packed) => packed ? Convert.ToBase64String(MemoryMarshal.AsBytes(vector.AsSpan())) : vector;
}
