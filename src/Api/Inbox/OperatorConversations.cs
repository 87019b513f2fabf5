using System.Collections.Immutable;
using FteAgent.Api.Live;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Tickets;

namespace FteAgent.Api.Inbox;

/// <summary>
/// What operators see of a person: the conversation in which they go on, and what was said in those that were merged into it, over all channels.
/// A conversation that was itself merged into another is shown alone.
/// </summary>
internal sealed class OperatorConversations(IConversationStore store, IIdentities identities, MessageCompanions companions)
{
    /// <summary>A customer's conversation as it stands.</summary>
    /// <param name="customer">Whose.</param>
    /// <param name="includesHidden">Whether a person reads it, who is shown what may be another's, parted from this customer since; a program is not.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public async Task<OperatorConversation> Read(Customer customer, bool includesHidden, CancellationToken cancellationToken)
    {
        var conversation = await store.Load(customer.Id, cancellationToken);
        var messages = await Transcripts.Latest(store, conversation, includeNotes: true, cancellationToken);
        var others = conversation.HasEarlier ? (await identities.Group(customer.Id, cancellationToken)).Remove(customer.Id) : [];
        var tickets = await store.Tickets(customer.Id, cancellationToken);
        foreach (var other in others)
            tickets = tickets.AddRange(await store.Tickets(other, cancellationToken));
        var escalations = await store.Escalations(customer.Id, cancellationToken);
        if (!includesHidden)
        {
            escalations = escalations.RemoveAll(escalation => MayQuoteAnother(escalation, conversation, messages, tickets));
            messages = messages.RemoveAll(message => conversation.IsHidden(message.Sequence));
            tickets = tickets.RemoveAll(ticket => ticket.MayBeAnothers);
        }

        var beside = await companions.Of(customer.Id, messages, cancellationToken);
        return new(
            customer.Id.ToString(), CustomerView.Of(customer), includesHidden ? StateView.ForOperator(conversation) : StateView.ForProgram(conversation), [.. messages.Select(beside.Beside)],
            [.. tickets.OrderByDescending(ticket => ticket.OpenedAt).Select(TicketView.ForOperator)], [.. escalations.Select(EscalationView.Of)],
            await Earlier(customer.Id, others, includesHidden, cancellationToken));
    }

    /// <summary>
    /// Whether a call was raised, or stood, while something was said that may be another's: its summary quotes what was said last. Nor is it known of one
    /// that is older than all messages at hand.
    /// </summary>
    private static bool MayQuoteAnother(Escalation escalation, Conversation conversation, ImmutableArray<Message> messages, ImmutableArray<Ticket> tickets) =>
        tickets.Any(ticket => ticket.Id == escalation.TicketId && ticket.MayBeAnothers)
        || (!conversation.Hidden.IsDefaultOrEmpty
            && (messages.LastOrDefault(message => message.At <= escalation.RaisedAt) is not { } last
                || conversation.IsHidden(last.Sequence)
                || messages.Any(message => message.At >= escalation.RaisedAt && !(message.At > escalation.EndedAt) && conversation.IsHidden(message.Sequence))));

    private async Task<MessageView[]?> Earlier(
        CustomerId customer, ImmutableArray<CustomerId> others, bool includesHidden, CancellationToken cancellationToken)
    {
        if (others.IsEmpty)
            return null;
        var earlier = await Transcripts.Earlier(store, others, includeNotes: true, includesHidden, cancellationToken);
        ImmutableArray<Message> messages = [.. earlier.Select(one => one.Message)];
        // Of those who got no answer that is shown, nothing went out that could be told.
        ImmutableArray<CustomerId> answered = [.. earlier.Where(one => one.Message.Author.Kind is not ActorKind.Customer).Select(one => one.Conversation).Distinct()];
        var sent = await companions.Deliveries(answered, cancellationToken);
        var beside = await companions.Of(customer, messages, sent, cancellationToken);
        return [.. messages.Select(beside.Beside)];
    }
}
