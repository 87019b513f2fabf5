using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Channels.Email;

/// <summary>
/// Mails answers on our own pages that nobody has seen in time, all of them together, with a link that opens the conversation. Who has seen
/// them, or gave no address, gets none.
/// </summary>
internal sealed class UnseenSender(
    MailPost post, ISeenMarks seen, IDeliveries deliveries, ICustomerDirectory customers, IIdentities identities, IConversationStore conversations,
    IConversationTokens tokens, MailOptions options, TimeProvider time) : IChannelSender
{
    /// <summary>So many answers are mailed together at most; the page shows them all.</summary>
    private const int Together = 20;

    /// <summary>So many earlier mails are looked at.</summary>
    private const int Earlier = 50;

    /// <summary>
    /// So many are mailed in a day to an address that its owner never proved, whoever asked: it may be a stranger's. When silos send at the very same
    /// moment it may be one more.
    /// </summary>
    private const int UnaskedADay = 3;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public string Destination => OutboundMessage.Unseen;

    /// <inheritdoc/>
    public string Provider => OutboundMessage.Email;

    /// <inheritdoc/>
    public async Task<SendResult> Send(OutboxItem item, CancellationToken cancellationToken)
    {
        if (JsonSerializer.Deserialize<OutboundMessage>(item.Payload, OutboundMessage.Json) is not { } outbound)
            return SendResult.Unsendable("the payload is no message");
        if (await seen.Find(item.Customer, cancellationToken).ConfigureAwait(false) >= outbound.Sequence)
            return SendResult.NothingToSend;
        if (await customers.Find(item.Customer, cancellationToken).ConfigureAwait(false) is not { Email: { } address } customer)
            return SendResult.NothingToSend;
        // What somebody typed may be a stranger's address. It hears of this conversation, and of none that this customer is one with.
        var isProved = customer.Identifiers.Any(known => known is { Kind: IdentifierKind.Email, Proved: true } && known.Value == address);
        var conversation = await conversations.Load(item.Customer, cancellationToken).ConfigureAwait(false);
        // What was said before they were one stands on the page. What is said afterwards does not, until an address is proved.
        if (!isProved && conversation.MergedInto is not null)
            return SendResult.NothingToSend;
        // Nor is it shown to anybody when they are parted. What was said since then has items of its own.
        if ((!isProved && conversation.HasEarlier) || conversation.IsHidden(outbound.Sequence))
            return SendResult.Unsendable(OutboundMessage.NotShown);

        var said = (await conversations.Read(item.Customer, outbound.Sequence - 1, 1_000, includeNotes: false, cancellationToken).ConfigureAwait(false))
            .Where(IsAnswer).ToList();
        var sent = await deliveries.List(item.Customer, Earlier, cancellationToken).ConfigureAwait(false);
        if (WasMailed(outbound, said, sent))
            return SendResult.NothingToSend;
        if (!isProved && await deliveries.CountUnseen(address, item.Id, time.GetUtcNow() - Day, cancellationToken).ConfigureAwait(false) >= UnaskedADay)
            return SendResult.NothingToSend;

        // Tried again it covers what it covered first: what came later has an item of its own.
        var together = said.Where(message => !conversation.IsHidden(message.Sequence)).Take(Together).ToList();
        if (sent.FirstOrDefault(delivery => delivery.Item == item.Id) is { } before && together.FindIndex(message => message.Id == before.Message) is >= 0 and var end)
            together.RemoveRange(end + 1, together.Count - end - 1);
        var token = options.PublicUrl is null ? null : await Link(item.Customer, isProved ? address : null, cancellationToken).ConfigureAwait(false);
        var draft = new MailDraft(
            item.Id, address, customer.Name, $"Our answer to your support request {outbound.TicketId}", Text(outbound, together, token, isProved),
            [.. sent.Where(earlier => WasSent(earlier) && earlier.Address == address && earlier.Message != MessageId.None).Select(earlier => earlier.InternetId ?? MailIds.Of(earlier.Item, options.Domain))],
            IsAutomatic: true);
        return await post.Send(item, together is [.., var latest] ? latest.Id : outbound.Message, draft, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// What opens the conversation for whoever reads the mail. A proved address may be another's who is one with this customer today: its owner is
    /// given a token of their own, so that they keep nothing of the other where that is undone. Null where it is nobody's any more.
    /// </summary>
    private async Task<string?> Link(CustomerId customer, string? proved, CancellationToken cancellationToken)
    {
        if (proved is null)
            return await tokens.IssueLink(customer, null, cancellationToken).ConfigureAwait(false);
        return await identities.Home(IdentifierKind.Email, proved, cancellationToken).ConfigureAwait(false) is { } home
            ? await tokens.IssueLink(home.Customer, home.Parted, cancellationToken).ConfigureAwait(false)
            : null;
    }

    private static bool IsAnswer(Message message) =>
        message is { Channel: Channel.Web, Kind: MessageKind.Text, Author.Kind: ActorKind.Assistant or ActorKind.Operator or ActorKind.System };

    /// <summary>Whether an earlier mail brought this answer already, together with others: it is noted under the latest that it brought.</summary>
    private static bool WasMailed(OutboundMessage outbound, List<Message> said, ImmutableArray<Delivery> sent) =>
        sent.Where(WasSent).Any(delivery => delivery.Message == outbound.Message || said.Any(message => message.Id == delivery.Message));

    private static bool WasSent(Delivery delivery) =>
        delivery is { Channel: Channel.Email, Status: DeliveryStatus.Sent or DeliveryStatus.Delivered or DeliveryStatus.Read };

    /// <summary>The words of all, and below them once what stands below an answer: its sources, how to go on, who wrote it.</summary>
    private string Text(OutboundMessage outbound, List<Message> together, string? token, bool isProved)
    {
        var text = new StringBuilder();
        if (together is [var first, .. { Count: > 0 } others] && outbound.Text.StartsWith(first.Text, StringComparison.Ordinal))
        {
            text.Append(first.Text);
            foreach (var other in others)
                text.Append("\n\n").Append(other.Text);
            text.Append(outbound.Text, first.Text.Length, outbound.Text.Length - first.Text.Length);
        }
        else
        {
            text.Append(outbound.Text);
        }

        return $"{Above(token, isProved)}\n\n{text}";
    }

    private string Above(string? token, bool isProved)
    {
        // Behind the # it is not sent to any server, so it stands in nobody's log.
        var link = token is null ? "" : $" The conversation: {new Uri(options.PublicUrl!, $"/chat/#token={token}")} (whoever has this link can read it and write there).";
        return isProved
            ? $"You asked us on our website, and this answer may not have reached you there.{link}"
            : "Somebody asked us on our website and gave this address, and this answer may not have reached them there. If it was not you, there is "
                + $"nothing to do. If you answer this mail, whoever asked can read your answer.{link}";
    }
}
