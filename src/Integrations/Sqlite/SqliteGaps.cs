using System.Collections.Immutable;
using System.Text.Json;
using FteAgent.Learning;
using FteAgent.Storage;

namespace FteAgent.Sqlite;

/// <summary>What the documents lack, in the file.</summary>
internal sealed class SqliteGaps(SqliteRecord record) : IGaps
{
    private const string NotHidden = """
        not exists (
            select 1 from hidden_parts part
            where part.customer_id = m.customer_id and m.sequence > part.after_sequence and m.sequence <= part.through_sequence)
        """;

    // Each way finds its rows by a time's index, and the message by the conversation's own. What was said since the last answer was to be answered with it.
    private const string Asked = $"""
        with bursts as (
        select m.customer_id, m.sequence as last, m.at, m.id, max(m.sequence - $burst, coalesce((
            select max(x.sequence) from messages x
            where x.customer_id = m.customer_id and x.sequence < m.sequence and x.author <> 'customer' and x.kind = 'text'), 0)) as answered
        from (
            select e.customer_id, (
                select max(x.sequence) from messages x
                where x.customer_id = e.customer_id and x.author = 'customer' and x.kind = 'text' and x.at <= e.raised_at) as sequence
            from escalations e where e.raised_at >= $from and e.raised_at < $to and coalesce(e.first_rule, e.rule) = '{GapRows.NoEvidence}'
            union
            select f.customer_id, (
                select max(x.sequence) from messages x
                where x.customer_id = f.customer_id and x.author = 'customer' and x.kind = 'text' and x.sequence < f.sequence)
            from feedback f where f.at >= $from and f.at < $to and f.helpful = 0) asked
        join messages m on asked.customer_id = m.customer_id and asked.sequence = m.sequence
        where {NotHidden}
        order by m.at desc, m.id desc limit $limit)
        select m.customer_id, m.sequence, m.id, m.text, bursts.last
        from bursts join messages m on m.customer_id = bursts.customer_id and m.sequence > bursts.answered and m.sequence <= bursts.last
        where m.author = 'customer' and m.kind = 'text' and {NotHidden}
        order by bursts.at, bursts.id, m.sequence
        """;

    public Task<ImmutableArray<UnansweredMessage>> Unanswered(DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken) => record.Read(
        session => session[Asked].Set("$from", from).Set("$to", to).Set("$limit", limit).Set("$burst", IGaps.BurstLimit)
            .List(static row => new UnansweredMessage(new(row.Id()), row.Long(), new(row.Id()), row.Text()) { Burst = row.Long() })
            .ToImmutableArray(),
        cancellationToken);

    public Task Keep(DateOnly day, ImmutableArray<Gap> gaps, CancellationToken cancellationToken) => record.Write(
        session =>
        {
            session["delete from gaps where day = $day or day < $over"].Set("$day", GapRows.Name(day)).Set("$over", GapRows.Name(day.AddDays(-IGaps.KeptDays))).Execute();
            for (var number = 0; number < Math.Min(gaps.Length, IGaps.GapLimit); number++)
            {
                var gap = gaps[number];
                session["insert into gaps (day, number, terms, people, messages) values ($day, $number, $terms, $people, $messages)"]
                    .Set("$day", GapRows.Name(day)).Set("$number", number).Set("$terms", JsonSerializer.Serialize(gap.Terms.ToArray()))
                    .Set("$people", gap.Customers).Set("$messages", gap.Messages.Length)
                    .Execute();
                if (gap.Messages.Sum(message => KeepMessage(session, day, number, message)) < gap.Messages.Length)
                    session["update gaps set terms = '[]' where day = $day and number = $number"].Set("$day", GapRows.Name(day)).Set("$number", number).Execute();
            }

            return true;
        },
        cancellationToken);

    public Task<GapPage> Read(DateOnly from, DateOnly through, int limit, string? cursor, CancellationToken cancellationToken)
    {
        if (GapRows.After(cursor) is not { } after)
            return Task.FromResult(new GapPage([], null));   // Nothing lies behind a cursor that we did not give.
        var wanted = Math.Clamp(limit, 1, IGaps.PageLimit);
        return record.Read(
            session =>
            {
                var gaps = session["""
                    select day, number, terms, people, messages from gaps
                    where day >= $from and day <= $through and (day < $day or (day = $day and number > $number))
                    order by day desc, number limit $limit
                    """]
                    .Set("$from", GapRows.Name(from)).Set("$through", GapRows.Name(through)).Set("$day", after.Day).Set("$number", after.Number).Set("$limit", wanted + 1)
                    .List(static row => new GapRow(row.Text(), row.Int(), [.. JsonSerializer.Deserialize<string[]>(row.Text())!], row.Int(), row.Int()));
                return GapRows.Page(gaps, wanted, gaps.SelectMany(gap => Examples(session, gap)).ToList());
            },
            cancellationToken);
    }

    /// <summary>1 where it is still there, else 0.</summary>
    private static int KeepMessage(SqliteSession session, DateOnly day, int number, UnansweredMessage message) =>
        session["""
            insert into gap_messages (day, number, customer_id, sequence, message_id)
            select $day, $number, customer_id, sequence, id from messages where customer_id = $customer and sequence = $sequence and id = $message
            """]
            .Set("$day", GapRows.Name(day)).Set("$number", number).Set("$customer", message.Conversation.Value)
            .Set("$sequence", message.Sequence).Set("$message", message.Message.Value)
            .Execute();

    /// <summary>By their ids, so that each gap's first ones are found without reading all of them.</summary>
    private static IEnumerable<(string, int, GapExample)> Examples(SqliteSession session, GapRow gap) =>
        session[$"""
            select m.customer_id, m.id, m.at, m.text
            from gap_messages g join messages m on m.customer_id = g.customer_id and m.sequence = g.sequence and m.id = g.message_id
            where g.day = $day and g.number = $number and {NotHidden}
            order by g.message_id limit $examples
            """]
            .Set("$day", gap.Day).Set("$number", gap.Number).Set("$examples", IGaps.ExampleLimit)
            .List(static row => new GapExample(new(row.Id()), new(row.Id()), row.Time(), row.Text()))
            .Select(example => (gap.Day, gap.Number, example));
}
