using System.Text.Json;

namespace FteAgent.Testing.OpenAI;

/// <summary>
/// What a schema must be for strict mode, and somewhat less than the real endpoint takes, so that what passes here passes there and at others.
/// Source: OpenAI docs, "Structured outputs", "Supported schemas".
/// </summary>
internal static class StrictSchema
{
    private const int Deepest = 10;
    private const int MostWords = 500;

    private static readonly HashSet<string> Keywords = ["type", "description", "properties", "required", "additionalProperties", "items", "enum"];
    private static readonly HashSet<string> Types = ["object", "array", "string", "number", "integer", "boolean", "null"];

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public static string? Fault(JsonElement schema) =>
        schema.ValueKind is not JsonValueKind.Object || !schema.TryGetProperty("type", out var type) || type.ValueKind is not JsonValueKind.String || type.GetString() != "object"
            ? "the root must be an object"
            : Fault(schema, "$", 1);

    private static string? Fault(JsonElement schema, string path, int depth)
    {
        if (depth > Deepest)
            return $"{path} is nested too deeply";
        if (schema.ValueKind is not JsonValueKind.Object)
            return $"{path} is no schema";
        if (schema.EnumerateObject().FirstOrDefault(each => !Keywords.Contains(each.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } unknown)
            return $"{path} uses {unknown.Name}";
        if (!schema.TryGetProperty("type", out var given) || Read(given) is not { } types)
            return $"{path} has no type, or one that is none";
        if (schema.TryGetProperty("description", out var description) && description.ValueKind is not JsonValueKind.String)
            return $"{path} has a description that is no text";
        if (schema.TryGetProperty("enum", out var words) && Words(words, types, path) is { } wrong)
            return wrong;
        return types.Contains("object") ? Object(schema, path, depth)
            : schema.TryGetProperty("properties", out _) || schema.TryGetProperty("required", out _) ? $"{path} has properties and is no object"
            : types.Contains("array") ? Array(schema, path, depth)
            : schema.TryGetProperty("items", out _) ? $"{path} has items and is no array" : null;
    }

    private static string? Object(JsonElement schema, string path, int depth)
    {
        if (!schema.TryGetProperty("properties", out var properties) || properties.ValueKind is not JsonValueKind.Object)
            return $"{path} has no properties";
        if (!schema.TryGetProperty("additionalProperties", out var more) || more.ValueKind is not JsonValueKind.False)
            return $"{path} must have additionalProperties: false";
        if (!schema.TryGetProperty("required", out var required) || required.ValueKind is not JsonValueKind.Array
            || !required.EnumerateArray().Select(name => name.GetString()).Order().SequenceEqual(properties.EnumerateObject().Select(each => (string?)each.Name).Order()))
            return $"{path} must require each of its properties";
        return properties.EnumerateObject().Select(each => Fault(each.Value, $"{path}.{each.Name}", depth + 1)).FirstOrDefault(fault => fault is not null);
    }

    private static string? Array(JsonElement schema, string path, int depth) =>
        schema.TryGetProperty("items", out var items) ? Fault(items, $"{path}[]", depth + 1) : $"{path} has no items";

    private static string? Words(JsonElement words, HashSet<string> types, string path)
    {
        if (words.ValueKind is not JsonValueKind.Array || words.GetArrayLength() is 0 or > MostWords)
            return $"{path} has an enum that is no list of words";
        var given = words.EnumerateArray().Select(word => word.GetRawText()).ToList();
        if (given.Distinct().Count() != given.Count)
            return $"{path} has a word twice";
        return words.EnumerateArray().All(word => types.Contains(word.ValueKind is JsonValueKind.Null ? "null" : word.ValueKind is JsonValueKind.String ? "string" : "other"))
            ? null
            : $"{path} has a word that is not of its type";
    }

    private static HashSet<string>? Read(JsonElement type)
    {
        HashSet<string> types = type.ValueKind switch
        {
            JsonValueKind.String => [type.GetString()!],
            JsonValueKind.Array => [.. type.EnumerateArray().Select(each => each.ValueKind is JsonValueKind.String ? each.GetString()! : "")],
            _ => [],
        };
        // Of two types one is null: that is how a field is left out.
        return types.IsSubsetOf(Types) && (types.Count == 1 || (types.Count == 2 && types.Contains("null"))) ? types : null;
    }
}
