using System.Collections.Immutable;
using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Reports;

namespace FteAgent.Sqlite;

/// <summary>Counts, taken from the file.</summary>
internal sealed class SqliteReportQueries(SqliteRecord record) : IReportQueries
{
    public Task<ActivityReport> Activity(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        record.Read(session => new Period(session, from, to).Count(), cancellationToken);

    private sealed class Period(SqliteSession session, DateTimeOffset from, DateTimeOffset to)
    {
        public ActivityReport Count() => new(from, to,
            MessagesByChannel(),
            Number("select count(*) from tickets where opened_at >= $from and opened_at < $to"),
            Number("select count(*) from tickets where closed_at >= $from and closed_at < $to"),
            Number("""
                select count(*) from tickets t
                where closed_at >= $from and closed_at < $to
                    and escalated_at is null and resolution_verified_by is not null and resolution_by <> 'operator'
                    and not exists (
                        select 1 from messages m
                        where m.customer_id = t.customer_id and m.ticket_id = t.id and m.author = 'operator' and m.kind = 'text')
                """),
            EscalationsByReason(),
            In("select avg(sentiment) from messages where author = 'customer' and at >= $from and at < $to").First(static row => row.DoubleOrNull(), null),
            MedianFirstResponse());

        private ImmutableSortedDictionary<Channel, int> MessagesByChannel() =>
            In("select channel, count(*) from messages where author = 'customer' and at >= $from and at < $to group by channel")
                .List(static row => KeyValuePair.Create(row.Enum<Channel>(), row.Int()))
                .ToImmutableSortedDictionary();

        private ImmutableSortedDictionary<EscalationReason, int> EscalationsByReason() =>
            In("select reason, count(*) from escalations where raised_at >= $from and raised_at < $to group by reason")
                .List(static row => KeyValuePair.Create(row.Enum<EscalationReason>(), row.Int()))
                .GroupBy(reason => reason.Key, reason => reason.Value)   // Words of a later version are read as one.
                .ToImmutableSortedDictionary(reason => reason.Key, reason => reason.Sum());

        private TimeSpan? MedianFirstResponse()
        {
            // The middle one, or the mean of the two in the middle.
            var middle = In("""
                select avg(waited) from (
                    select first_response_at - opened_at as waited, row_number() over (order by first_response_at - opened_at) as place, count(*) over () as answered
                    from tickets where first_response_at >= $from and first_response_at < $to)
                where place in ((answered + 1) / 2, (answered + 2) / 2)
                """).First(static row => row.DoubleOrNull(), null);
            return middle is { } micros ? TimeSpan.FromMicroseconds(micros) : null;
        }

        private int Number(string sql) => In(sql).First(static row => row.Int(), 0);

        private Statement In(string sql) => session[sql].Set("$from", from).Set("$to", to);
    }
}
