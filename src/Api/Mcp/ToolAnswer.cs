using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace FteAgent.Api.Mcp;

/// <summary>What a tool answers: a value, or a sentence that says what was wrong and what to do.</summary>
/// <param name="Value">The value; null for a refusal.</param>
/// <param name="Fault">The sentence; null for a value.</param>
internal sealed record ToolAnswer(JsonElement? Value, string? Fault)
{
    /// <summary>A value.</summary>
    public static ToolAnswer Of<T>(T value) => new(JsonSerializer.SerializeToElement(value, Wire.Json), null);

    /// <summary>A refusal.</summary>
    public static ToolAnswer Refused(string sentence) => new(null, sentence);

    /// <summary>As the protocol tells it: as text for whoever reads, and as JSON for whoever looks up. A refusal is a result too, which a model sees and can mend.</summary>
    public CallToolResult ToResult() => Value is { } value
        ? new() { Content = [new TextContentBlock { Text = value.GetRawText() }], StructuredContent = value }
        : new() { Content = [new TextContentBlock { Text = Fault! }], IsError = true };
}
