using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Tickets;

namespace FteAgent.Postgres;

/// <summary>Conversations as the inbox shows them, a whole page at once. The only recent message of each is the last that both sides see.</summary>
internal static class InboxItems
{
    private const string Conversations = $"select customer_id, last_sentiment, escalation_id, {ConversationColumns.All} from fte.conversations where customer_id = any ($1)";

    private const string Customers = $"select {CustomerColumns.All} from {CustomerColumns.From} where u.id = any ($1)";

    private const string Escalations = $"select {EscalationColumns.All} from fte.escalations where id = any ($1)";

    private const string OpenTickets = $"select customer_id, {TicketColumns.All} from fte.tickets where customer_id = any ($1) and status <> 'closed' order by number";

    private const string LastPublic = $"""
        select m.customer_id, {MessageColumns.All} from unnest($1) as asked (customer)
        cross join lateral (
            select * from fte.messages where customer_id = asked.customer and kind <> 'note' order by sequence desc limit 1) m
        """;

    private sealed record Found(Conversation Conversation, double? Sentiment, Guid? Escalation);

    /// <summary>Those of these customers, in the same order.</summary>
    public static async Task<ImmutableArray<InboxItem>> Load(PostgresSession session, Guid[] customers, CancellationToken cancellationToken)
    {
        if (customers.Length == 0)
            return [];

        var people = await session[Customers].Set(customers).List(static row => CustomerColumns.Read(row)!, cancellationToken).ConfigureAwait(false);
        var conversations = await session[Conversations].Set(customers).List(Read, cancellationToken).ConfigureAwait(false);
        var escalations = await session[Escalations].Set(conversations.Select(found => found.Escalation).OfType<Guid>().ToArray())
            .List(EscalationColumns.Read, cancellationToken).ConfigureAwait(false);
        var tickets = await session[OpenTickets].Set(customers)
            .List(static row => (Customer: new CustomerId(row.Id()), Ticket: TicketColumns.Read(row)), cancellationToken).ConfigureAwait(false);
        var messages = await session[LastPublic].Set(customers)
            .List(static row => (Customer: new CustomerId(row.Id()), Message: MessageColumns.Read(row)), cancellationToken).ConfigureAwait(false);

        var personOf = people.ToDictionary(person => person.Id);
        var foundOf = conversations.ToDictionary(found => found.Conversation.Customer);
        var escalationOf = escalations.ToDictionary(escalation => escalation.Id);
        ILookup<CustomerId, Ticket> ticketsOf = tickets.ToLookup(ticket => ticket.Customer, ticket => ticket.Ticket);
        var messageOf = messages.ToLookup(message => message.Customer, message => message.Message);
        return [.. customers.Select(id => new CustomerId(id)).Select(customer => new InboxItem(
            personOf[customer],
            foundOf[customer].Conversation with
            {
                Escalation = foundOf[customer].Escalation is { } open ? escalationOf[open] : null,
                Tickets = [.. ticketsOf[customer]],
                Recent = [.. messageOf[customer]],
            },
            foundOf[customer].Sentiment))];
    }

    private static Found Read(PostgresRow row)
    {
        var (customer, sentiment, escalation) = (new CustomerId(row.Id()), row.DoubleOrNull(), row.IdOrNull());
        return new(ConversationColumns.Read(row, customer), sentiment, escalation);
    }
}
