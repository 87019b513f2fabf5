using System.Collections.Immutable;
using System.Text.Json;
using FteAgent.Answering;
using FteAgent.Api.Problems;

namespace FteAgent.Api.Mcp;

/// <summary>
/// Reads a tool's arguments by the schema that was told, and trusts nothing about them: a client may check it or not. Collects a sentence for each
/// fault, so that whoever wrote them can mend all at once. No sentence repeats a value.
/// </summary>
internal sealed class ToolArguments
{
    private readonly Checks check = new();
    private readonly IDictionary<string, JsonElement> given;

    /// <summary>Begins to read; a name that the tool does not know is a fault.</summary>
    public ToolArguments(IDictionary<string, JsonElement>? given, params ReadOnlySpan<string> known)
    {
        this.given = given ?? ImmutableDictionary<string, JsonElement>.Empty;
        var names = known.ToImmutableArray();
        if (this.given.Keys.Any(name => !names.Contains(name)))
            check.Fail("arguments", $"may only be {string.Join(", ", names)}.");
    }

    /// <summary>What is wrong, or null.</summary>
    public string? Fault => check.Passed ? null : string.Join(' ', check.Sentences);

    /// <summary>A text that must be there.</summary>
    public string Text(string name, int longest) => check.Text(name, Words(name, name, Value(name)), 1, longest);

    /// <summary>A text that may be left out.</summary>
    public string? Optional(string name, int longest) => Value(name) is { } value && check.Text(name, Words(name, name, value) ?? "", 0, longest) is { Length: > 0 } text ? text : null;

    /// <summary>A whole number that may be left out.</summary>
    public int Number(string name, int least, int most, int otherwise)
    {
        if (Value(name) is not { } value)
            return otherwise;
        if (value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most)
            return number;
        check.Fail(name, $"must be a whole number from {least} to {most}.");
        return otherwise;
    }

    /// <summary>One of an enumeration's names.</summary>
    public T OneOf<T>(string name, ImmutableArray<T> allowed)
        where T : struct, Enum
    {
        var word = Words(name, name, Value(name));
        foreach (var known in allowed)
            if (Wire.Name(known) == word)
                return known;
        check.Fail(name, $"must be one of {string.Join(", ", allowed.Select(known => Wire.Name(known)))}.");
        return default;
    }

    /// <summary>The caller's own id of the act, if it has one.</summary>
    public string? RequestId()
    {
        const string Name = "request_id";
        if (Value(Name) is not { } value)
            return null;
        if (Words(Name, Name, value) is { } id && IdempotencyKey.IsGood(id))
            return id;
        check.Fail(Name, $"must have {RequestLimits.KeyShortest} to {RequestLimits.KeyLongest} visible ASCII characters; use a random UUID.");
        return null;
    }

    /// <summary>Quotes that may be left out.</summary>
    public ImmutableArray<QuotedWords> Quotes(string name)
    {
        if (Value(name) is not { } value)
            return [];
        if (value.ValueKind is not JsonValueKind.Array || value.GetArrayLength() > IQuotedDrafts.MostQuotes)
        {
            check.Fail(name, $"must be a list of at most {IQuotedDrafts.MostQuotes} quotes.");
            return [];
        }

        return [.. value.EnumerateArray().Select((quote, place) => Quote($"{name}[{place}]", quote))];
    }

    private QuotedWords Quote(string path, JsonElement quote)
    {
        if (quote.ValueKind is not JsonValueKind.Object || quote.EnumerateObject().Any(field => field.Name is not ("chunk_id" or "quote")))
        {
            check.Fail(path, "must be an object of chunk_id and quote, and of nothing else.");
            return new("", "");
        }

        return new(Part("chunk_id", McpTools.ChunkId), Part("quote", McpTools.Quote));

        string Part(string field, int longest) =>
            check.Text($"{path}.{field}", Words($"{path}.{field}", field, quote.TryGetProperty(field, out var words) ? words : null), 1, longest);
    }

    // A null is as good as nothing: some clients send every field.
    private JsonElement? Value(string name) =>
        given.TryGetValue(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;

    private string? Words(string path, string field, JsonElement? value)
    {
        if (value is not { } given || given.ValueKind is JsonValueKind.Null)
            return null;
        if (given.ValueKind is JsonValueKind.String)
            return given.GetString();
        check.Fail(path, "must be a text.");
        // Something, so that it is not told as missing as well.
        return field;
    }
}
