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

    // Each way finds its rows by a time's index, and the message by the conversation's own. What was said since the last answer was to be answered with it.
    private const string Asked = $"""
        with bursts as (
        select m.customer_id, m.sequence as last, m.at, m.id, greatest(m.sequence - $4, coalesce((
            select max(x.sequence) from fte.messages x
            where x.customer_id = m.customer_id and x.sequence < m.sequence and x.author <> 'customer' and x.kind = 'text'), 0)) as answered
        from fte.messages m join (
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
        order by m.at desc, m.id desc limit $3)
        select m.customer_id, m.sequence, m.id, m.text, bursts.last
        from bursts join fte.messages m on m.customer_id = bursts.customer_id and m.sequence > bursts.answered and m.sequence <= bursts.last
        where m.author = 'customer' and m.kind = 'text' and {NotHidden}
        order by bursts.at, bursts.id, m.sequence
        """;

    public async Task<ImmutableArray<UnansweredMessage>> Unanswered(DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken) =>
    [
        .. await record[Asked].Set(from).Set(to).Set(limit).Set(IGaps.BurstLimit)
            .List(static row => new UnansweredMessage(new(row.Id()), row.Long(), new(row.Id()), row.Text()) { Burst = row.Long() }, cancellationToken)
            .ConfigureAwait(false),
    ];

    public Task Keep(DateOnly day, ImmutableArray<Gap> gaps, CancellationToken cancellationToken) => record.Together(
        async session =>
        {
            // As whoever merges and erases does: nobody is erased between the look and the commit.
            await session["select fte.take_turn()"].Any(cancellationToken).ConfigureAwait(false);
            await session["delete from fte.gaps where day = $1 or day < $2"].Set(GapRows.Name(day)).Set(GapRows.Name(day.AddDays(-IGaps.KeptDays)))
                .Execute(cancellationToken).ConfigureAwait(false);
            for (var number = 0; number < Math.Min(gaps.Length, IGaps.GapLimit); number++)
            {
                var gap = gaps[number];
                await session["insert into fte.gaps (day, number, terms, people, messages) values ($1, $2, $3, $4, $5)"]
                    .Set(GapRows.Name(day)).Set(number).Set([.. gap.Terms]).Set(gap.Customers).Set(gap.Messages.Length)
                    .Execute(cancellationToken).ConfigureAwait(false);
                if (await KeepMessages(session, day, number, gap.Messages, cancellationToken).ConfigureAwait(false) < gap.Messages.Length)
                    await session["update fte.gaps set terms = '{}' where day = $1 and number = $2"].Set(GapRows.Name(day)).Set(number)
                        .Execute(cancellationToken).ConfigureAwait(false);
            }

            return true;
        },
        cancellationToken);

    public Task<GapPage> Read(DateOnly from, DateOnly through, int limit, string? cursor, CancellationToken cancellationToken)
    {
        if (GapRows.After(cursor) is not { } after)
            return Task.FromResult(new GapPage([], null));   // Nothing lies behind a cursor that we did not give.
        var wanted = Math.Clamp(limit, 1, IGaps.PageLimit);
        return record.ReadOneState(
            async session =>
            {
                var gaps = await session["""
                    select day, number, terms, people, messages from fte.gaps
                    where day >= $1 and day <= $2 and (day < $3 or (day = $3 and number > $4))
                    order by day desc, number limit $5
                    """]
                    .Set(GapRows.Name(from)).Set(GapRows.Name(through)).Set(after.Day).Set(after.Number).Set(wanted + 1)
                    .List(static row => new GapRow(row.Text(), row.Int(), [.. row.Texts()], row.Int(), row.Int()), cancellationToken).ConfigureAwait(false);
                return GapRows.Page(gaps, wanted, await Examples(session, gaps, cancellationToken).ConfigureAwait(false));
            },
            cancellationToken);
    }

    /// <summary>How many of them are still there.</summary>
    private static Task<int> KeepMessages(
        PostgresSession session, DateOnly day, int number, ImmutableArray<UnansweredMessage> messages, CancellationToken cancellationToken) =>
        session["""
            insert into fte.gap_messages (day, number, customer_id, sequence, message_id)
            select $1, $2, m.customer_id, m.sequence, m.id from unnest($3, $4, $5) as asked (customer_id, sequence, id)
            join fte.messages m on m.customer_id = asked.customer_id and m.sequence = asked.sequence and m.id = asked.id
            """]
            .Set(GapRows.Name(day)).Set(number)
            .Set([.. messages.Select(message => message.Conversation.Value)]).Set([.. messages.Select(message => message.Sequence)])
            .Set([.. messages.Select(message => message.Message.Value)])
            .Execute(cancellationToken);

    /// <summary>By their ids, so that each gap's first ones are found without reading all of them.</summary>
    private static Task<List<(string, int, GapExample)>> Examples(PostgresSession session, List<GapRow> gaps, CancellationToken cancellationToken) =>
        session[$"""
            select gap.day, gap.number::integer, shown.customer_id, shown.id, shown.at, shown.text
            from unnest($1, $2) as gap (day, number) cross join lateral (
                select m.customer_id, m.id, m.at, m.text
                from fte.gap_messages g join fte.messages m on m.customer_id = g.customer_id and m.sequence = g.sequence and m.id = g.message_id
                where g.day = gap.day and g.number = gap.number and {NotHidden}
                order by g.message_id limit $3) shown
            """]
            .Set([.. gaps.Select(gap => gap.Day)]).Set([.. gaps.Select(gap => (long)gap.Number)]).Set(IGaps.ExampleLimit)
            .List(static row => (row.Text(), row.Int(), new GapExample(new(row.Id()), new(row.Id()), row.Time(), row.Text())), cancellationToken);
}
