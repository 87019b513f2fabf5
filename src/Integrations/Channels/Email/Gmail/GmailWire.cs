using System.Text.Json.Serialization;

namespace FteAgent.Channels.Email.Gmail;

// The parts that we read of Gmail API v1 and of Google's token endpoint. Source: developers.google.com/gmail/api/reference/rest, RFC 6749, section 5.1.

internal sealed record TokenAnswer([property: JsonPropertyName("access_token")] string? AccessToken, [property: JsonPropertyName("expires_in")] int ExpiresIn);

internal sealed record ProfileAnswer(string? EmailAddress, string? HistoryId);

internal sealed record HistoryAnswer(HistoryRecord[]? History, string? NextPageToken, string? HistoryId);

internal sealed record HistoryRecord(string? Id, AddedMessage[]? MessagesAdded);

internal sealed record AddedMessage(MessageAnswer? Message);

internal sealed record ListAnswer(MessageAnswer[]? Messages, string? NextPageToken);

internal sealed record MessageAnswer(string? Id, string? ThreadId, string[]? LabelIds, string? Raw);

internal sealed record WatchAnswer(string? HistoryId, string? Expiration);
