using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FteAgent.Conversations;
using FteAgent.Texts;
using Microsoft.Extensions.Logging;

namespace FteAgent.Escalations;

/// <summary>
/// Tells one address of each escalation, in the form that Slack's incoming webhooks take (<c>text</c> and <c>blocks</c>, which
/// Mattermost, Rocket.Chat and others read too). The <c>Idempotency-Key</c> header bears the outbox item's id.
/// Source: Slack API, "Sending messages using incoming webhooks".
/// </summary>
internal sealed partial class EscalationUrlSender(HttpClient http, EscalationUrlOptions options, ILogger<EscalationUrlSender> logger) : IChannelSender
{
    /// <summary>The longest text that one Slack section block may have.</summary>
    private const int BlockTextLimit = 3_000;

    /// <inheritdoc/>
    public string Destination => EscalationNotice.Destination;

    /// <inheritdoc/>
    public async Task<SendResult> Send(OutboxItem item, CancellationToken cancellationToken)
    {
        if (JsonSerializer.Deserialize<EscalationNotice>(item.Payload, EscalationNotice.Json) is not { } notice)
            return SendResult.Unsendable("the payload is not an escalation");

        using var request = new HttpRequestMessage(HttpMethod.Post, options.Url);
        request.Headers.Add("Idempotency-Key", item.Id.ToString());
        request.Content = JsonContent.Create(Body(notice));
        // With a length: some receivers take no chunks.
        await request.Content.LoadIntoBufferAsync(cancellationToken);
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return Read(response);
        }
        catch (HttpRequestException failure)
        {
            LogUnreachable(logger, item.Id, failure.HttpRequestError);
            return new(SendOutcome.TryAgain, failure.HttpRequestError.ToString());
        }
    }

    private static SendResult Read(HttpResponseMessage response)
    {
        var cause = string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)response.StatusCode}");
        return response.StatusCode switch
        {
            _ when response.IsSuccessStatusCode => SendResult.Sent,
            HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError =>
                new(SendOutcome.TryAgain, cause, response.Headers.RetryAfter?.Delta),
            _ => new(SendOutcome.Refused, cause),
        };
    }

    private object Body(EscalationNotice notice)
    {
        var link = options.PublicUrl is { } site ? new Uri(site, $"/console/?conversation={notice.ConversationId}").ToString() : null;
        var again = notice.Reminders > 0 ? " (nobody has taken it yet)" : "";
        var headline = $"A customer needs a person{again}: {Name(notice.Reason)}, {Name(notice.Urgency)}, for {notice.Route}";
        var where = $"\nTicket {notice.TicketId}{(link is null ? "" : $"\n<{link}|Open the conversation>")}";
        var body = Cut($"*{Escape(headline)}*\n{Escape(notice.Subject)}\n{Escape(notice.Summary)}", BlockTextLimit - where.Length) + where;
        return new
        {
            text = $"{Escape(headline)}: {Escape(notice.Subject)}",
            blocks = new[] { new { type = "section", text = new { type = "mrkdwn", text = body } } },
        };
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()).Replace('_', ' ');

    /// <summary>The three characters that Slack's markup asks to escape, so that a customer's words cannot make links or mentions.</summary>
    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>An escaped text's beginning, without half of an escaped character.</summary>
    private static string Cut(string text, int longest)
    {
        var cut = SafeCut.At(text, longest);
        return cut.LastIndexOf('&') is >= 0 and var last && cut.Length < text.Length && !cut.AsSpan(last).Contains(';') ? cut[..last] : cut;
    }

    [LoggerMessage(1110, LogLevel.Warning, "The escalation URL could not be reached for {Item}: {Cause}.")]
    private static partial void LogUnreachable(ILogger logger, Guid item, HttpRequestError cause);
}
