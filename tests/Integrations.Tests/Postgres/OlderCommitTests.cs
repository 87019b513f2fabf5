using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Record;
using FteAgent.Testing;
using FteAgent.Tickets;

namespace FteAgent.Postgres;

/// <summary>Silos of the version before commit by the function's older name while a fleet is upgraded.</summary>
public sealed class OlderCommitTests
{
    [Fact]
    public async Task A_message_that_a_silo_without_traces_joins_leaves_the_exchange_its_place()
    {
        const string Place = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        await using var record = await PostgresTestRecord.Create(new FakeTime());
        var conversation = await record.NewConversation();
        conversation = await record.Commit(new Act(conversation, record.Now).CustomerSays("Hello").OpensExchange(trace: Place));

        // As the version before writes it: all of the conversation, and nothing of traces.
        var source = record.Get<PostgresSource>();
        await using var older = source.Work.CreateCommand($"""
            select fte.commit_conversations(
                array[c.customer_id], array[c.version], array[gen_random_uuid()], array[c.epoch + 1], array[c.last_sequence], array[c.decided_through],
                array[c.exchange_id], array[c.exchange_opened_at], array[c.exchange_first_sequence], array[c.exchange_last_sequence], array[1],
                array[0::bigint], array[30000000::bigint], array[0], array['older'],
                null, null, null, null, null, null, null, null, array[30000000::bigint], null, null, null, null,
                null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null, null)
            from fte.conversations c where c.customer_id = '{conversation.Customer.Value}'
            """);
        Assert.Equal(DBNull.Value, await older.ExecuteScalarAsync());

        var after = await record.Load(conversation);
        Assert.Equal((conversation.Version + 1, "older", Place), (after.Version, after.Exchange!.WorkedBy, after.Exchange.Trace));
    }

    [Fact]
    public async Task What_a_silo_of_the_version_before_writes_leaves_who_opened_a_ticket_and_what_an_escalation_was_raised_for()
    {
        await using var record = await PostgresTestRecord.Create(new FakeTime());
        var conversation = await record.Commit(new Act(await record.NewConversation(), record.Now)
            .Opens("Own").CustomerSays("Hello").Escalates(EscalationReason.NoEvidence)
            .Opens(new Ticket(
                TicketId.Mint(record.Time), "Invoice", TicketStatus.Open, TicketCategory.Billing, TicketPriority.Low, Channel.Web, record.Now, null)
            { OpenedByOperator = true }));

        await using var older = record.Get<PostgresSource>().Work.CreateCommand($$"""
            select
                fte.write_tickets((select jsonb_agg(to_jsonb(t) - 'opened_by_operator' || '{"status": "waiting"}') from fte.tickets t), null),
                fte.write_escalations((select jsonb_agg(to_jsonb(e) - 'first_reason' - 'first_rule' || '{"reason": "legal", "rule": "A4.legal"}') from fte.escalations e), null)
            """);
        await older.ExecuteNonQueryAsync();

        Assert.Equal(
            [("Own", TicketStatus.Waiting, false), ("Invoice", TicketStatus.Waiting, true)],
            (await record.Load(conversation)).Tickets.Select(ticket => (ticket.Subject, ticket.Status, ticket.OpenedByOperator)));
        await using var kept = record.Get<PostgresSource>().Work.CreateCommand("select reason || ' ' || first_reason || ' ' || first_rule from fte.escalations");
        Assert.Equal("legal no_evidence rule-1", await kept.ExecuteScalarAsync());
    }
}
