using System.Collections.Immutable;
using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Reports;

namespace FteAgent.Postgres;

/// <summary>Counts, taken from one state of the record.</summary>
internal sealed class PostgresReportQueries(PostgresRecord record) : IReportQueries
{
    /// <summary>A year of a busy deployment is counted row by row.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public Task<ActivityReport> Activity(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        record.ReadOneState(session => new Period(session, from, to, cancellationToken).Count(), cancellationToken);

    private sealed class Period(PostgresSession session, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        public async Task<ActivityReport> Count() => new(from, to,
            await MessagesByChannel().ConfigureAwait(false),
            await Number("select count(*) from fte.tickets where opened_at >= $1 and opened_at < $2").ConfigureAwait(false),
            await Number("select count(*) from fte.tickets where closed_at >= $1 and closed_at < $2").ConfigureAwait(false),
            await Number("""
                select count(*) from fte.tickets t
                where closed_at >= $1 and closed_at < $2
                    and escalated_at is null and resolution_verified_by is not null and resolution_by <> 'operator'
                    and not exists (
                        select 1 from fte.messages m
                        where m.customer_id = t.customer_id and m.ticket_id = t.id and m.author = 'operator' and m.kind = 'text')
                """).ConfigureAwait(false),
            await EscalationsByReason().ConfigureAwait(false),
            await In("select avg(sentiment) from fte.messages where author = 'customer' and at >= $1 and at < $2")
                .First(static row => row.DoubleOrNull(), null, cancellationToken).ConfigureAwait(false),
            await MedianFirstResponse().ConfigureAwait(false));

        private async Task<ImmutableSortedDictionary<Channel, int>> MessagesByChannel() =>
            (await In("select channel, count(*) from fte.messages where author = 'customer' and at >= $1 and at < $2 group by channel")
                .List(static row => KeyValuePair.Create(row.Enum<Channel>(), (int)row.Long()), cancellationToken).ConfigureAwait(false))
            .ToImmutableSortedDictionary();

        private async Task<ImmutableSortedDictionary<EscalationReason, int>> EscalationsByReason() =>
            (await In("select reason, count(*) from fte.escalations where raised_at >= $1 and raised_at < $2 group by reason")
                .List(static row => KeyValuePair.Create(row.Enum<EscalationReason>(), (int)row.Long()), cancellationToken).ConfigureAwait(false))
            .GroupBy(reason => reason.Key, reason => reason.Value)   // Words of a later version are read as one.
            .ToImmutableSortedDictionary(reason => reason.Key, reason => reason.Sum());

        /// <summary>The middle one, or the mean of the two in the middle.</summary>
        private async Task<TimeSpan?> MedianFirstResponse()
        {
            var seconds = await In("""
                select extract(epoch from percentile_cont(0.5) within group (order by first_response_at - opened_at))::float8
                from fte.tickets where first_response_at >= $1 and first_response_at < $2
                """).First(static row => row.DoubleOrNull(), null, cancellationToken).ConfigureAwait(false);
            return seconds is { } median ? TimeSpan.FromSeconds(median) : null;
        }

        private async Task<int> Number(string sql) => (int)await In(sql).First(static row => row.Long(), 0, cancellationToken).ConfigureAwait(false);

        private PostgresStatement In(string sql) => session[sql].Set(from).Set(to).Within(Patience);
    }
}
