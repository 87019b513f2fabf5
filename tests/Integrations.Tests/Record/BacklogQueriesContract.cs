using FteAgent.Answering;
using FteAgent.Health;

namespace FteAgent.Record;

public abstract class BacklogQueriesContract : RecordContract
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Where_nothing_waits_all_is_zero()
    {
        await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello"));

        Assert.Equal(new Backlog(0, TimeSpan.Zero, 0, TimeSpan.Zero, TimeSpan.Zero, 0, 0), await Read());
    }

    [Fact]
    public async Task Open_exchanges_are_counted_and_the_oldest_tells_its_age()
    {
        var first = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").OpensExchange());
        Record.Advance(10);
        await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").OpensExchange());
        Record.Advance(5);

        var both = await Read();
        await Record.Commit(In(first).AssistantSays("Answer").Exchange(null));
        var one = await Read();

        Assert.Equal((2, TimeSpan.FromSeconds(15)), (both.OpenExchanges, both.OldestExchange));
        Assert.Equal((1, TimeSpan.FromSeconds(5)), (one.OpenExchanges, one.OldestExchange));
    }

    [Fact]
    public async Task What_is_unsent_waits_until_it_is_sent_or_given_up()
    {
        var conversation = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").Sends("web").Sends("web").Sends("web"));
        Record.Advance(7);
        var all = await Read();
        var items = await Record.Outbox.Claim(conversation.Customer, "me", Lease, default);
        await Record.Outbox.MarkSent(items[0].Id, "me", default);
        await Record.Outbox.MarkFailed(items[1].Id, "me", "refused", null, default);

        Assert.Equal((3, TimeSpan.FromSeconds(7)), (all.Unsent, all.OldestUnsent));
        Assert.Equal(1, (await Read()).Unsent);
        await Record.Outbox.MarkSent(items[2].Id, "me", default);
        Assert.Equal((0, TimeSpan.Zero), ((await Read()).Unsent, (await Read()).OldestUnsent));
    }

    [Fact]
    public async Task A_duty_is_overdue_from_its_time_on()
    {
        await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").OpensExchange(dueInSeconds: 20));
        await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").OpensExchange(dueInSeconds: 30));

        Record.Advance(19);
        Assert.Equal(TimeSpan.Zero, (await Read()).Overdue);
        Record.Advance(4);
        Assert.Equal(TimeSpan.FromSeconds(3), (await Read()).Overdue);
    }

    [Fact]
    public async Task Who_waits_for_a_person_and_who_has_one_are_told_apart()
    {
        await Record.Commit(In(await Record.NewConversation()).Opens("Matter").CustomerSays("Hello").Escalates(EscalationReason.Legal));
        var taken = await Record.Commit(In(await Record.NewConversation()).Opens("Matter").CustomerSays("Hello").Escalates(EscalationReason.Legal));
        await Record.Commit(In(taken).TakenBy(Ana));

        var backlog = await Read();

        Assert.Equal((1, 1), (backlog.WaitingForPerson, backlog.HeldByPerson));
    }

    private Task<Backlog> Read() => Record.Get<IBacklogQueries>().Read(default);
}
