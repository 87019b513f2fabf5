using System.Collections.Immutable;
using FteAgent.Answering.Rules;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Answering;

/// <summary>What the rules, the search and the model see of an exchange, read from the conversation.</summary>
internal static class ExchangeReading
{
    /// <summary>How much of what was said before is shown.</summary>
    private const int HistoryLimit = 20;

    /// <summary>The words of an exchange and of what was said before it.</summary>
    public static ExchangeText Read(Conversation conversation, Exchange exchange) =>
        Read(conversation, conversation.MessagesOf(exchange), exchange.FirstSequence);

    /// <summary>The words of the open exchange, or where there is none the customer's last message, and what was said before.</summary>
    public static ExchangeText ReadLatest(Conversation conversation)
    {
        if (conversation.Exchange is { } exchange)
            return Read(conversation, exchange);
        var last = conversation.Recent.LastOrDefault(message => message.IsFromCustomer() && !conversation.IsHidden(message.Sequence));
        return last is null ? Read(conversation, [], conversation.LastSequence + 1) : Read(conversation, [last], last.Sequence);
    }

    /// <summary>The same, after what was said in conversations that were merged into this one.</summary>
    public static ExchangeText After(ImmutableArray<HistoryEntry> history, Conversation conversation, ExchangeText text)
    {
        var earlier = history
            .Where(entry => entry.Conversation != conversation.Customer && entry.Message.Kind is MessageKind.Text && !entry.MayBeAnothers)
            .Select(entry => new Utterance(entry.Message.IsFromCustomer(), entry.Message.Text));
        return text with { History = [.. earlier.Concat(text.History).TakeLast(HistoryLimit)] };
    }

    private static ExchangeText Read(Conversation conversation, ImmutableArray<Message> messages, long first)
    {
        // What may be another's, who was parted from this customer, is none of what they said before.
        var before = conversation.Recent
            .Where(m => m.Sequence < first && m.Kind is MessageKind.Text && !conversation.IsHidden(m.Sequence))
            .TakeLast(HistoryLimit).ToList();
        return new(
            [.. messages.Where(message => !conversation.IsHidden(message.Sequence)).SelectMany(message => Words(conversation, message))],
            [.. before.Select(message => new Utterance(message.IsFromCustomer(), message.Text))],
            messages is [.., var last] ? last.Channel.ToString().ToLowerInvariant() : "web",
            [.. before.Where(message => message.Sentiment is not null).Select(message => message.Sentiment!.Value)]);
    }

    /// <summary>
    /// A form's subject is part of what the customer said; a chat message's subject is only its own beginning. A matter that opened with something
    /// kept for a person bears no words of theirs.
    /// </summary>
    private static ImmutableArray<string> Words(Conversation conversation, Message message)
    {
        var ticket = conversation.Tickets.FirstOrDefault(t => t.Id == message.TicketId);
        var opensIt = ticket is not null && conversation.Recent.FirstOrDefault(m => m.TicketId == ticket.Id && m.Author.Kind is ActorKind.Customer)?.Id == message.Id;
        var subject = ticket?.Subject.TrimEnd('…') ?? "";
        return opensIt && message.Text.Length > 0 && !message.Text.ReplaceLineEndings(" ").StartsWith(subject, StringComparison.Ordinal)
            ? [ticket!.Subject, message.Text]
            : [message.Text];
    }
}
