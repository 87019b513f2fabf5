using System.Collections.Immutable;
using FteAgent.Learning;
using FteAgent.Storage;

namespace FteAgent.Postgres;

/// <summary>What the documents lack, in the database.</summary>
internal sealed class PostgresGaps(PostgresRecord record) : IGaps
{
    private const string NotHidden = """
        not exists (
            select 1 from fte.hidden_parts part
            where part.customer_id = m.customer_id and m.sequence > part.after_sequence and m.sequence <= part.through_sequence)
        """;

    // Each way finds its rows by a time's index, and the message by the conversation's own.
    private const string Asked = $"""
        select m.customer_id, m.sequence, m.id, m.text, m.at from fte.messages m join (
            select e.customer_id, (
                select max(x.sequence) from fte.messages x
                where x.customer_id = e.customer_id and x.author = 'customer' and x.kind = 'text' and x.at <= e.raised_at) as sequence
            from fte.escalations e where e.raised_at >= $1 and e.raised_at < $2 and coalesce(e.first_rule, e.rule) = '{GapRows.NoEvidence}'
            union
            select f.customer_id, (
                select max(x.sequence) from fte.messages x
                where x.customer_id = f.customer_id and x.author = 'customer' and x.kind = 'text' and x.sequence < f.sequence)
            from fte.feedback f where f.at >= $1 and f.at < $2 and not f.helpful) asked on asked.customer_id = m.customer_id and asked.sequence = m.sequence
        where {NotHidden}
        order by m.at desc, m.id desc limit $3
        """;

    public async Task<ImmutableArray<UnansweredMessage>> Unanswered(DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken)
    {
        var latest = await record[Asked].Set(from).Set(to).Set(limit)
            .List(static row => new UnansweredMessage(new(row.Id()), row.Long(), new(row.Id()), row.Text()), cancellationToken).ConfigureAwait(false);
        return [.. Enumerable.Reverse(latest)];
    }

    public Task Keep(DateOnly day, ImmutableArray<Gap> gaps, CancellationToken cancellationToken) => record.Together(
        async session =>
        {
            await session["delete from fte.gaps where day = $1 or day < $2"].Set(GapRows.Name(day)).Set(GapRows.Name(day.AddDays(-IGaps.KeptDays)))
                .Execute(cancellationToken).ConfigureAwait(false);
            for (var number = 0; number < Math.Min(gaps.Length, IGaps.GapLimit); number++)
            {
                var gap = gaps[number];
                await session["insert into fte.gaps (day, number, terms, people, messages) values ($1, $2, $3, $4, $5)"]
                    .Set(GapRows.Name(day)).Set(number).Set([.. gap.Terms]).Set(gap.Customers).Set(gap.Messages.Length)
                    .Execute(cancellationToken).ConfigureAwait(false);
                foreach (var message in gap.Messages.Take(IGaps.MessageLimit))
                    await session["""
                        insert into fte.gap_messages (day, number, customer_id, sequence, message_id)
                        select $1, $2, id, $4, $5 from fte.customers where id = $3 for key share
                        """]
                        .Set(GapRows.Name(day)).Set(number).Set(message.Conversation.Value).Set(message.Sequence).Set(message.Message.Value)
                        .Execute(cancellationToken).ConfigureAwait(false);
            }

            return true;
        },
        cancellationToken);

    public Task<ImmutableArray<KeptGap>> Read(DateOnly from, DateOnly through, CancellationToken cancellationToken) => record.ReadOneState(
        async session =>
        {
            var gaps = await session["select day, number, terms, people, messages from fte.gaps where day >= $1 and day <= $2"]
                .Set(GapRows.Name(from)).Set(GapRows.Name(through))
                .List(static row => new GapRow(row.Text(), row.Int(), [.. row.Texts()], row.Int(), row.Int()), cancellationToken).ConfigureAwait(false);
            var examples = await session[$"""
                select day, number, customer_id, id, at, text from (
                    select g.day, g.number, m.customer_id, m.id, m.at, m.text, row_number() over (partition by g.day, g.number order by m.at, m.id) as place
                    from fte.gap_messages g join fte.messages m on m.customer_id = g.customer_id and m.sequence = g.sequence and m.id = g.message_id
                    where g.day >= $1 and g.day <= $2 and {NotHidden}) shown
                where place <= $3 order by place
                """]
                .Set(GapRows.Name(from)).Set(GapRows.Name(through)).Set(IGaps.ExampleLimit)
                .List(static row => (row.Text(), row.Int(), new GapExample(new(row.Id()), new(row.Id()), row.Time(), row.Text())), cancellationToken).ConfigureAwait(false);
            return GapRows.Together(gaps, examples);
        },
        cancellationToken);
}
