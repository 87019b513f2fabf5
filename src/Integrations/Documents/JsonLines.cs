using System.Globalization;
using System.Text;
using System.Text.Json;
using FteAgent.Knowledge;

namespace FteAgent.Documents;

/// <summary>One document a line: {id, title, text, url?, category?, changed_at?}. Other fields are passed over.</summary>
internal static class JsonLines
{
    /// <summary>The longest line.</summary>
    public const int MaxLineLength = 10_000_000;

    private const int MaxIdLength = 500;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32 };

    public static IEnumerable<Document> Read(string path, string name, DateTimeOffset importedAt)
    {
        using var reader = new StreamReader(path, Encoding.UTF8);
        for (var number = 1; ReadLine(reader, name, number) is { } line; number++)
            if (!string.IsNullOrWhiteSpace(line)) yield return Parse(line, $"{name}, line {number}", importedAt);
    }

    // ReadLine would first gather a line of any length.
    private static string? ReadLine(StreamReader reader, string name, int number)
    {
        var line = new StringBuilder();
        int c;
        while ((c = reader.Read()) >= 0 && c != '\n')
        {
            if (line.Length == MaxLineLength) throw new DocumentException($"{name}, line {number}: longer than {MaxLineLength} characters.");
            line.Append((char)c);
        }

        return c < 0 && line.Length == 0 ? null : line.ToString();
    }

    private static Document Parse(string line, string where, DateTimeOffset importedAt)
    {
        try
        {
            using var json = JsonDocument.Parse(line, Strict);
            if (json.RootElement.ValueKind != JsonValueKind.Object) throw new DocumentException($"{where}: expected one JSON object.");
            return ToDocument(json.RootElement, where, importedAt);
        }
        catch (JsonException)
        {
            throw new DocumentException($"{where}: not valid JSON.");
        }
        catch (InvalidOperationException)
        {
            // A string with half a surrogate pair parses but cannot be read.
            throw new DocumentException($"{where}: holds text that is not valid Unicode.");
        }
    }

    private static Document ToDocument(JsonElement line, string where, DateTimeOffset importedAt)
    {
        var id = Text(line, "id", where) ?? throw new DocumentException($"{where}: id is missing.");
        if (id.Length > MaxIdLength) throw new DocumentException($"{where}: id is longer than {MaxIdLength} characters.");
        var text = Text(line, "text", where) ?? throw new DocumentException($"{where}: text is missing.");
        return new Document(
            id,
            DocumentText.Title(Text(line, "title", where)) ?? id,
            text,
            ChangedAt(Text(line, "changed_at", where), where) ?? importedAt,
            Text(line, "category", where),
            Address(Text(line, "url", where), where));
    }

    private static string? Text(JsonElement line, string field, string where)
    {
        if (!line.TryGetProperty(field, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind != JsonValueKind.String) throw new DocumentException($"{where}: {field} is not text.");
        var text = DocumentText.Clean(value.GetString()!);
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    private static DateTimeOffset? ChangedAt(string? value, string where)
    {
        if (value is null) return null;
        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at
            : throw new DocumentException($"{where}: changed_at is not a date.");
    }

    // The address becomes a link that customers click: nothing but the web goes in.
    private static string? Address(string? value, string where)
    {
        if (value is null) return null;
        return Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri.AbsoluteUri
            : throw new DocumentException($"{where}: url is not a web address.");
    }
}
