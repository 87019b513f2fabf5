using FteAgent.Record;
using FteAgent.Testing;

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
}
