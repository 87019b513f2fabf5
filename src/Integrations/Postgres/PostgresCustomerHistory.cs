using System.Collections.Immutable;
using FteAgent.Customers;
using FteAgent.Tickets;

namespace FteAgent.Postgres;

/// <summary>A person's history from the database: of each conversation its end, by its own index.</summary>
internal sealed class PostgresCustomerHistory(PostgresRecord record) : ICustomerHistory
{
    private const int Most = 500;

    private static readonly string Latest = $"""
        select m.customer_id, t.id, t.subject, t.category, t.status,
            exists (
                select 1 from fte.hidden_parts part
                where part.customer_id = m.customer_id and m.sequence > part.after_sequence and m.sequence <= part.through_sequence),
            {string.Join(", ", MessageColumns.All.Split(',').Select(column => $"m.{column.Trim()}"))}
        from fte.group_of($1) as one
        cross join lateral (
            select * from fte.messages own where own.customer_id = one and own.kind <> 'note' order by own.sequence desc limit $2) m
        left join fte.tickets t on t.id = m.ticket_id
        order by m.at desc, m.customer_id desc, m.sequence desc
        limit $2
        """;

    public async Task<ImmutableArray<HistoryEntry>> Read(CustomerId customer, int limit, CancellationToken cancellationToken) =>
        HistoryEntry.InOrder(await record[Latest]
            .Set(customer.Value).Set(Math.Clamp(limit, 1, Most))
            .List(Read, cancellationToken).ConfigureAwait(false));

    private static HistoryEntry Read(PostgresRow row)
    {
        var conversation = new CustomerId(row.Id());
        var (ticket, subject, category, status) = (row.TextOrNull(), row.TextOrNull(), row.EnumOrNull<TicketCategory>(), row.EnumOrNull<TicketStatus>());
        var matter = ticket is null ? null : new HistoryMatter(new(ticket), subject!, category!.Value, status!.Value);
        var mayBeAnothers = row.Bool();
        return new(conversation, MessageColumns.Read(row), matter, Switched: false, mayBeAnothers);
    }
}
