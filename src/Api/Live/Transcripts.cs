using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Api.Live;

/// <summary>Reads the end of a conversation, which is what a page shows first, and of those that were merged into it.</summary>
internal static class Transcripts
{
    /// <summary>How many messages a page is given; older ones stay in the record.</summary>
    public const int Limit = 500;

    /// <summary>How many messages of earlier conversations a page is given; older ones stay in the record.</summary>
    private const int EarlierLimit = 200;

    public static Task<ImmutableArray<Message>> Latest(
        IConversationStore store, Conversation conversation, bool includeNotes, CancellationToken cancellationToken) =>
        store.Read(conversation.Customer, Math.Max(0, conversation.LastSequence - Limit), Limit, includeNotes, cancellationToken);

    /// <summary>What was said in conversations that were merged into one, oldest first; each message's place is its own conversation's.</summary>
    /// <param name="store">The record.</param>
    /// <param name="others">Those who were merged.</param>
    /// <param name="includeNotes">Whether private notes are shown.</param>
    /// <param name="includesHidden">Whether operators read it, who are shown what was said while one of them was joined with somebody who was parted since.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static async Task<ImmutableArray<EarlierMessage>> Earlier(
        IConversationStore store, ImmutableArray<CustomerId> others, bool includeNotes, bool includesHidden, CancellationToken cancellationToken)
    {
        var messages = new List<EarlierMessage>();
        foreach (var other in others)
        {
            var hidden = includesHidden ? [] : (await store.Load(other, cancellationToken)).Hidden;
            messages.AddRange((await End(store, other, includeNotes, cancellationToken))
                .Where(message => !hidden.Any(part => part.Holds(message.Sequence)))
                .Select(message => new EarlierMessage(other, message)));
        }

        return [.. messages.OrderBy(earlier => earlier.Message.At).ThenBy(earlier => earlier.Message.Sequence).TakeLast(EarlierLimit)];
    }

    // Most that are merged are short. Their beginning is all of them then, and nothing has to be loaded to know where they end.
    private static async Task<ImmutableArray<Message>> End(IConversationStore store, CustomerId customer, bool includeNotes, CancellationToken cancellationToken) =>
        await store.Read(customer, 0, EarlierLimit, includeNotes, cancellationToken) is { Length: < EarlierLimit } whole
            ? whole
            : await Latest(store, await store.Load(customer, cancellationToken), includeNotes, cancellationToken);
}

/// <summary>A message of a conversation that was merged into another.</summary>
/// <param name="Conversation">In whose conversation it was said.</param>
/// <param name="Message">The message; its place is that conversation's.</param>
internal sealed record EarlierMessage(CustomerId Conversation, Message Message);
