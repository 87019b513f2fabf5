using FteAgent.Conversations;
using FteAgent.Storage;

namespace FteAgent.Postgres;

/// <summary>The operators' inbox. A page is of one state of the record, and takes the same few statements whatever its length.</summary>
internal sealed class PostgresInboxQueries(PostgresRecord record) : IInboxQueries
{
    private const int PageLimit = 200;

    /// <summary>
    /// The first key is minus the urgency, so that both keys and the id rise along the list. A conversation that a person has without an
    /// escalation has no urgency and comes after those that have one.
    /// </summary>
    private const string NeedsPerson = """
        select customer_id, pressing, since from (
            select c.customer_id,
                case e.urgency when 'urgent' then -4 when 'high' then -3 when 'normal' then -2 when 'low' then -1 else 0 end::bigint as pressing,
                coalesce(e.raised_at, c.handoff_since) as since
            from fte.conversations c left join fte.escalations e on e.id = c.escalation_id
            where c.escalation_id is not null or c.handoff_since is not null) waiting
        where (pressing, since, customer_id) > ($1, $2, $3)
        order by pressing, since, customer_id
        limit $4
        """;

    // The index knows the minute; within one the rows are put in order as they are read.
    private const string Latest = """
        select customer_id, $1, last_message_at from fte.conversations
        where latest_minute <= $2 and (last_message_at, customer_id) < ($2, $3)
        order by latest_minute desc, last_message_at desc, customer_id desc
        limit $4
        """;

    private static readonly InboxPosition BeforePressing = new(long.MinValue, long.MinValue, Guid.Empty.ToByteArray());
    private static readonly InboxPosition BeforeLatest = new(0, long.MaxValue, Guid.Empty.ToByteArray());

    private sealed record Place(Guid Customer, long First, DateTimeOffset Second);

    public async Task<InboxPage> List(bool needsPerson, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var after = cursor is null ? needsPerson ? BeforePressing : BeforeLatest : InboxPosition.Read(cursor);
        if (after is null)
            return new([], null);   // Nothing lies behind a cursor that we did not give.

        var wanted = Math.Clamp(limit, 1, PageLimit);
        return await record.ReadOneState(
            async session =>
            {
                var found = await session[needsPerson ? NeedsPerson : Latest]
                    .Set(after.First).Set(FromMicros(after.Second)).Set(new Guid(after.Id, bigEndian: true)).Set(wanted + 1)
                    .List(static row => new Place(row.Id(), row.Long(), row.Time()), cancellationToken).ConfigureAwait(false);
                var page = found.Take(wanted).ToList();
                var items = await InboxItems.Load(session, [.. page.Select(place => place.Customer)], cancellationToken).ConfigureAwait(false);
                return new InboxPage(items, found.Count > wanted ? Position(page[^1]).Write() : null);
            },
            cancellationToken).ConfigureAwait(false);
    }

    public Task<WaitingForPerson> Waiting(CancellationToken cancellationToken) =>
        record[$"""
            select count(*) over (), c.customer_id, (select t.subject from fte.tickets t where t.id = e.ticket_id), {EscalationColumns.All}
            from fte.conversations c join fte.escalations e on e.id = c.escalation_id
            where e.acknowledged_at is null and e.ended_at is null
            order by e.raised_at desc, e.number desc limit 1
            """]
            .First(
                static row => new WaitingForPerson((int)row.Long(), new(new(row.Id()), row.TextOrNull() ?? "", EscalationColumns.Read(row))),
                new WaitingForPerson(0, null), cancellationToken);

    private static InboxPosition Position(Place place) => new(place.First, ToMicros(place.Second), place.Customer.ToByteArray(bigEndian: true));

    private static long ToMicros(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The first and the last moment there are stand for all that lie beyond: a cursor comes from outside.</summary>
    private static DateTimeOffset FromMicros(long micros) =>
        micros <= ToMicros(DateTimeOffset.MinValue) ? DateTimeOffset.MinValue
        : micros >= ToMicros(DateTimeOffset.MaxValue) ? DateTimeOffset.MaxValue
        : DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
