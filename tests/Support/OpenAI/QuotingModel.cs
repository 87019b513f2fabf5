using System.Text.Json;
using System.Text.Json.Nodes;

namespace FteAgent.Testing.OpenAI;

/// <summary>A model that does as it should: it quotes the beginning of the best chunk, and names the references that the customer's messages bear.</summary>
/// <param name="references">Finds them in a message.</param>
internal sealed class QuotingModel(Func<string, IEnumerable<string>> references)
{
    private const int FewestWords = 3;
    private const int MostWords = 25;

    /// <summary>What it does with a request.</summary>
    public Step Answer(ScriptedRequest request)
    {
        using var material = JsonDocument.Parse(request.Messages[1].Words);
        var named = material.RootElement.GetProperty("question").EnumerateArray().SelectMany(message => references(message.GetString()!)).Distinct();
        return material.RootElement.GetProperty("chunks").EnumerateArray().Select(Quote).FirstOrDefault(quote => quote.Words is not null) is { Words: { } words } found
            ? Send(new JsonArray(Sentence($"As for {string.Join(" and ", named)}: {words}", found.Chunk, words)), null)
            : Send([], "no_evidence");
    }

    /// <summary>A sentence with a quote that stands nowhere.</summary>
    public static Step Lie(ScriptedRequest request, string words)
    {
        using var material = JsonDocument.Parse(request.Messages[1].Words);
        var chunk = material.RootElement.GetProperty("chunks").EnumerateArray().Select(one => one.GetProperty("id").GetString()!).FirstOrDefault() ?? "none#0";
        return Send(new JsonArray(Sentence(words, chunk, words)), null);
    }

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

    /// <summary>The first line of enough words, cut to some of them.</summary>
    private static (string Chunk, string? Words) Quote(JsonElement chunk)
    {
        var line = chunk.GetProperty("text").GetString()!.Split('\n').Select(text => text.Trim().Split(' ')).FirstOrDefault(words => words.Length >= FewestWords);
        return (chunk.GetProperty("id").GetString()!, line is null ? null : string.Join(' ', line.Take(MostWords)));
    }
}
