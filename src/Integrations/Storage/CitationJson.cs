using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using FteAgent.Answering;

namespace FteAgent.Storage;

/// <summary>Citations as the record keeps them: they are read with their message and never searched, so one JSON column does.</summary>
internal static class CitationJson
{
    // The record is no page: quotes stay readable in it, and whoever shows them escapes them.
    private static readonly CitationContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string? Write(ImmutableArray<Citation> citations) =>
        citations.IsDefaultOrEmpty ? null : JsonSerializer.Serialize([.. citations], Context.CitationArray);

    public static ImmutableArray<Citation> Read(string? json) =>
        json is null ? [] : [.. JsonSerializer.Deserialize(json, Context.CitationArray) ?? []];
}

[JsonSerializable(typeof(Citation[]))]
internal sealed partial class CitationContext : JsonSerializerContext;
