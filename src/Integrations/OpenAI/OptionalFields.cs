using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace FteAgent.OpenAI;

/// <summary>
/// The fields of a request that can be left out, by their names on the wire: endpoints that only resemble OpenAI's refuse some of them, since they do
/// not know them. A deployment names those in <c>Model__Omit</c>.
/// </summary>
public static partial class OptionalFields
{
    /// <summary>Asks the endpoint to keep nothing.</summary>
    public const string Store = "store";

    /// <summary>Asks for one call at a time.</summary>
    public const string ParallelToolCalls = "parallel_tool_calls";

    /// <summary>Demands a call, so that nothing is answered in plain words.</summary>
    public const string ToolChoice = "tool_choice";

    /// <summary>Demands that a call, or an answer by a form, follows its schema. What does not is asked for again anyway.</summary>
    public const string Strict = "strict";

    /// <summary>Asks a stream to tell what it used; without it that is guessed.</summary>
    public const string StreamOptions = "stream_options";

    /// <summary>Bounds an answer. Left out, the bound goes under its older name.</summary>
    public const string MaxCompletionTokens = "max_completion_tokens";

    /// <summary>The older name of the bound, which is only sent in the other's place.</summary>
    public const string MaxTokens = "max_tokens";

    /// <summary>How much of an endpoint's words is looked at: a field that it names stands at their beginning.</summary>
    private const int LongestMessage = 1_000;

    /// <summary>All of them.</summary>
    public static ImmutableArray<string> All { get; } = [Store, ParallelToolCalls, ToolChoice, Strict, StreamOptions, MaxCompletionTokens, MaxTokens];

    /// <summary>
    /// Which of them an endpoint's error says that it does not take; null where it names none. Only our own name of the field is returned: what else
    /// stands there may repeat the customer's words. The forms are those of OpenAI and Azure (<c>error.param</c>, "Unrecognized request argument
    /// supplied: store"), Groq ("property 'store' is unsupported"), and servers that are written with FastAPI (<c>detail[].loc</c>, also as text).
    /// </summary>
    internal static string? NamedIn(JsonElement body)
    {
        if (Value(body, "detail") is { ValueKind: JsonValueKind.Array } details)
            return details.EnumerateArray().Select(static detail => Value(detail, "loc") is { ValueKind: JsonValueKind.Array } place ? Last(place) : null).FirstOrDefault(field => field is not null);
        // Some tell the error by itself, and some within a field of that name.
        var error = Value(body, "error") is { ValueKind: JsonValueKind.Object } inner ? inner : body;
        return Known(Text(error, "param")?.Split('.', '[', ']').LastOrDefault(part => part.Length > 0)) ?? Quoted(Text(error, "message") ?? Text(body, "error"));
    }

    private static string? Quoted(string? message)
    {
        if (message is null)
            return null;
        foreach (Match match in Name().Matches(message[..Math.Min(message.Length, LongestMessage)]))
            if (Known(match.Groups["name"].Value) is { } field)
                return field;
        return null;
    }

    private static string? Last(JsonElement place) =>
        Known(place.EnumerateArray().LastOrDefault() is { ValueKind: JsonValueKind.String } last ? last.GetString() : null);

    private static string? Known(string? name) => All.FirstOrDefault(field => field == name);

    private static string? Text(JsonElement element, string name) => Value(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static JsonElement? Value(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    // In quotes of any kind, or behind a colon: "store" bare is a word that anybody may write.
    [GeneratedRegex("""(?:["'`‘“]|: )(?<name>[a-z_]+)(?:["'`’”]|$|[\s.,])""", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
