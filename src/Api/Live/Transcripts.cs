using System.Collections.Immutable;
using FteAgent.Conversations;

namespace FteAgent.Api.Live;

/// <summary>Reads the end of a conversation, which is what a page shows first.</summary>
internal static class Transcripts
{
    /// <summary>How many messages a page is given; older ones stay in the record.</summary>
    public const int Limit = 500;

    public static Task<ImmutableArray<Message>> Latest(
        IConversationStore store, Conversation conversation, bool includeNotes, CancellationToken cancellationToken) =>
        store.Read(conversation.Customer, Math.Max(0, conversation.LastSequence - Limit), Limit, includeNotes, cancellationToken);
}
