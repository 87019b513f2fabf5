using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using FteAgent.Channels;

namespace FteAgent.Api.Webhooks;

/// <summary>Postmark's inbound JSON, as far as it is read, but for the mail itself (<see cref="PostmarkBody"/>). Source: postmarkapp.com/developer/webhooks/inbound-webhook.</summary>
/// <param name="MessageID">Postmark's own id of the mail.</param>
/// <param name="FromFull">Who wrote it.</param>
/// <param name="To">To whom, as it stands in the mail.</param>
/// <param name="OriginalRecipient">To whom it was delivered.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Date">When it was written.</param>
/// <param name="TextBody">The plain text.</param>
/// <param name="HtmlBody">The HTML text.</param>
/// <param name="Headers">The header fields that have no place of their own here, topmost first.</param>
/// <param name="Attachments">What is attached.</param>
internal sealed record PostmarkMail(
    string? MessageID, PostmarkAddress? FromFull, string? To, string? OriginalRecipient, string? Subject, string? Date, string? TextBody, string? HtmlBody,
    PostmarkHeader?[]? Headers, PostmarkAttachment?[]? Attachments)
{
    /// <summary>The mail in parts.</summary>
    public MailFields ToFields()
    {
        var headers = (Headers ?? []).Where(header => header is { Name.Length: > 0, Value: not null })
            .Select(header => KeyValuePair.Create(header!.Name!, header.Value!)).ToImmutableArray();
        if (Date is { Length: > 0 } date && !headers.Any(header => string.Equals(header.Key, "Date", StringComparison.OrdinalIgnoreCase)))
            headers = headers.Add(new("Date", date));
        return new(
            MessageID, FromFull?.Email, FromFull?.Name, To is { Length: > 0 } ? To : OriginalRecipient, Subject, TextBody, HtmlBody, headers,
            [.. (Attachments ?? []).OfType<PostmarkAttachment>().Select(attachment => attachment.ToFile())]);
    }
}

/// <summary>An address.</summary>
internal sealed record PostmarkAddress(string? Email, string? Name);

/// <summary>A header field.</summary>
internal sealed record PostmarkHeader(string? Name, string? Value);

/// <summary>A file, in base64.</summary>
internal sealed record PostmarkAttachment(string? Name, [property: JsonConverter(typeof(PostmarkContent))] byte[]? Content, string? ContentType, long ContentLength)
{
    public InboundFile ToFile() => new(
        AttachmentKind.File, Name ?? "", ContentType ?? "application/octet-stream", Content?.Length ?? Math.Max(0, ContentLength),
        Content is null ? (ReadOnlyMemory<byte>?)null : Content);
}

/// <summary>Reads base64 where it stands. What is none costs the file and not the mail.</summary>
internal sealed class PostmarkContent : JsonConverter<byte[]>
{
    public override byte[]? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType is JsonTokenType.String
        ? reader.TryGetBytesFromBase64(out var content) ? content : null
        : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) => writer.WriteBase64StringValue(value);
}
