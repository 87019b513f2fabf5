using System.Collections.Immutable;
using FteAgent.Api.Live;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Tickets;

namespace FteAgent.Api.Support;

/// <summary>
/// What a conversation token opens. Whoever has proved who they are sees the conversation in which they go on as one person with another, and before
/// it what was said in those that were merged into it. Anybody else sees this customer's own, but nothing of what is said in it while it is joined
/// with another: that may be the other's. Once two were parted, nobody is shown what was said while they were one, whatever they prove: nobody knows
/// whose it is. Only who reads looks for all that: a message finds its way by itself.
/// </summary>
internal sealed class OwnConversations(IConversationStore store, IIdentities identities)
{
    /// <summary>Whether a conversation's customer is one person with another.</summary>
    public static bool IsJoined(Conversation conversation) => conversation.MergedInto is not null || conversation.HasEarlier;

    /// <summary>The conversation that whoever shows a token is shown; null when there is no such customer any more.</summary>
    public async Task<OwnConversation?> Find(TokenHolder holder, CancellationToken cancellationToken)
    {
        var own = holder.Customer;
        var conversation = await store.Load(own, cancellationToken);
        var parted = conversation.Parted;
        if (!holder.Follows(conversation))
            return conversation.IsGone ? null : await Alone(conversation, cancellationToken);
        if (conversation.MergedInto is { } into)
            conversation = await store.Load(into, cancellationToken);
        if (conversation.IsGone)
            return null;
        var others = conversation.HasEarlier
            ? (await identities.Group(conversation.Customer, cancellationToken)).Remove(conversation.Customer)
            : [];
        return new(new(own, conversation.Customer) { Parted = conversation.Parted, Hidden = conversation.Hidden }, conversation, others, parted);
    }

    /// <summary>Whether a page's message was taken before.</summary>
    public async Task<bool> HasTaken(string channelMessageId, CancellationToken cancellationToken) =>
        await store.FindDelivered(Channel.Web, channelMessageId, cancellationToken) is not null;

    /// <summary>The latest messages that are theirs to see, oldest first.</summary>
    public async Task<ImmutableArray<Message>> Messages(OwnConversation own, CancellationToken cancellationToken)
    {
        var latest = await Transcripts.Latest(store, own.Conversation with { LastSequence = own.Followed.EndOf(own.Conversation) }, includeNotes: false, cancellationToken);
        return [.. latest.Where(own.Followed.Shows)];
    }

    /// <summary>What was said before, in conversations that were merged into this one, oldest first.</summary>
    public async Task<ImmutableArray<Message>> Earlier(OwnConversation own, CancellationToken cancellationToken) =>
        [.. (await Transcripts.Earlier(store, own.Others, includeNotes: false, includesHidden: false, cancellationToken)).Select(earlier => earlier.Message)];

    /// <summary>One of the messages that they are shown, with the conversation in which it stands; null for any other.</summary>
    public async Task<EarlierMessage?> Shown(OwnConversation own, MessageId id, CancellationToken cancellationToken) =>
        (await Messages(own, cancellationToken)).FirstOrDefault(message => message.Id == id) is { } message
            ? new(own.Conversation.Customer, message)
            : (await Transcripts.Earlier(store, own.Others, includeNotes: false, includesHidden: false, cancellationToken)).FirstOrDefault(earlier => earlier.Message.Id == id);

    /// <summary>The tickets of all of them, latest first; where only a part is theirs to see, those that it tells of.</summary>
    public async Task<ImmutableArray<Ticket>> Tickets(OwnConversation own, ImmutableArray<Message> messages, CancellationToken cancellationToken)
    {
        var tickets = (await store.Tickets(own.Conversation.Customer, cancellationToken)).AsEnumerable();
        if (own.Followed.IsElsewhere)
            tickets = tickets.Where(ticket => messages.Any(message => message.TicketId == ticket.Id));
        foreach (var other in own.Others)
            tickets = tickets.Concat(await store.Tickets(other, cancellationToken));
        if (!own.Others.IsEmpty)
            tickets = tickets.OrderByDescending(ticket => ticket.OpenedAt);
        return [.. tickets.Where(ticket => !ticket.MayBeAnothers)];
    }

    private async Task<OwnConversation> Alone(Conversation conversation, CancellationToken cancellationToken)
    {
        var hidden = conversation.Hidden;
        if (IsJoined(conversation))
        {
            // Also where contact has gone on from here since: those who were merged into this one are now said to be merged into that one.
            var joined = (await identities.Merges(conversation.Customer, cancellationToken))
                .Where(merge => merge.Into == conversation.Customer && merge.UndoneAt is null)
                .Select(merge => merge.IntoSequence).ToList();
            if (joined.Count > 0 || conversation.HasEarlier)
                hidden = hidden.Add(new(joined.Count > 0 ? joined.Min() : 0, long.MaxValue));
        }

        var followed = FollowedConversation.Of(conversation.Customer) with
        {
            OwnOnly = true,
            IsElsewhere = IsJoined(conversation),
            Parted = conversation.Parted,
            Hidden = hidden,
        };
        return new(followed, conversation, [], conversation.Parted);
    }
}

/// <summary>The conversation that a token opens.</summary>
/// <param name="Followed">Whose it is, seen from the token's customer.</param>
/// <param name="Conversation">The conversation.</param>
/// <param name="Others">Those who were merged into its customer.</param>
/// <param name="Parted">How often a merge of the token's own customer was undone: what a further token of theirs has to bear.</param>
internal sealed record OwnConversation(FollowedConversation Followed, Conversation Conversation, ImmutableArray<CustomerId> Others, long Parted)
{
    /// <summary>How it stands, as far as that is theirs to see.</summary>
    public StateView State => Followed.State(Conversation);
}
