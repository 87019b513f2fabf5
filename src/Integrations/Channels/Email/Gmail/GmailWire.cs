using System.Text.Json.Serialization;

namespace FteAgent.Channels.Email.Gmail;

// The parts that we read of Gmail API v1 and of Google's token endpoint. Source: developers.google.com/gmail/api/reference/rest, RFC 6749, section 5.1.

internal sealed record TokenAnswer([property: JsonPropertyName("access_token")] string? AccessToken, [property: JsonPropertyName("expires_in")] int ExpiresIn, string? Scope = null);

internal sealed record ProfileAnswer(string? EmailAddress, string? HistoryId);

internal sealed record HistoryAnswer(HistoryRecord[]? History, string? NextPageToken, string? HistoryId);

internal sealed record HistoryRecord(string? Id, AddedMessage[]? MessagesAdded);

internal sealed record AddedMessage(MessageAnswer? Message);

internal sealed record ListAnswer(MessageAnswer[]? Messages, string? NextPageToken);

internal sealed record DraftAnswer(string? Id, MessageAnswer? Message);

internal sealed record ThreadAnswer(MessageAnswer[]? Messages);

// Without raw: a mail is taken out of the answer as it lies there (GmailRaw).
internal sealed record MessageAnswer(
    string? Id, string? ThreadId, string[]? LabelIds, long? InternalDate, long? SizeEstimate, PayloadAnswer? Payload)
{
    /// <summary>When it was sent or received.</summary>
    public DateTimeOffset At => DateTimeOffset.FromUnixTimeMilliseconds(InternalDate ?? 0);

    /// <summary>A field of its header; null where there is none, or it was not asked for.</summary>
    public string? Header(string name) =>
        Payload?.Headers?.FirstOrDefault(header => string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase))?.Value;
}

internal sealed record PayloadAnswer(HeaderAnswer[]? Headers);

internal sealed record HeaderAnswer(string? Name, string? Value);

internal sealed record WatchAnswer(string? HistoryId, string? Expiration);
