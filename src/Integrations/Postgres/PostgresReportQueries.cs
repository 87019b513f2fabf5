using System.Collections.Immutable;
using FteAgent.Reports;
using FteAgent.Storage;

namespace FteAgent.Postgres;

/// <summary>Counts, taken from one state of the record.</summary>
internal sealed class PostgresReportQueries(PostgresRecord record) : IReportQueries
{
    /// <summary>A year of a busy deployment is counted row by row.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public Task<ActivityReport> Activity(DateTimeOffset from, DateTimeOffset to, ActivityMeasures measures, CancellationToken cancellationToken) =>
        record.ReadOneState(session => new Period(session, from, to, measures, cancellationToken).Count(), cancellationToken);

    public async Task<ImmutableSortedDictionary<DateOnly, GapFigures>> Gaps(DateOnly first, DateOnly last, CancellationToken cancellationToken) =>
        (await record["select day, count(*), sum(messages) from fte.gaps where day between $1 and $2 group by day"]
            .Set(DayText.Of(first)).Set(DayText.Of(last))
            .List(static row => (Day: DayText.Read(row.Text()), Gaps: new GapFigures((int)row.Long(), (int)row.Long())), cancellationToken).ConfigureAwait(false))
        .ToImmutableSortedDictionary(day => day.Day, day => day.Gaps);

    private sealed class Period(PostgresSession session, DateTimeOffset from, DateTimeOffset to, ActivityMeasures measures, CancellationToken cancellationToken)
    {
        private const string Usage = """
            count(*), coalesce(sum(calls), 0)::bigint, coalesce(sum(input_tokens), 0)::bigint, coalesce(sum(cached_tokens), 0)::bigint,
            coalesce(sum(output_tokens), 0)::bigint, coalesce(sum(cost_micros), 0)::bigint
            """;

        public async Task<ActivityReport> Count() => new ActivityCounts
        {
            Messages = await Messages().ConfigureAwait(false),
            Opened = await List(
                "select channel, count(*) from fte.tickets where opened_at >= $1 and opened_at < $2 group by channel",
                static row => new OpenedCount(row.Text(), row.Long())).ConfigureAwait(false),
            Closed = await Closed().ConfigureAwait(false),
            Escalations = await List(
                """
                select t.channel, coalesce(e.first_reason, e.reason), count(*) from fte.escalations e join fte.tickets t on t.id = e.ticket_id
                where e.raised_at >= $1 and e.raised_at < $2 group by 1, 2
                """,
                static row => new EscalationCount(row.Text(), row.Text(), row.Long())).ConfigureAwait(false),
            Responses = await Responses().ConfigureAwait(false),
            ReasonMessages = await ReasonMessages().ConfigureAwait(false),
            ReasonClosed = await List(
                """
                select coalesce(e.first_reason, e.reason), count(distinct t.number), count(distinct t.number) filter (where t.resolution_verified_by is not null)
                from fte.tickets t join fte.escalations e on e.ticket_id = t.id
                where t.closed_at >= $1 and t.closed_at < $2 group by 1
                """,
                static row => new ReasonClosed(row.Text(), row.Long(), row.Long())).ConfigureAwait(false),
            AllModels = (await List($"select {Usage} from fte.model_calls where at >= $1 and at < $2", ReadUsage).ConfigureAwait(false))[0],
            Models = await List(
                $"select model, {Usage} from fte.model_calls where at >= $1 and at < $2 group by model order by sum(cost_micros) desc, model limit {ModelFigures.ModelLimit}",
                static row => new NamedModelUsage(row.Text(), ReadUsage(row))).ConfigureAwait(false),
            Feedback = (await List(
                "select count(*) filter (where helpful), count(*) filter (where not helpful) from fte.feedback where at >= $1 and at < $2",
                static row => new FeedbackFigures((int)row.Long(), (int)row.Long())).ConfigureAwait(false))[0],
        }.Report();

        private Task<List<MessageCount>> Messages() => In("""
            select channel, count(*), count(sentiment), coalesce(sum(sentiment), 0), count(*) filter (where sentiment < $3)
            from fte.messages where author = 'customer' and at >= $1 and at < $2 group by channel
            """)
            .Set(measures.LowSentiment)
            .List(static row => new MessageCount(row.Text(), row.Long(), row.Long(), row.Double(), row.Long()), cancellationToken);

        private Task<List<ClosedCount>> Closed() => List("""
            select channel, count(*), count(*) filter (where is_alone and is_verified), count(*) filter (where is_alone and not is_verified)
            from (
                select t.channel, t.resolution_verified_by is not null as is_verified,
                    t.escalated_at is null and t.resolution_by is distinct from 'operator' and not exists (
                        select 1 from fte.messages m
                        where m.customer_id = t.customer_id and m.ticket_id = t.id and m.author = 'operator' and m.kind = 'text') as is_alone
                from fte.tickets t where t.closed_at >= $1 and t.closed_at < $2) closed
            group by channel
            """, static row => new ClosedCount(row.Text(), row.Long(), row.Long(), row.Long()));

        /// <summary>Each channel's, and one row for all of them.</summary>
        private Task<List<ResponseCount>> Responses() => In("""
            select t.channel, count(*), count(*) filter (where t.first_response_at - t.opened_at <= p.promise),
                extract(epoch from percentile_cont(0.5) within group (order by t.first_response_at - t.opened_at))::float8,
                extract(epoch from percentile_cont(0.95) within group (order by t.first_response_at - t.opened_at))::float8
            from fte.tickets t left join unnest($3::text[], $4::interval[]) as p (channel, promise) on p.channel = t.channel
            where t.first_response_at >= $1 and t.first_response_at < $2
            group by grouping sets ((t.channel), ())
            """)
            .Set([.. measures.Promises.Keys.Select(channel => EnumText.Of(channel))])
            .Set([.. measures.Promises.Values])
            .List(
                static row => new ResponseCount(row.TextOrNull(), new((int)row.Long(), (int)row.Long(), Seconds(row.DoubleOrNull()), Seconds(row.DoubleOrNull()))),
                cancellationToken);

        private Task<List<ReasonMessages>> ReasonMessages() => In("""
            select e.reason, count(*), count(m.sentiment), coalesce(sum(m.sentiment), 0), count(*) filter (where m.sentiment < $3)
            from (select distinct coalesce(first_reason, reason) as reason, customer_id, ticket_id from fte.escalations where raised_at >= $1 and raised_at < $2) e
            join fte.messages m on m.customer_id = e.customer_id and m.ticket_id = e.ticket_id
            where m.author = 'customer' and m.at >= $1 and m.at < $2
            group by e.reason
            """)
            .Set(measures.LowSentiment)
            .List(static row => new ReasonMessages(row.Text(), row.Long(), row.Long(), row.Double(), row.Long()), cancellationToken);

        private static ModelUsage ReadUsage(PostgresRow row) => new((int)row.Long(), row.Long(), row.Long(), row.Long(), row.Long(), row.Long());

        private static TimeSpan? Seconds(double? seconds) => seconds is { } known ? TimeSpan.FromSeconds(known) : null;

        private Task<List<T>> List<T>(string sql, Func<PostgresRow, T> read) => In(sql).List(read, cancellationToken);

        private PostgresStatement In(string sql) => session[sql].Set(from).Set(to).Within(Patience);
    }
}
