using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Tickets;

namespace FteAgent.Customers;

/// <summary>What was said with a person, wherever they wrote: over the conversations of everyone whom proof has made one.</summary>
public interface ICustomerHistory
{
    /// <summary>How many messages an operator and a model are shown.</summary>
    const int DefaultLimit = 20;

    /// <summary>The latest messages that both sides see, oldest first; at most <paramref name="limit"/> (1 to 500).</summary>
    Task<ImmutableArray<HistoryEntry>> Read(CustomerId customer, int limit, CancellationToken cancellationToken);
}

/// <summary>A message in a person's history.</summary>
/// <param name="Conversation">In whose conversation it was said: one of those who are this person.</param>
/// <param name="Message">The message, with its channel and its sentiment.</param>
/// <param name="Matter">The ticket that it belongs to, as it stands now.</param>
/// <param name="Switched">The customer wrote before by another channel.</param>
/// <param name="MayBeAnothers">It was said while its conversation was joined with another that was parted from it since: nothing is answered out of it.</param>
public sealed record HistoryEntry(CustomerId Conversation, Message Message, HistoryMatter? Matter, bool Switched, bool MayBeAnothers)
{
    /// <summary>Puts messages in order of time and notes where the customer changed the channel.</summary>
    public static ImmutableArray<HistoryEntry> InOrder(IEnumerable<HistoryEntry> entries)
    {
        Channel? before = null;
        var ordered = ImmutableArray.CreateBuilder<HistoryEntry>();
        foreach (var entry in entries.OrderBy(e => e.Message.At).ThenBy(e => e.Conversation.Value).ThenBy(e => e.Message.Sequence))
        {
            var fromCustomer = entry.Message.Author.Kind is ActorKind.Customer;
            ordered.Add(entry with { Switched = fromCustomer && before is { } channel && channel != entry.Message.Channel });
            if (fromCustomer)
                before = entry.Message.Channel;
        }

        return ordered.ToImmutable();
    }
}

/// <summary>A matter as a history tells it.</summary>
/// <param name="Id">The ticket.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Category">Its topic.</param>
/// <param name="Status">How it stands.</param>
public sealed record HistoryMatter(TicketId Id, string Subject, TicketCategory Category, TicketStatus Status);
