using System.Buffers.Text;
using System.Collections.Immutable;
using FteAgent.Channels;

namespace FteAgent.Api.Webhooks;

/// <summary>Postmark's inbound JSON, as far as it is read. Source: postmarkapp.com/developer/webhooks/inbound-webhook.</summary>
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
/// <param name="RawEmail">The mail itself, where Postmark is told to include it.</param>
internal sealed record PostmarkMail(
    string? MessageID, PostmarkAddress? FromFull, string? To, string? OriginalRecipient, string? Subject, string? Date, string? TextBody, string? HtmlBody,
    PostmarkHeader?[]? Headers, PostmarkAttachment?[]? Attachments, string? RawEmail)
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
internal sealed record PostmarkAttachment(string? Name, string? Content, string? ContentType, long ContentLength)
{
    public InboundFile ToFile()
    {
        var content = Content is { } text && Base64.IsValid(text) ? Convert.FromBase64String(text) : null;
        return new(AttachmentKind.File, Name ?? "", ContentType ?? "application/octet-stream", content?.Length ?? Math.Max(0, ContentLength), content is null ? (ReadOnlyMemory<byte>?)null : content);
    }
}
