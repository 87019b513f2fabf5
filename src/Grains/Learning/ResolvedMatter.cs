using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Tickets;

namespace FteAgent.Learning;

/// <summary>All that a proposal is made from.</summary>
/// <param name="Ticket">The ticket.</param>
/// <param name="Messages">What both sides saw of it, oldest first.</param>
/// <param name="Escalations">What people were called for.</param>
/// <param name="Hidden">What was said in the conversation while it was joined with another's that was parted from it since.</param>
/// <param name="People">Everybody who is this customer: none of their names and addresses is to be learned.</param>
internal sealed record ResolvedMatter(
    Ticket Ticket, ImmutableArray<Message> Messages, ImmutableArray<Escalation> Escalations, ImmutableArray<HiddenPart> Hidden, ImmutableArray<Customer> People);

/// <summary>Gathers what a proposal is made from.</summary>
internal sealed class MatterReader(IConversationStore store, ICustomerDirectory customers, IIdentities identities)
{
    /// <summary>How many of a conversation's latest messages are looked through: a matter that lasted longer is no short question.</summary>
    private const int MessageLimit = 1_000;

    /// <summary>Reads a ticket's matter; null where it is not there any more.</summary>
    public async Task<ResolvedMatter?> Read(ResolvedTicket resolved, CancellationToken cancellationToken)
    {
        var conversation = await store.Load(resolved.Customer, cancellationToken);
        var tickets = await store.Tickets(resolved.Customer, cancellationToken);
        if (conversation.IsGone || tickets.FirstOrDefault(ticket => ticket.Id == resolved.Ticket) is not { } ticket)
            return null;
        var messages = await store.Read(resolved.Customer, Math.Max(0, conversation.LastSequence - MessageLimit), MessageLimit, includeNotes: false, cancellationToken);
        var escalations = await store.Escalations(resolved.Customer, cancellationToken);
        return new(
            ticket, [.. messages.Where(message => message.TicketId == ticket.Id)], [.. escalations.Where(escalation => escalation.TicketId == ticket.Id)],
            conversation.Hidden, await People(resolved.Customer, cancellationToken));
    }

    /// <summary>Everybody who is this customer, the one with whom contact goes on first; none where they are not there any more.</summary>
    public async Task<ImmutableArray<Customer>> People(CustomerId customer, CancellationToken cancellationToken)
    {
        var people = ImmutableArray.CreateBuilder<Customer>();
        foreach (var one in await identities.Group(customer, cancellationToken))
            if (await customers.Find(one, cancellationToken) is { } person)
                people.Add(person);
        return people.ToImmutable();
    }
}
