using System.Collections.Immutable;
using FteAgent.Reports;
using FteAgent.Storage;

namespace FteAgent.Sqlite;

/// <summary>Counts, taken from the file.</summary>
internal sealed class SqliteReportQueries(SqliteRecord record) : IReportQueries
{
    public Task<ActivityReport> Activity(DateTimeOffset from, DateTimeOffset to, ActivityMeasures measures, CancellationToken cancellationToken) =>
        record.Read(session => new Period(session, from, to, measures).Count(), cancellationToken);

    public Task<ImmutableSortedDictionary<DateOnly, GapFigures>> Gaps(DateOnly first, DateOnly last, CancellationToken cancellationToken) => record.Read(
        session => session["select day, count(*), sum(messages) from gaps where day between $first and $last group by day"]
            .Set("$first", DayText.Of(first)).Set("$last", DayText.Of(last))
            .List(static row => (Day: DayText.Read(row.Text()), Gaps: new GapFigures(row.Int(), row.Int())))
            .ToImmutableSortedDictionary(day => day.Day, day => day.Gaps),
        cancellationToken);

    private sealed class Period(SqliteSession session, DateTimeOffset from, DateTimeOffset to, ActivityMeasures measures)
    {
        private const string Usage =
            "count(*), coalesce(sum(calls), 0), coalesce(sum(input_tokens), 0), coalesce(sum(cached_tokens), 0), coalesce(sum(output_tokens), 0), coalesce(sum(cost_micros), 0)";

        public ActivityReport Count() => new ActivityCounts
        {
            Messages = In("""
                select channel, count(*), count(sentiment), total(sentiment), count(*) filter (where sentiment < $low)
                from messages where author = 'customer' and at >= $from and at < $to group by channel
                """)
                .Set("$low", measures.LowSentiment)
                .List(static row => new MessageCount(row.Text(), row.Long(), row.Long(), row.Double(), row.Long())),
            Opened = In("select channel, count(*) from tickets where opened_at >= $from and opened_at < $to group by channel")
                .List(static row => new OpenedCount(row.Text(), row.Long())),
            Closed = Closed(),
            Escalations = In("""
                select t.channel, coalesce(e.first_reason, e.reason), count(*) from escalations e join tickets t on t.id = e.ticket_id
                where e.raised_at >= $from and e.raised_at < $to group by 1, 2
                """)
                .List(static row => new EscalationCount(row.Text(), row.Text(), row.Long())),
            Responses = Responses(),
            ReasonMessages = ReasonMessages(),
            ReasonClosed = In("""
                select coalesce(e.first_reason, e.reason), count(distinct t.number), count(distinct t.number) filter (where t.resolution_verified_by is not null)
                from tickets t join escalations e on e.ticket_id = t.id
                where t.closed_at >= $from and t.closed_at < $to group by 1
                """)
                .List(static row => new ReasonClosed(row.Text(), row.Long(), row.Long())),
            AllModels = In($"select {Usage} from model_calls where at >= $from and at < $to").First(ReadUsage, ModelUsage.None),
            Models = In($"select model, {Usage} from model_calls where at >= $from and at < $to group by model order by sum(cost_micros) desc, model limit {ModelFigures.ModelLimit}")
                .List(static row => new NamedModelUsage(row.Text(), ReadUsage(row))),
            Feedback = In("select count(*) filter (where helpful = 1), count(*) filter (where helpful = 0) from feedback where at >= $from and at < $to")
                .First(static row => new FeedbackFigures(row.Int(), row.Int()), FeedbackFigures.None),
        }.Report();

        private List<ClosedCount> Closed() => In("""
            select channel, count(*), count(*) filter (where is_alone and is_verified), count(*) filter (where is_alone and not is_verified)
            from (
                select t.channel, t.resolution_verified_by is not null as is_verified,
                    t.escalated_at is null and t.resolution_by is not 'operator' and not exists (
                        select 1 from messages m
                        where m.customer_id = t.customer_id and m.ticket_id = t.id and m.author = 'operator' and m.kind = 'text') as is_alone
                from tickets t where t.closed_at >= $from and t.closed_at < $to)
            group by channel
            """).List(static row => new ClosedCount(row.Text(), row.Long(), row.Long(), row.Long()));

        /// <summary>Each channel's, and one for all of them. SQLite has no percentiles; one file's day is not too long to be read.</summary>
        private List<ResponseCount> Responses()
        {
            var waits = In("select channel, first_response_at - opened_at as waited from tickets where first_response_at >= $from and first_response_at < $to order by waited")
                .List(static row => (Channel: row.Text(), Waited: row.Long()));
            var promises = measures.Promises.ToDictionary(promise => EnumText.Of(promise.Key), promise => Micros.Of(promise.Value), StringComparer.Ordinal);
            var channels = waits.GroupBy(wait => wait.Channel, StringComparer.Ordinal)
                .Select(channel => new ResponseCount(channel.Key, Of([.. channel.Select(wait => wait.Waited)], promises.GetValueOrDefault(channel.Key, -1)))).ToList();
            if (channels.Count > 0)
                channels.Add(new(null, Of([.. waits.Select(wait => wait.Waited)], 0) with { InTime = channels.Sum(channel => channel.Responses.InTime) }));
            return channels;
        }

        private static FirstResponseFigures Of(List<long> sorted, long promise) => new(
            sorted.Count, sorted.Count(waited => waited <= promise),
            TimeSpan.FromMicroseconds(Percentile.Of(sorted, 0.5)), TimeSpan.FromMicroseconds(Percentile.Of(sorted, 0.95)));

        private List<ReasonMessages> ReasonMessages() => In("""
            select e.reason, count(*), count(m.sentiment), total(m.sentiment), count(*) filter (where m.sentiment < $low)
            from (select distinct coalesce(first_reason, reason) as reason, customer_id, ticket_id from escalations where raised_at >= $from and raised_at < $to) e
            join messages m on m.customer_id = e.customer_id and m.ticket_id = e.ticket_id
            where m.author = 'customer' and m.at >= $from and m.at < $to
            group by e.reason
            """)
            .Set("$low", measures.LowSentiment)
            .List(static row => new ReasonMessages(row.Text(), row.Long(), row.Long(), row.Double(), row.Long()));

        private static ModelUsage ReadUsage(Row row) => new(row.Int(), row.Long(), row.Long(), row.Long(), row.Long(), row.Long());

        private Statement In(string sql) => session[sql].Set("$from", from).Set("$to", to);
    }
}
