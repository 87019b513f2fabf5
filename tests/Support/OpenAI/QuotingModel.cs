using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FteAgent.Testing.OpenAI;

/// <summary>A model that does as it should: its answer is a whole sentence of the best chunk that has one.</summary>
internal static partial class QuotingModel
{
    private const int FewestWords = 5;
    private const int MostWords = 35;

    /// <summary>What it does with a request.</summary>
    public static Step Answer(ScriptedRequest request)
    {
        using var material = JsonDocument.Parse(request.Messages[1].Words);
        foreach (var chunk in material.RootElement.GetProperty("chunks").EnumerateArray())
            if (Sentences().Matches(chunk.GetProperty("text").GetString()!).Select(match => match.Value).FirstOrDefault(IsPlain) is { } sentence)
                return Send([Sentence(sentence, chunk.GetProperty("id").GetString()!, sentence)], null);
        return Send([], "no_evidence");
    }

    /// <summary>A sentence with a quote that stands nowhere.</summary>
    public static Step Lie(ScriptedRequest request, string words)
    {
        using var material = JsonDocument.Parse(request.Messages[1].Words);
        var chunk = material.RootElement.GetProperty("chunks").EnumerateArray().Select(one => one.GetProperty("id").GetString()!).FirstOrDefault() ?? "none#0";
        return Send([Sentence(words, chunk, words)], null);
    }

    private static bool IsPlain(string sentence) => sentence.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length is >= FewestWords and <= MostWords;

    private static Step Send(JsonArray sentences, string? needsPerson) => Step.Call("send_response", new JsonObject
    {
        ["sentences"] = sentences,
        ["intent"] = "how_to",
        ["confidence"] = 0.9,
        ["needs_person"] = needsPerson,
    }.ToJsonString());

    private static JsonObject Sentence(string text, string chunk, string quote) => new()
    {
        ["text"] = text,
        ["quotes"] = new JsonArray(new JsonObject { ["chunk_id"] = chunk, ["quote"] = quote }),
    };

    // Without code, lists and tables, whose words are set otherwise in an answer.
    [GeneratedRegex(@"(?<=^|[.!?]\s)[A-Z][^.!?`|*\[\]#\n]+[.](?=\s|$)", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Sentences();
}
