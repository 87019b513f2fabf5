using System.Text.Json;
using System.Text.RegularExpressions;

namespace FteAgent.Testing.OpenAI;

/// <summary>
/// What a request for an answer must be. Stricter than the real endpoint: what it would overlook, or would do differently from how we mean it,
/// is refused. Source: OpenAI API reference, "Create chat completion".
/// </summary>
internal static partial class ChatRules
{
    private static readonly HashSet<string> Fields =
    [
        "model", "messages", "tools", "tool_choice", "parallel_tool_calls", "stream", "stream_options", "store", "max_completion_tokens", "max_tokens", "response_format",
        "temperature",
    ];

    /// <summary>What is wrong with it; null when nothing is.</summary>
    /// <param name="body">The request.</param>
    /// <param name="unknown">Optional fields that the endpoint does not know, and that are not there; the others must be as we mean them.</param>
    public static string? Fault(JsonElement body, IReadOnlySet<string> unknown)
    {
        if (body.EnumerateObject().FirstOrDefault(each => !Fields.Contains(each.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } strange)
            return $"{strange.Name} is no field that we send";
        if (!unknown.Contains("store") && (!Has(body, "store", out var store) || store.ValueKind is not JsonValueKind.False))
            return "store must be false";
        return Bound(body, unknown) ?? Stream(body, unknown) ?? Messages(body) ?? Tools(body, unknown) ?? Format(body, unknown);
    }

    /// <summary>Whether a request has one of the optional fields, wherever it belongs.</summary>
    public static bool Sends(JsonElement body, string field) => field is not "strict"
        ? Has(body, field, out _)
        : (Has(body, "tools", out var tools) && tools.EnumerateArray().Any(tool => Has(tool.GetProperty("function"), field, out _)))
            || (Has(body, "response_format", out var format) && Has(format.GetProperty("json_schema"), field, out _));

    private static string? Bound(JsonElement body, IReadOnlySet<string> unknown)
    {
        var (name, other) = unknown.Contains("max_completion_tokens") ? ("max_tokens", "max_completion_tokens") : ("max_completion_tokens", "max_tokens");
        if (Has(body, other, out _))
            return $"{other} is the wrong name of the bound here";
        return unknown.Contains(name) || (Has(body, name, out var most) && most.ValueKind is JsonValueKind.Number && most.GetInt32() > 0)
            ? null
            : $"{name} must be there: an answer has an end";
    }

    private static string? Stream(JsonElement body, IReadOnlySet<string> unknown)
    {
        if (unknown.Contains("stream_options"))
            return null;
        var streams = Has(body, "stream", out var stream) && stream.ValueKind is JsonValueKind.True;
        var tells = Has(body, "stream_options", out var options) && options.TryGetProperty("include_usage", out var use) && use.ValueKind is JsonValueKind.True;
        return streams == tells ? null : streams ? "a stream must include_usage, else nobody knows what it cost" : "stream_options without a stream";
    }

    private static string? Messages(JsonElement body)
    {
        if (!Has(body, "messages", out var messages) || messages.ValueKind is not JsonValueKind.Array || messages.GetArrayLength() < 2)
            return "an instruction and something to work on must be there";
        HashSet<string> open = [];
        var place = 0;
        foreach (var message in messages.EnumerateArray())
        {
            var role = message.GetProperty("role").GetString();
            if ((place++ == 0) != role is "system" or "developer")
                return "the instruction stands first and nowhere else";
            if (open.Count > 0 && role != "tool")
                return "a call was not answered";
            var fault = role switch
            {
                "system" or "user" => string.IsNullOrWhiteSpace(ScriptedRequest.Words(message)) ? "a message is empty" : null,
                "assistant" => Called(message, open),
                "tool" => open.Remove(message.GetProperty("tool_call_id").GetString()!) ? null : "a result is of no call",
                _ => $"{role} is no role that we use",
            };
            if (fault is not null)
                return fault;
        }

        return open.Count > 0 ? "a call was not answered" : null;
    }

    private static string? Called(JsonElement message, HashSet<string> open)
    {
        if (!Has(message, "tool_calls", out var calls) || calls.ValueKind is not JsonValueKind.Array || calls.GetArrayLength() == 0)
            return "the assistant's own words are never sent back";
        foreach (var call in calls.EnumerateArray())
            if (call.GetProperty("type").GetString() != "function" || !open.Add(call.GetProperty("id").GetString()!)
                || call.GetProperty("function").GetProperty("arguments").ValueKind is not JsonValueKind.String)
                return "a call is not as it was made";
        return null;
    }

    private static string? Tools(JsonElement body, IReadOnlySet<string> unknown)
    {
        var chosen = Has(body, "tool_choice", out var choice);
        if (!Has(body, "tools", out var tools))
            return chosen || Has(body, "parallel_tool_calls", out _) ? "a choice of tools without tools" : null;
        HashSet<string> names = [];
        foreach (var tool in tools.EnumerateArray())
        {
            var function = tool.GetProperty("function");
            var name = function.GetProperty("name").GetString()!;
            if (tool.GetProperty("type").GetString() != "function" || !Name().IsMatch(name) || !names.Add(name))
                return $"{name} is no name of a tool, or there twice";
            if (!Has(function, "description", out var description) || string.IsNullOrWhiteSpace(description.GetString()))
                return $"{name} has no description";
            if (!unknown.Contains("strict") && (!Has(function, "strict", out var strict) || strict.ValueKind is not JsonValueKind.True))
                return $"{name} is not strict";
            if (StrictSchema.Fault(function.GetProperty("parameters")) is { } fault)
                return $"{name}: {fault}";
        }

        if (!unknown.Contains("parallel_tool_calls") && (!Has(body, "parallel_tool_calls", out var parallel) || parallel.ValueKind is not JsonValueKind.False))
            return "strict tools are called one at a time: parallel_tool_calls must be false";
        if (unknown.Contains("tool_choice"))
            return null;
        if (!chosen)
            return "tool_choice must be there: an answer in plain words is none";
        return choice.ValueKind switch
        {
            JsonValueKind.String when choice.GetString() == "required" => null,
            JsonValueKind.Object when names.Contains(choice.GetProperty("function").GetProperty("name").GetString()!) => null,
            _ => "tool_choice must be required, or one of the tools",
        };
    }

    private static string? Format(JsonElement body, IReadOnlySet<string> unknown)
    {
        if (!Has(body, "response_format", out var format))
            return null;
        if (format.GetProperty("type").GetString() != "json_schema")
            return "a form is given by a schema";
        var schema = format.GetProperty("json_schema");
        return !Name().IsMatch(schema.GetProperty("name").GetString()!)
            || (!unknown.Contains("strict") && (!Has(schema, "strict", out var strict) || strict.ValueKind is not JsonValueKind.True))
            ? "a form has a name and is strict"
            : StrictSchema.Fault(schema.GetProperty("schema"));
    }

    private static bool Has(JsonElement element, string name, out JsonElement value) => element.TryGetProperty(name, out value) && value.ValueKind is not JsonValueKind.Null;

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$")]
    private static partial Regex Name();
}
