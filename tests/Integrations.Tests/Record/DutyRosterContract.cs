using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Record;

public abstract class DutyRosterContract : RecordContract
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Conversation_without_a_duty_is_left_alone()
    {
        await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello"));
        Record.Advance(TimeSpan.FromDays(365).TotalSeconds);

        Assert.Empty(await Due());
    }

    [Fact]
    public async Task Exchange_is_due_when_it_is_stuck()
    {
        await Record.Roster.Renew("silo-1", default);
        var conversation = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").OpensExchange(dueInSeconds: 2));

        Record.Advance(1.9);
        Assert.Empty(await Due());
        Record.Advance(0.1);

        Assert.Equal([conversation.Customer], await Due());
    }

    [Fact]
    public async Task Exchange_of_an_unseen_silo_is_due_at_once()
    {
        await Record.Roster.Renew("silo-1", default);
        await Record.Roster.Renew("silo-2", default);
        var orphan = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").OpensExchange(600, "silo-1"));
        await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").OpensExchange(600, "silo-2"));
        var neverSeen = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").OpensExchange(600, "silo-3"));

        Assert.Equal([neverSeen.Customer], await Due());
        Record.Advance(2.9);
        await Record.Roster.Renew("silo-2", default);
        Assert.DoesNotContain(orphan.Customer, await Due());
        Record.Advance(0.1);

        Assert.Equal([orphan.Customer], (await Due()).Where(c => c != neverSeen.Customer));
    }

    [Fact]
    public async Task Earliest_open_duty_counts()
    {
        await Record.Roster.Renew("silo-1", default);
        var conversation = await Record.Commit(In(await Record.NewConversation())
            .Opens("Matter", firstResponseDue: Record.Now.AddSeconds(300)).CustomerSays("Hello")
            .With(c => c with { QuietCloseAt = Record.Now.AddSeconds(600) }));

        Record.Advance(299);
        Assert.Empty(await Due());
        Record.Advance(1);
        Assert.Equal([conversation.Customer], await Due());

        // Answered in time after all: only the quiet close is left.
        await Record.Commit(In(conversation).AssistantSays("Here.").Ticket(t => t with { FirstResponseDue = null, FirstResponseAt = Record.Now }));
        Record.Advance(299);
        Assert.Empty(await Due());
        Record.Advance(1);
        Assert.Equal([conversation.Customer], await Due());
    }

    [Fact]
    public async Task Unacknowledged_escalation_is_due()
    {
        var conversation = await Record.Commit(In(await Record.NewConversation()).Opens("Matter").CustomerSays("A person!")
            .Escalates(Answering.EscalationReason.PersonRequested, ackDue: Record.Now.AddSeconds(900)));

        Record.Advance(900);
        Assert.Equal([conversation.Customer], await Due());
        await Record.Commit(In(conversation).TakenBy(Ana));

        Record.Advance(900);
        Assert.Empty(await Due());
    }

    [Fact]
    public async Task Claimed_conversation_is_handed_out_again_only_after_its_back_off()
    {
        var conversation = await Record.Commit(In(await Record.NewConversation()).Opens("Matter", firstResponseDue: Record.Now).CustomerSays("Hello"));

        foreach (var backOff in new[] { 1, 2, 4, 8, 16, 32, 60, 60, 60 })
        {
            Assert.Equal([conversation.Customer], await Due());
            Assert.Empty(await Due());
            Record.Advance(backOff - 0.1);
            Assert.Empty(await Due());
            Record.Advance(0.1);
        }
    }

    [Fact]
    public async Task Commit_ends_the_back_off()
    {
        var conversation = await Record.Commit(In(await Record.NewConversation()).Opens("Matter", firstResponseDue: Record.Now).CustomerSays("Hello"));
        for (var i = 0; i < 5; i++)
        {
            await Due();
            Record.Advance(60);
        }

        await Record.Commit(In(conversation).CustomerSays("Anybody?"));

        Assert.Equal([conversation.Customer], await Due());
        Record.Advance(1);
        Assert.Equal([conversation.Customer], await Due());
    }

    [Fact]
    public async Task Unsent_delivery_is_a_duty_until_it_is_sent()
    {
        var conversation = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").Sends("web").Sends("web"));
        Assert.Equal([conversation.Customer], await Due());

        var items = await Record.Outbox.Claim(conversation.Customer, "me", Lease, default);
        Record.Advance(29);
        await Record.Roster.Renew("me", default);
        Assert.Empty(await Due());
        Record.Advance(1);
        Assert.Equal([conversation.Customer], await Due());   // The claim has ended, though its claimer lives.

        await Record.Outbox.Claim(conversation.Customer, "me", Lease, default);
        foreach (var item in items)
            Assert.True(await Record.Outbox.MarkSent(item.Id, "me", default));
        Record.Advance(3600);
        Assert.Empty(await Due());
    }

    [Fact]
    public async Task Failed_delivery_is_due_when_it_may_be_tried_again()
    {
        var conversation = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").Sends("web").Sends("web"));
        var items = await Record.Outbox.Claim(conversation.Customer, "me", Lease, default);
        await Record.Outbox.MarkFailed(items[0].Id, "me", "timeout", TimeSpan.FromSeconds(45), default);

        Record.Advance(44);
        Assert.Empty(await Due());   // The second waits behind the first, though its claim has ended.
        Record.Advance(1);
        Assert.Equal([conversation.Customer], await Due());
    }

    [Fact]
    public async Task Dead_delivery_is_no_duty()
    {
        var conversation = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").Sends("web"));
        var item = Assert.Single(await Record.Outbox.Claim(conversation.Customer, "me", Lease, default));

        await Record.Outbox.MarkFailed(item.Id, "me", "refused", null, default);

        Record.Advance(3600);
        Assert.Empty(await Due());
    }

    [Fact]
    public async Task Delivery_stays_a_duty_through_commits_that_do_not_touch_it()
    {
        var conversation = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").Sends("web"));
        await Record.Commit(In(conversation).CustomerSays("And another thing."));

        Assert.Equal([conversation.Customer], await Due());
    }

    [Fact]
    public async Task Due_time_counts_on_the_records_clock_though_the_grains_is_wrong()
    {
        await Record.Roster.Renew("silo-1", default);
        var fast = Record.Now.AddHours(1);
        var conversation = await Record.Commit(new Act(await Record.NewConversation(), fast).CustomerSays("Hello").OpensExchange(dueInSeconds: 2));

        Record.Advance(1.9);
        Assert.Empty(await Due());
        Record.Advance(0.1);

        Assert.Equal([conversation.Customer], await Due());
    }

    [Fact]
    public async Task No_more_than_the_limit_is_claimed_the_longest_waiting_first()
    {
        var order = new List<CustomerId>();
        for (var i = 0; i < 5; i++)
        {
            order.Add((await Record.Commit(In(await Record.NewConversation()).Opens("Matter", firstResponseDue: Record.Now).CustomerSays("Hello"))).Customer);
            Record.Advance(1);
        }

        Assert.Equal(order[..2], Customers(await Record.Roster.ClaimDue(2, default)).Order(Comparer<CustomerId>.Create((a, b) => order.IndexOf(a) - order.IndexOf(b))));
        Assert.Equal(order[2..].ToHashSet(), Customers(await Record.Roster.ClaimDue(100, default)).ToHashSet());
    }

    [Fact]
    public async Task Parallel_sweepers_never_share_a_conversation()
    {
        var customers = new HashSet<CustomerId>();
        for (var i = 0; i < 30; i++)
            customers.Add((await Record.Commit(In(await Record.NewConversation()).Opens("Matter", firstResponseDue: Record.Now).CustomerSays("Hello"))).Customer);

        var claims = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Record.Roster.ClaimDue(5, default)));

        var claimed = claims.SelectMany(claim => Customers(claim)).ToList();
        Assert.Equal(30, claimed.Count);
        Assert.Equal(customers, claimed.ToHashSet());
    }

    [Fact]
    public async Task A_claim_names_the_worker_that_is_gone_and_none_that_lives()
    {
        await Record.Roster.Renew("silo-1", default);
        var stuck = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").OpensExchange(0, "silo-1"));
        var orphan = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").OpensExchange(600, "silo-0"));

        var due = await Record.Roster.ClaimDue(100, default);

        Assert.Equal(new HashSet<DueConversation> { new(stuck.Customer, null), new(orphan.Customer, "silo-0") }, due.ToHashSet());
    }

    [Fact]
    public async Task Exchange_of_a_silo_that_has_retired_is_due_at_once()
    {
        await Record.Roster.Renew("silo-1", default);
        var left = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").OpensExchange(600, "silo-1"));
        Assert.Empty(await Due());

        await Record.Roster.Retire("silo-1", default);

        Assert.Equal(new DueConversation(left.Customer, "silo-1"), Assert.Single(await Record.Roster.ClaimDue(100, default)));
    }

    [Fact]
    public async Task Delivery_claimed_by_a_silo_that_is_gone_does_not_wait_for_its_lease()
    {
        await Record.Roster.Renew("silo-1", default);
        await Record.Roster.Renew("silo-2", default);
        var left = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").Sends("web", "first").Sends("web", "second"));
        var others = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").Sends("web"));
        var claimed = await Record.Outbox.Claim(left.Customer, "silo-1", Lease, default);
        await Record.Outbox.Claim(others.Customer, "silo-2", Lease, default);

        Record.Advance(2.9);
        await Record.Roster.Renew("silo-2", default);
        Assert.Empty(await Due());
        Record.Advance(0.1);

        Assert.Equal([left.Customer], await Due());
        Assert.False(await Record.Outbox.Holds(claimed[0].Id, "silo-1", Lease, default));
        Assert.Equal(claimed.Select(item => item.Id), (await Record.Outbox.Claim(left.Customer, "silo-2", Lease, default)).Select(item => item.Id));
    }

    [Fact]
    public async Task Delivery_claimed_by_a_silo_that_has_retired_is_due_at_once()
    {
        await Record.Roster.Renew("silo-1", default);
        var left = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").Sends("web"));
        await Record.Outbox.Claim(left.Customer, "silo-1", Lease, default);
        Assert.Empty(await Due());

        await Record.Roster.Retire("silo-1", default);

        Assert.Equal([left.Customer], await Due());
        Assert.Single(await Record.Outbox.Claim(left.Customer, "silo-2", Lease, default));
    }

    private async Task<CustomerId[]> Due() => [.. Customers(await Record.Roster.ClaimDue(100, default))];

    private static IEnumerable<CustomerId> Customers(IEnumerable<DueConversation> due) => due.Select(conversation => conversation.Customer);
}
