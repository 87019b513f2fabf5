using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Tickets;
using Npgsql;
using NpgsqlTypes;

namespace FteAgent.Postgres;

/// <summary>Loads a conversation with its open escalation, open tickets and recent messages in one round trip.</summary>
internal static class ConversationLoad
{
    /// <summary>How often a conversation that somebody commits to at that very moment is read again.</summary>
    private const int Attempts = 20;

    private static readonly string Conversation = $"select {ConversationColumns.All}, sla_due_at, fte.now() from fte.conversations where customer_id = $1";

    private static readonly string Escalation = $"""
        select {EscalationColumns.All} from fte.escalations
        where id = (select c.escalation_id from fte.conversations c where c.customer_id = $1)
        """;

    private static readonly string Tickets = $"select {TicketColumns.All} from fte.tickets where customer_id = $1 and status <> 'closed' order by number";

    // What is still to be decided is at hand, however much it is.
    private static readonly string Recent = $"""
        select {MessageColumns.All} from fte.messages where customer_id = $1
        order by sequence desc
        limit (
            select greatest({FteAgent.Conversations.Conversation.RecentLimit}, least(c.last_sequence - c.decided_through, {FteAgent.Conversations.Conversation.UndecidedLimit}))
            from fte.conversations c where c.customer_id = $1)
        """;

    // Whoever has a conversation's token may be heard of before the record has heard of them: only who was erased is gone.
    private const string Person = """
        select u.merged_into, exists (select 1 from fte.customers m where m.merged_into = $1),
            u.id is null and exists (select 1 from fte.audit a where a.customer_id = $1 and a.act = 'erased'), coalesce(u.parted, 0)
        from (values ($1)) as asked (id) left join fte.customers u on u.id = asked.id
        """;

    private const string Hidden = """
        select distinct after_sequence, through_sequence from fte.hidden_parts where customer_id = $1
        order by after_sequence, through_sequence
        """;

    private const string Version = "select version from fte.conversations where customer_id = $1";

    /// <summary>Loads it with due times on the caller's clock.</summary>
    public static async Task<Conversation> Run(PostgresRecord record, TimeProvider clock, CustomerId customer, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (conversation, version) = await PostgresFailure.SayWhenUnavailable(RunOnce(record.Source.Work, clock, customer, cancellationToken)).ConfigureAwait(false);
            if (conversation.Version == version)
                return conversation.Parted > 0 ? conversation with { Hidden = await FindHidden(record, customer, cancellationToken).ConfigureAwait(false) } : conversation;
            // Each statement sees what was committed before it. Here somebody committed in between: what was read is of two versions.
            if (attempt == Attempts)
                throw new RecordUnavailableException($"The conversation moved on {Attempts} times while it was read.");
        }
    }

    // Asked for by itself, since hardly anybody was ever parted. One more than the version knows of hides no less; one goes with all that was said in it.
    private static async Task<ImmutableArray<HiddenPart>> FindHidden(PostgresRecord record, CustomerId customer, CancellationToken cancellationToken) =>
        [.. await record[Hidden]
            .Set(customer.Value)
            .List(static row => new HiddenPart(row.Long(), row.Long()), cancellationToken).ConfigureAwait(false)];

    private static async Task<(Conversation Conversation, long Version)> RunOnce(
        NpgsqlDataSource source, TimeProvider clock, CustomerId customer, CancellationToken cancellationToken)
    {
        var batch = source.CreateBatch();
        await using (batch.ConfigureAwait(false))
        {
            foreach (var sql in (string[])[Conversation, Escalation, Tickets, Recent, Person, Version])
                batch.BatchCommands.Add(new(sql) { Parameters = { new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Uuid, Value = customer.Value } } });

            var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var row = new PostgresRow(reader);
                async Task<List<T>> Next<T>(Func<PostgresRow, T> read, bool first = false)
                {
                    if (!first)
                        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                    var rows = new List<T>();
                    while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                    {
                        row.Start();
                        rows.Add(read(row));
                    }

                    return rows;
                }

                var conversations = await Next(r => (Row: ConversationColumns.Read(r, customer), Clocks: DueTimes.Read(r, clock)), first: true).ConfigureAwait(false);
                var escalations = await Next(EscalationColumns.Read).ConfigureAwait(false);
                List<Ticket> tickets = await Next(TicketColumns.Read).ConfigureAwait(false);
                var latestFirst = await Next(MessageColumns.Read).ConfigureAwait(false);
                var people = await Next(static r => (MergedInto: r.IdOrNull(), HasEarlier: r.Bool(), IsGone: r.Bool(), Parted: r.Long())).ConfigureAwait(false);
                var versions = await Next(static r => r.Long()).ConfigureAwait(false);
                latestFirst.Reverse();
                var conversation = conversations is [var found]
                    ? found.Clocks.Of(found.Row with { Escalation = escalations is [var open] ? open : null, Tickets = [.. tickets], Recent = [.. latestFirst] })
                    : FteAgent.Conversations.Conversation.New(customer);
                var (into, hasEarlier, isGone, parted) = people[0];
                conversation = conversation with
                {
                    MergedInto = into is { } other ? new(other) : null,
                    HasEarlier = hasEarlier,
                    IsGone = isGone,
                    Parted = parted,
                };
                return (conversation, versions is [var version] ? version : 0);
            }
        }
    }
}
