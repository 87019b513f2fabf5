using System.Collections.Immutable;
using FteAgent.Api.Live;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Api.Inbox;

/// <summary>
/// What operators see of a person: the conversation in which they go on, and what was said in those that were merged into it, over all channels.
/// A conversation that was itself merged into another is shown alone.
/// </summary>
internal sealed class OperatorConversations(IConversationStore store, IIdentities identities, MessageCompanions companions)
{
    /// <summary>A customer's conversation as it stands.</summary>
    public async Task<OperatorConversation> Read(Customer customer, CancellationToken cancellationToken)
    {
        var conversation = await store.Load(customer.Id, cancellationToken);
        var messages = await Transcripts.Latest(store, conversation, includeNotes: true, cancellationToken);
        var others = conversation.HasEarlier ? (await identities.Group(customer.Id, cancellationToken)).Remove(customer.Id) : [];
        var tickets = await store.Tickets(customer.Id, cancellationToken);
        foreach (var other in others)
            tickets = tickets.AddRange(await store.Tickets(other, cancellationToken));
        var escalations = await store.Escalations(customer.Id, cancellationToken);
        var beside = await companions.Of(customer.Id, messages, cancellationToken);
        return new(
            customer.Id.ToString(), CustomerView.Of(customer), StateView.ForOperator(conversation), [.. messages.Select(beside.Beside)],
            [.. tickets.OrderByDescending(ticket => ticket.OpenedAt).Select(TicketView.ForOperator)], [.. escalations.Select(EscalationView.Of)],
            await Earlier(customer.Id, others, cancellationToken));
    }

    private async Task<MessageView[]?> Earlier(CustomerId customer, ImmutableArray<CustomerId> others, CancellationToken cancellationToken)
    {
        if (others.IsEmpty)
            return null;
        var earlier = await Transcripts.Earlier(store, others, includesHidden: true, cancellationToken);
        ImmutableArray<Message> messages = [.. earlier.Select(one => one.Message)];
        // Of those who got no answer that is shown, nothing went out that could be told.
        ImmutableArray<CustomerId> answered = [.. earlier.Where(one => one.Message.Author.Kind is not ActorKind.Customer).Select(one => one.Conversation).Distinct()];
        var sent = await companions.Deliveries(answered, cancellationToken);
        var beside = await companions.Of(customer, messages, sent, cancellationToken);
        return [.. messages.Select(beside.Beside)];
    }
}
