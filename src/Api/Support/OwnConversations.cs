using System.Collections.Immutable;
using FteAgent.Api.Live;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Tickets;

namespace FteAgent.Api.Support;

/// <summary>
/// What a conversation token opens. Whoever was merged into another customer sees that one's conversation, and before it what was said in those
/// that were merged into it. Only who reads looks for that: a message finds its way by itself.
/// </summary>
internal sealed class OwnConversations(IConversationStore store, IIdentities identities)
{
    /// <summary>How many messages of earlier conversations a page is given; older ones stay in the record.</summary>
    private const int EarlierLimit = 200;

    /// <summary>The conversation that a token's customer is shown; null when there is no such customer any more.</summary>
    public async Task<OwnConversation?> Find(CustomerId own, CancellationToken cancellationToken)
    {
        var conversation = await store.Load(own, cancellationToken);
        if (conversation.MergedInto is { } into)
            conversation = await store.Load(into, cancellationToken);
        if (conversation.IsGone)
            return null;
        var others = conversation.HasEarlier
            ? (await identities.Group(conversation.Customer, cancellationToken)).Remove(conversation.Customer)
            : [];
        return new(new(own, conversation.Customer), conversation, others);
    }

    /// <summary>What was said before, in conversations that were merged into this one, oldest first.</summary>
    public async Task<ImmutableArray<Message>> Earlier(OwnConversation own, CancellationToken cancellationToken)
    {
        var messages = new List<Message>();
        foreach (var other in own.Others)
            messages.AddRange(await Transcripts.Latest(store, await store.Load(other, cancellationToken), includeNotes: false, cancellationToken));
        return [.. messages.OrderBy(message => message.At).ThenBy(message => message.Sequence).TakeLast(EarlierLimit)];
    }

    /// <summary>The tickets of all of them, latest first.</summary>
    public async Task<ImmutableArray<Ticket>> Tickets(OwnConversation own, CancellationToken cancellationToken)
    {
        var tickets = await store.Tickets(own.Conversation.Customer, cancellationToken);
        foreach (var other in own.Others)
            tickets = tickets.AddRange(await store.Tickets(other, cancellationToken));
        return own.Others.IsEmpty ? tickets : [.. tickets.OrderByDescending(ticket => ticket.OpenedAt)];
    }
}

/// <summary>The conversation that a token opens.</summary>
/// <param name="Followed">Whose it is, seen from the token's customer.</param>
/// <param name="Conversation">The conversation.</param>
/// <param name="Others">Those who were merged into its customer.</param>
internal sealed record OwnConversation(FollowedConversation Followed, Conversation Conversation, ImmutableArray<CustomerId> Others);
