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
    public static async Task<ImmutableArray<Message>> Earlier(
        IConversationStore store, ImmutableArray<CustomerId> others, bool includeNotes, CancellationToken cancellationToken)
    {
        var messages = new List<Message>();
        foreach (var other in others)
            messages.AddRange(await Latest(store, await store.Load(other, cancellationToken), includeNotes, cancellationToken));
        return [.. messages.OrderBy(message => message.At).ThenBy(message => message.Sequence).TakeLast(EarlierLimit)];
    }
}
