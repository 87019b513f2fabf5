using System.Collections.Concurrent;
using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Record;
using FteAgent.Testing;
using Xunit.Abstractions;

namespace FteAgent.Sqlite;

/// <summary>Random acts from many rivals at once, held against a model: each version has one author, and nothing else is in the record.</summary>
public sealed class SqliteHistoryTests(ITestOutputHelper output)
{
    private const int Conversations = 12;
    private const int RivalsEach = 4;
    private const int ActsEach = 60;

    private readonly ConcurrentDictionary<(CustomerId, long Version), ConversationChanges> model = [];
    private readonly ConcurrentBag<ConversationChanges> refused = [];
    private readonly ConcurrentDictionary<Guid, bool> sent = [];

    [Fact]
    public async Task Concurrent_history_agrees_with_the_model()
    {
        var seed = TestSeed.Take(output.WriteLine);
        using var folder = new TestFolder();
        var path = folder.File("fte.db");
        var time = new FakeTime();
        await using var services = SqliteTestRecord.Services(path, time);
        var record = new TestRecord(services, time, () => ValueTask.CompletedTask);
        var customers = await Task.WhenAll(Enumerable.Range(0, Conversations).Select(_ => record.NewCustomer()));

        await Task.WhenAll(customers.SelectMany((customer, c) => Enumerable.Range(0, RivalsEach).Select(rival =>
            Task.Run(() => Act(record, customer, TestSeed.For(seed, c, rival), $"silo-{rival}")))));

        foreach (var customer in customers)
            await Compare(record, customer);
        output.WriteLine($"{model.Count} commits, {refused.Count} refused, {sent.Count} sent");
        Assert.Equal((long)model.Values.Sum(c => c.Messages.Length), SqliteFacts.Scalar<long>(path, "select count(*) from messages"));
        Assert.Equal((long)model.Values.Sum(c => c.Outbox.Length), SqliteFacts.Scalar<long>(path, "select count(*) from outbox"));
        Assert.Equal((long)sent.Count, SqliteFacts.Scalar<long>(path, "select count(*) from outbox where sent_at is not null"));
        CheckNextActions(path);
    }

    private async Task Act(TestRecord record, CustomerId customer, Random random, string silo)
    {
        var known = Conversation.New(customer);
        for (var i = 0; i < ActsEach; i++)
        {
            if (random.Next(5) == 0)
                await Deliver(record, customer, random, silo);

            // Now and then a rival acts on what it remembers, as an activation does that lives on after a split.
            if (random.Next(3) > 0)
                known = await record.Conversations.Load(customer, default);

            var changes = RandomAct(known, record.Now, random).Changes();
            if (await record.Conversations.Commit(changes, default) == CommitOutcome.Committed)
            {
                Assert.True(model.TryAdd((customer, changes.Conversation.Version), changes), "Two commits of one version.");
                known = changes.Conversation;
            }
            else
            {
                refused.Add(changes);
            }
        }
    }

    private static Act RandomAct(Conversation known, DateTimeOffset now, Random random)
    {
        var act = new Act(known, now);
        if (known.CurrentTicket is null)
            act.Opens("Matter", now.AddMinutes(random.Next(1, 60)));
        for (var i = random.Next(3); i > 0; i--)
            act.CustomerSays($"Hello {random.Next()}", random.Next(2) == 0 ? $"id-{random.Next(400)}" : null, sentiment: random.NextDouble());
        if (random.Next(3) == 0)
            act.OpensExchange(random.Next(1, 100));
        else if (random.Next(2) == 0)
            act.Exchange(null).AssistantSays("Answer");
        if (random.Next(4) == 0)
            act.Escalates((EscalationReason)random.Next(10), (Urgency)random.Next(4), now.AddMinutes(random.Next(1, 60)));
        for (var i = random.Next(3); i > 0; i--)
            act.Sends(random.Next(2) == 0 ? "web" : "escalations");
        return act.With(c => c with { QuietCloseAt = random.Next(2) == 0 ? now.AddHours(random.Next(1, 24)) : null, Epoch = c.Epoch + random.Next(2) });
    }

    private async Task Deliver(TestRecord record, CustomerId customer, Random random, string silo)
    {
        foreach (var item in await record.Outbox.Claim(customer, silo, TimeSpan.FromSeconds(30), default))
            if (random.Next(8) == 0)
                await record.Outbox.MarkFailed(item.Id, silo, "no", random.Next(2) == 0 ? null : TimeSpan.Zero, default);
            else if (await record.Outbox.MarkSent(item.Id, silo, default))
                Assert.True(sent.TryAdd(item.Id, true), "An item was sent twice under held claims.");
    }

    private async Task Compare(TestRecord record, CustomerId customer)
    {
        var versions = model.Where(m => m.Key.Item1 == customer).OrderBy(m => m.Key.Version).Select(m => m.Value).ToList();
        Assert.Equal(Enumerable.Range(1, versions.Count).Select(v => (long)v), versions.Select(v => v.Conversation.Version));

        Same.Conversation(versions[^1].Conversation, await record.Conversations.Load(customer, default));
        Same.Messages([.. versions.SelectMany(v => v.Messages)], await record.Conversations.Read(customer, 0, 1000, includeNotes: true, default));
        foreach (var changes in versions)
            Assert.True(await record.Conversations.WasCommitted(customer, changes.Command, default));
        foreach (var changes in refused.Where(r => r.Conversation.Customer == customer))
            Assert.False(await record.Conversations.WasCommitted(customer, changes.Command, default));
    }

    /// <summary>Derives every next action once more, from all rows, another way than the store does.</summary>
    private static void CheckNextActions(string path) =>
        Assert.Equal(0L, SqliteFacts.Scalar<long>(path, """
            with heads as (
                select customer_id, destination, max(due_at, coalesce(claimed_until, due_at)) as due,
                    row_number() over (partition by customer_id, destination order by sequence) as place
                from outbox where sent_at is null and dead_at is null),
            duties as (
                select customer_id, due from heads where place = 1
                union all select customer_id, exchange_due_at from conversations
                union all select customer_id, sla_due_at from conversations
                union all select customer_id, quiet_close_at from conversations)
            select count(*) from conversations c
            where next_action_at is not (select min(due) from duties d where d.customer_id = c.customer_id)
            """));
}
