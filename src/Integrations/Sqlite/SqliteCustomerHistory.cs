using System.Collections.Immutable;
using FteAgent.Customers;
using FteAgent.Tickets;

namespace FteAgent.Sqlite;

/// <summary>A person's history from the file: of each conversation its end.</summary>
internal sealed class SqliteCustomerHistory(SqliteRecord record) : ICustomerHistory
{
    private const int Most = 500;

    public Task<ImmutableArray<HistoryEntry>> Read(CustomerId customer, int limit, CancellationToken cancellationToken)
    {
        var wanted = Math.Clamp(limit, 1, Most);
        return record.Read(
            session =>
            {
                var entries = IdentityRows.Group(session, customer).SelectMany(one => Latest(session, one, wanted));
                var latest = entries.OrderByDescending(e => e.Message.At).ThenByDescending(e => e.Conversation.Value).ThenByDescending(e => e.Message.Sequence);
                return HistoryEntry.InOrder(latest.Take(wanted));
            },
            cancellationToken);
    }

    private static List<HistoryEntry> Latest(SqliteSession session, CustomerId customer, int limit)
    {
        var matters = session["select id, subject, category, status from tickets where customer_id = $customer"]
            .Set("$customer", customer.Value)
            .List(static row => new HistoryMatter(new(row.Text()), row.Text(), row.Enum<TicketCategory>(), row.Enum<TicketStatus>()))
            .ToDictionary(matter => matter.Id);
        var hidden = JoinedParts.Of(session, customer);
        return session[$"select {MessageRows.Columns} from messages where customer_id = $customer and kind <> 'note' order by sequence desc limit $limit"]
            .Set("$customer", customer.Value).Set("$limit", limit)
            .List(MessageRows.Read)
            .ConvertAll(message => new HistoryEntry(
                customer, message, message.TicketId is { } ticket ? matters.GetValueOrDefault(ticket) : null, Switched: false,
                hidden.Any(part => part.Holds(message.Sequence))));
    }
}
