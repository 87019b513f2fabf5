using System.Text;
using System.Text.Json;
using Confluent.Kafka;

namespace FteAgent.Kafka;

/// <summary>
/// What CloudEvents 1.0 says of a record, and the record's data. Source: CloudEvents, "Kafka Protocol Binding", version 1.0.2: attributes in
/// headers <c>ce_…</c> and the data as the value (binary), or all of it in one JSON object (structured).
/// </summary>
/// <param name="Id">The event's id; null where the producer gave none.</param>
/// <param name="Source">Who made it.</param>
/// <param name="Type">What kind it is.</param>
/// <param name="Time">When it happened.</param>
/// <param name="Place">Where it belongs in a trace (the extension <c>traceparent</c>).</param>
/// <param name="Data">The data: JSON in UTF-8.</param>
internal sealed record CloudEvent(string? Id, string? Source, string? Type, DateTimeOffset? Time, string? Place, ReadOnlyMemory<byte> Data)
{
    /// <summary>What we put in as the source.</summary>
    public const string OurSource = "/fteagent";

    private const string Version = "1.0";
    private const string ContentType = "content-type";
    private const string Json = "application/json";
    private const string Structured = "application/cloudevents+json";
    private const string Prefix = "ce_";
    private const int AttributeLimit = 1_000;

    /// <summary>The headers of a record in binary mode.</summary>
    public Headers ToHeaders()
    {
        var headers = new Headers();
        Add($"{Prefix}specversion", Version);
        Add($"{Prefix}id", Id);
        Add($"{Prefix}source", Source);
        Add($"{Prefix}type", Type);
        Add($"{Prefix}time", Time?.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        Add($"{Prefix}traceparent", Place);
        Add(ContentType, Json);
        return headers;

        void Add(string name, string? value)
        {
            if (value is not null)
                headers.Add(name, Encoding.UTF8.GetBytes(value));
        }
    }

    /// <summary>Reads a record in either mode. One without any of these headers is taken for plain data.</summary>
    /// <exception cref="UnreadableRecordException">It is neither.</exception>
    public static CloudEvent Read(Headers? headers, byte[]? value)
    {
        var data = value is { Length: > 0 } ? value : throw new UnreadableRecordException("the record is empty");
        var type = Text(headers, ContentType);
        if (type?.StartsWith(Structured, StringComparison.OrdinalIgnoreCase) is true)
            return ReadStructured(data);
        if (type is not null && !type.StartsWith(Json, StringComparison.OrdinalIgnoreCase))
            throw new UnreadableRecordException($"its content-type must be {Json} or {Structured}");
        Check(Text(headers, $"{Prefix}specversion"));
        return new(
            Text(headers, $"{Prefix}id"), Text(headers, $"{Prefix}source"), Text(headers, $"{Prefix}type"),
            Moment(Text(headers, $"{Prefix}time")), Text(headers, $"{Prefix}traceparent"), data);
    }

    private static CloudEvent ReadStructured(byte[] value)
    {
        try
        {
            using var document = JsonDocument.Parse(value, new JsonDocumentOptions { MaxDepth = InboundEvent.DepthLimit });
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty("data", out var data))
                throw new UnreadableRecordException("it is no CloudEvent with data");
            Check(Field("specversion") ?? throw new UnreadableRecordException("its specversion is missing"));
            return new(
                Field("id"), Field("source"), Field("type"), Moment(Field("time")), Field("traceparent"), Encoding.UTF8.GetBytes(data.GetRawText()));

            string? Field(string name) => root.TryGetProperty(name, out var field) && field.ValueKind is JsonValueKind.String ? field.GetString() : null;
        }
        catch (JsonException json)
        {
            throw new UnreadableRecordException(InboundEvent.Sentence(json));
        }
    }

    private static void Check(string? version)
    {
        if (version?.StartsWith("1.", StringComparison.Ordinal) is false)
            throw new UnreadableRecordException($"its specversion must be {Version}");
    }

    private static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;

    /// <summary>A header's text; the last one counts where there are several. What is too long or no UTF-8 is none.</summary>
    public static string? Text(Headers? headers, string name)
    {
        if (headers is null || !headers.TryGetLastBytes(name, out var bytes) || bytes is null or { Length: 0 or > AttributeLimit })
            return null;
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}

/// <summary>A record that no repetition makes readable. Its message says why, without a word of the record's own.</summary>
internal sealed class UnreadableRecordException(string why) : Exception(why);
