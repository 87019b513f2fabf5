using System.Buffers.Text;
using System.Text.Json;

namespace FteAgent.Api.Webhooks;

/// <summary>What Pub/Sub posts. Source: cloud.google.com/pubsub/docs/push; developers.google.com/gmail/api/guides/push.</summary>
/// <param name="Message">The envelope's content.</param>
internal sealed record MailboxPush(PushedMessage? Message)
{
    /// <summary>What Gmail says; null when it says nothing that can be read.</summary>
    public MailboxNotice? Read()
    {
        if (Message?.Data is not { } data || !Base64.IsValid(data))
            return null;
        try
        {
            return JsonSerializer.Deserialize<MailboxNotice>(Convert.FromBase64String(data), WebhookJson.Options) is { EmailAddress.Length: > 0, HistoryId: >= 0 } notice ? notice : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A message of the topic.</summary>
/// <param name="Data">What it holds, in base64.</param>
internal sealed record PushedMessage(string? Data);

/// <summary>Something happened in a mailbox.</summary>
/// <param name="EmailAddress">In which.</param>
/// <param name="HistoryId">Where its history stood then.</param>
internal sealed record MailboxNotice(string? EmailAddress, long HistoryId);
