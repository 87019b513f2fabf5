using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Storage;

namespace FteAgent.Sqlite;

/// <summary>The operators' inbox, read from the file.</summary>
internal sealed class SqliteInboxQueries(SqliteRecord record) : IInboxQueries
{
    private const int PageLimit = 200;

    /// <summary>
    /// The first key is minus the urgency, so that both keys and the id rise along the list. A conversation that a person has without an
    /// escalation has no urgency and comes after those that have one.
    /// </summary>
    private const string NeedsPerson = """
        select customer_id, pressing, since from (
            select c.customer_id,
                case e.urgency when 'urgent' then -4 when 'high' then -3 when 'normal' then -2 when 'low' then -1 else 0 end as pressing,
                coalesce(e.raised_at, c.handoff_since) as since
            from conversations c left join escalations e on e.id = c.escalation_id
            where c.escalation_id is not null or c.handoff_since is not null)
        where (pressing, since, customer_id) > ($first, $second, $id)
        order by pressing, since, customer_id
        limit $limit
        """;

    private const string Latest = """
        select customer_id, 0, last_message_at from conversations
        where (last_message_at, customer_id) < ($second, $id) and $first is not null
        order by last_message_at desc, customer_id desc
        limit $limit
        """;

    private static readonly InboxPosition BeforePressing = new(long.MinValue, 0, []);

    // Longer than any id, and above it.
    private static readonly InboxPosition BeforeLatest = new(0, long.MaxValue, []);

    public Task<InboxPage> List(bool needsPerson, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var after = cursor is null ? needsPerson ? BeforePressing : BeforeLatest : InboxPosition.Read(cursor);
        if (after is null)
            return Task.FromResult(new InboxPage([], null));   // Nothing lies behind a cursor that we did not give.

        var wanted = Math.Clamp(limit, 1, PageLimit);
        return record.Read(
            session =>
            {
                var found = session[needsPerson ? NeedsPerson : Latest]
                    .Set("$first", after.First).Set("$second", after.Second).Set("$id", after.Id).Set("$limit", wanted + 1)
                    .List(static row => (Customer: row.Bytes(), First: row.Long(), Second: row.Long()));
                var items = found.Take(wanted).Select(f => Item(session, new(new Guid(f.Customer, bigEndian: true)))).ToImmutableArray();
                var last = found[..Math.Min(wanted, found.Count)].LastOrDefault();
                return new InboxPage(items, found.Count > wanted ? new InboxPosition(last.First, last.Second, last.Customer).Write() : null);
            },
            cancellationToken);
    }

    public Task<WaitingForPerson> Waiting(CancellationToken cancellationToken) =>
        record.Read(
            session =>
            {
                const string Open = "from conversations c join escalations e on e.id = c.escalation_id where e.acknowledged_at is null and e.ended_at is null";
                var count = session[$"select count(*) {Open}"].First(static row => row.Int(), 0);
                var latest = session[$"select c.customer_id, e.id {Open} order by e.raised_at desc, e.number desc limit 1"]
                    .First(static row => (Customer: row.Id(), Escalation: row.Id()), default);
                return new WaitingForPerson(count, count == 0 ? null : WithSubject(session, new(latest.Customer), latest.Escalation));
            },
            cancellationToken);

    private static WaitingEscalation WithSubject(SqliteSession session, CustomerId customer, Guid id)
    {
        var escalation = EscalationRows.Find(session, id)!;
        var subject = session["select subject from tickets where id = $id"].Set("$id", escalation.TicketId.Value).First(static row => row.Text(), "");
        return new(customer, subject, escalation);
    }

    private static InboxItem Item(SqliteSession session, CustomerId customer)
    {
        var (conversation, sentiment) = ConversationRows.LoadForInbox(session, customer);
        return new(CustomerRows.Find(session, customer)!, conversation, sentiment);
    }
}
