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

    // Each way finds its rows by a time's index, and the message by the conversation's own.
    private const string Asked = $"""
        select m.customer_id, m.sequence, m.id, m.text from (
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
        order by m.at desc, m.id desc limit $limit
        """;

    public Task<ImmutableArray<UnansweredMessage>> Unanswered(DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken) => record.Read(
        session => Enumerable.Reverse(session[Asked].Set("$from", from).Set("$to", to).Set("$limit", limit)
            .List(static row => new UnansweredMessage(new(row.Id()), row.Long(), new(row.Id()), row.Text())))
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
                foreach (var message in gap.Messages.Take(IGaps.MessageLimit))
                    session["""
                        insert into gap_messages (day, number, customer_id, sequence, message_id)
                        select $day, $number, id, $sequence, $message from customers where id = $customer
                        """]
                        .Set("$day", GapRows.Name(day)).Set("$number", number).Set("$customer", message.Conversation.Value)
                        .Set("$sequence", message.Sequence).Set("$message", message.Message.Value)
                        .Execute();
            }

            return true;
        },
        cancellationToken);

    public Task<ImmutableArray<KeptGap>> Read(DateOnly from, DateOnly through, CancellationToken cancellationToken) => record.Read(
        session =>
        {
            var gaps = session["select day, number, terms, people, messages from gaps where day >= $from and day <= $through"]
                .Set("$from", GapRows.Name(from)).Set("$through", GapRows.Name(through))
                .List(static row => new GapRow(row.Text(), row.Int(), [.. JsonSerializer.Deserialize<string[]>(row.Text())!], row.Int(), row.Int()));
            var examples = session[$"""
                select day, number, customer_id, id, at, text from (
                    select g.day, g.number, m.customer_id, m.id, m.at, m.text, row_number() over (partition by g.day, g.number order by m.at, m.id) as place
                    from gap_messages g join messages m on m.customer_id = g.customer_id and m.sequence = g.sequence and m.id = g.message_id
                    where g.day >= $from and g.day <= $through and {NotHidden})
                where place <= $examples order by place
                """]
                .Set("$from", GapRows.Name(from)).Set("$through", GapRows.Name(through)).Set("$examples", IGaps.ExampleLimit)
                .List(static row => (row.Text(), row.Int(), new GapExample(new(row.Id()), new(row.Id()), row.Time(), row.Text())));
            return GapRows.Together(gaps, examples);
        },
        cancellationToken);
}
