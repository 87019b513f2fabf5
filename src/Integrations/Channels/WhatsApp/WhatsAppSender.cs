using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FteAgent.Conversations;
using FteAgent.Customers;
using Microsoft.Extensions.Logging;

namespace FteAgent.Channels.WhatsApp;

/// <summary>
/// Sends messages by WhatsApp through Twilio. Twilio takes no idempotency key, so before an item is sent a second time the messages that went
/// to the customer are looked through; what Twilio tells of it later comes to an address that bears the item's id.
/// </summary>
internal sealed partial class WhatsAppSender(
    TwilioApi twilio, WhatsAppOptions options, IOrigins origins, IIdentities identities, IDeliveries deliveries, TimeProvider time, ILogger<WhatsAppSender> logger) : IChannelSender
{
    /// <summary>How long after the customer's last message one may write to them freely. Source: WhatsApp Business Messaging Policy.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <summary>How far Twilio's clock may be behind ours.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private const string Prefix = "whatsapp:";

    /// <inheritdoc/>
    public string Destination => OutboundMessage.WhatsApp;

    /// <inheritdoc/>
    public async Task<SendResult> Send(OutboxItem item, CancellationToken cancellationToken)
    {
        if (JsonSerializer.Deserialize<OutboundMessage>(item.Payload, OutboundMessage.Json) is not { } message)
            return SendResult.Unsendable("the payload is not a message");
        if (await RouteOf(item.Customer, message, cancellationToken) is not { } route)
            return SendResult.Unsendable("no WhatsApp number of the customer is known");

        try
        {
            return await Send(item, message, route, cancellationToken);
        }
        catch (HttpRequestException failure)
        {
            LogUnreachable(logger, item.Id, failure.HttpRequestError);
            return new(SendOutcome.TryAgain, failure.HttpRequestError.ToString());
        }
    }

    private async Task<SendResult> Send(OutboxItem item, OutboundMessage message, Route route, CancellationToken cancellationToken)
    {
        var known = await deliveries.Find(item.Id, cancellationToken);
        if (known?.ProviderId is not null)
            return SendResult.Sent;
        var delivery = known ?? new Delivery(
            item.Id, item.Customer, message.Message, Channel.WhatsApp, route.Address, null, DeliveryStatus.Queued, null, time.GetUtcNow());
        if (known is not null || item.Attempts > 0)
        {
            var sent = await twilio.List(route.From, route.To, cancellationToken);
            if (sent.Value?.Messages is not { } messages)
                return new(SendOutcome.TryAgain, $"whether it was sent before is not known ({TwilioErrors.Of(sent.Status, sent.Code, null).Cause})", sent.RetryAfter);
            if (await SentBefore(item, message, messages, cancellationToken) is { } sid)
            {
                LogFound(logger, item.Id);
                await deliveries.Note(delivery with { ProviderId = sid }, cancellationToken);
                return SendResult.Sent;
            }
        }

        if (!route.IsOpen && options.TemplateSid is null)
            return SendResult.Unsendable(OutboundMessage.OutsideWindow);

        await deliveries.Note(delivery, cancellationToken);
        var answer = await twilio.Send(Form(item, message, route), cancellationToken);
        // WhatsApp's clock decides when the day is over, and not ours.
        if (!answer.IsDone && answer.Code is TwilioErrors.OutsideWindow && route.IsOpen && options.TemplateSid is not null)
            answer = await twilio.Send(Form(item, message, route with { IsOpen = false }), cancellationToken);
        if (!answer.IsDone)
            return TwilioErrors.Of(answer.Status, answer.Code, answer.RetryAfter);
        // Without an id it may be sent or not; the next attempt looks.
        if (answer.Value?.Sid is not { Length: > 0 } made)
            return new(SendOutcome.TryAgain, "Twilio's answer cannot be read");
        await deliveries.Note(delivery with { ProviderId = made }, cancellationToken);
        return SendResult.Sent;
    }

    private List<KeyValuePair<string, string>> Form(OutboxItem item, OutboundMessage message, Route route)
    {
        var form = new List<KeyValuePair<string, string>> { new("To", route.To), new("From", route.From) };
        if (route.IsOpen)
        {
            form.Add(new("Body", message.Text));
        }
        else
        {
            // WhatsApp takes neither lines nor rows of spaces in a template's variable.
            form.Add(new("ContentSid", options.TemplateSid!));
            form.Add(new("ContentVariables", JsonSerializer.Serialize(new Dictionary<string, string> { ["1"] = OneLine(message.Text) })));
        }

        form.Add(new("StatusCallback", $"{options.StatusCallback}?item={item.Id:N}"));
        return form;
    }

    /// <summary>The id at Twilio of this very message, if an earlier attempt got through. The same words may have been sent as another item.</summary>
    private async Task<string?> SentBefore(OutboxItem item, OutboundMessage message, IReadOnlyList<TwilioMessage> sent, CancellationToken cancellationToken)
    {
        var others = (await deliveries.List(item.Customer, 2 * TwilioApi.ListLimit, cancellationToken)).Select(delivery => delivery.ProviderId).ToHashSet();
        var words = OneLine(message.Text);
        return sent.LastOrDefault(one =>
            one is { Sid.Length: > 0, Body: { } body, Direction: { } direction }
            && direction.StartsWith("outbound", StringComparison.Ordinal)
            && !others.Contains(one.Sid)
            && DateTimeOffset.TryParse(one.DateCreated, CultureInfo.InvariantCulture, out var created) && created >= item.CreatedAt - Skew
            // A template has words of its own around ours.
            && (OneLine(body) == words || (options.TemplateSid is not null && OneLine(body).Contains(words, StringComparison.Ordinal))))?.Sid;
    }

    /// <summary>From which of our numbers to which of theirs, and whether they wrote lately enough.</summary>
    private async Task<Route?> RouteOf(CustomerId customer, OutboundMessage message, CancellationToken cancellationToken)
    {
        // A code goes to a number that is not the asker's yet, whose owner may have written lately: the day is theirs.
        var writer = message.Address is { } number ? (await identities.Home(IdentifierKind.Phone, number, cancellationToken))?.Customer ?? customer : customer;
        var latest = await origins.Latest(writer, Channel.WhatsApp, cancellationToken);
        var asked = message.ReplyTo is { } id && await origins.Find(id, cancellationToken) is { Channel: Channel.WhatsApp } origin ? origin : null;
        if ((message.Address ?? asked?.Address ?? latest?.Address) is not { } address)
            return null;
        var wrote = new[] { latest, asked }.Where(from => from?.Address == address).MaxBy(from => from!.ReceivedAt);
        // Whoever wrote to another number of ours is answered by that one: the day counts for it alone.
        var from = wrote?.Recipient is { } ours && ours.StartsWith(Prefix, StringComparison.Ordinal) ? ours : options.From;
        return new(address, from, wrote is not null && time.GetUtcNow() - wrote.ReceivedAt < Window);
    }

    private static string OneLine(string text) => Spaces().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    private sealed record Route(string Address, string From, bool IsOpen)
    {
        public string To => Address.StartsWith(Prefix, StringComparison.Ordinal) ? Address : Prefix + Address;
    }

    [LoggerMessage(1120, LogLevel.Warning, "Twilio could not be reached for {Item}: {Cause}.")]
    private static partial void LogUnreachable(ILogger logger, Guid item, HttpRequestError cause);

    [LoggerMessage(1121, LogLevel.Information, "{Item} was sent by WhatsApp before, though nobody had noted it; it is not sent again.")]
    private static partial void LogFound(ILogger logger, Guid item);
}
