using System.Text.Json;

namespace FteAgent.Testing.OpenAI;

/// <summary>A request as it came to the endpoint.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Body">Its body.</param>
internal sealed record ScriptedRequest(string Path, JsonElement Body)
{
    /// <summary>The body as it came.</summary>
    public string Text => Body.GetRawText();

    /// <summary>Which model is asked.</summary>
    public string Model => Body.GetProperty("model").GetString()!;

    /// <summary>Whether a stream is asked for.</summary>
    public bool Streams => Body.TryGetProperty("stream", out var stream) && stream.GetBoolean();

    /// <summary>What was said, as role and words; a call has the words of its arguments.</summary>
    public IReadOnlyList<(string Role, string Words)> Messages =>
        [.. Body.GetProperty("messages").EnumerateArray().Select(message => (message.GetProperty("role").GetString()!, Words(message)))];

    /// <summary>The tools' names.</summary>
    public IReadOnlyList<string> Tools => Body.TryGetProperty("tools", out var tools)
        ? [.. tools.EnumerateArray().Select(tool => tool.GetProperty("function").GetProperty("name").GetString()!)]
        : [];

    internal static string Words(JsonElement message)
    {
        if (message.TryGetProperty("tool_calls", out var calls) && calls.ValueKind is JsonValueKind.Array)
            return string.Join('\n', calls.EnumerateArray().Select(call => call.GetProperty("function").GetProperty("arguments").GetString()));
        return message.GetProperty("content") switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString()!,
            { ValueKind: JsonValueKind.Array } parts => string.Concat(parts.EnumerateArray().Select(part => part.GetProperty("text").GetString())),
            _ => "",
        };
    }
}
