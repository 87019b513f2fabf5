using FteAgent.Conversations;

namespace FteAgent.Record;

public abstract class OutboxContract : RecordContract
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Items_are_claimed_in_order_for_each_destination()
    {
        var conversation = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").Sends("web", "w1").Sends("escalations", "e1").Sends("web", "w2"));
        conversation = await Record.Commit(In(conversation).Sends("web", "w3"));

        var claimed = await Claim(conversation, "me");

        Assert.Equal(["w1", "w2", "w3"], claimed.Where(i => i.Destination == "web").Select(i => i.Payload));
        Assert.Equal([1L, 2L, 3L], claimed.Where(i => i.Destination == "web").Select(i => i.Sequence));
        Assert.Equal("e1", Assert.Single(claimed, i => i.Destination == "escalations").Payload);
        Assert.All(claimed, i => Assert.Equal((conversation.Customer, Record.Now, 0), (i.Customer, i.CreatedAt, i.Attempts)));
    }

    [Fact]
    public async Task Item_that_waits_is_due_when_its_time_has_come()
    {
        var conversation = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").Sends("unseen", "later", TimeSpan.FromMinutes(2)).Sends("web", "now"));

        Assert.Equal(["now"], (await Claim(conversation, "me")).Select(i => i.Payload));
        Record.Advance(119);
        Assert.DoesNotContain(await Claim(conversation, "me"), i => i.Destination == "unseen");
        Record.Advance(1);
        Assert.Contains(await Claim(conversation, "me"), i => i.Payload == "later");
    }

    [Fact]
    public async Task What_was_given_up_can_be_brought_back_under_the_ids_that_it_had_and_only_for_its_destination()
    {
        var conversation = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").Sends("events", "e1").Sends("web", "w1"));
        var given = await Claim(conversation, "me");
        foreach (var item in given)
            await Record.Outbox.MarkFailed(item.Id, "me", "the broker was away", retryIn: null, default);
        Assert.Empty(await Claim(conversation, "me"));

        Assert.Equal(1, await BringBackAll());

        var again = Assert.Single(await Claim(conversation, "me"));
        Assert.Equal((given.Single(item => item.Destination == "events").Id, "e1", 0), (again.Id, again.Payload, again.Attempts));
        Assert.Equal(0, await BringBackAll());
    }

    [Fact]
    public async Task What_was_given_up_is_brought_back_for_a_few_customers_at_a_time_and_a_run_that_was_cut_off_goes_on()
    {
        var conversations = new List<Conversation>();
        for (var i = 0; i < 7; i++)
        {
            conversations.Add(await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").Sends("events", "e1").Sends("events", "e2").Sends("web", "w1")));
            await GiveUp(conversations[^1]);
        }

        var first = await Record.Get<IGivenUp>().BringBack("events", null, 3, default);
        Assert.Equal((6, 3), (first.Items, await Due()));

        // What was brought back is given up once more by whoever sends it: that is left for a further run.
        foreach (var conversation in conversations)
            await GiveUp(conversation);
        var second = await Record.Get<IGivenUp>().BringBack("events", first.EndedWith, 3, default);
        Assert.Equal((6, 3), (second.Items, await Due()));

        // The run is cut off here.
        Assert.Equal((8, 4), (await BringBackAll(atOnce: 2), await Due()));
        Assert.Equal((0, 0), (await BringBackAll(atOnce: 2), await Due()));

        async Task<int> Due() => (await Record.Roster.ClaimDue(10, default)).Length;
    }

    [Fact]
    public async Task What_was_brought_back_is_found_by_the_sweeper()
    {
        var conversation = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").Sends("events", "e1"));
        await Record.Outbox.MarkFailed(Assert.Single(await Claim(conversation, "me")).Id, "me", "no", retryIn: null, default);
        Assert.Empty(await Record.Roster.ClaimDue(10, default));

        await BringBackAll();

        Assert.Equal([conversation.Customer], (await Record.Roster.ClaimDue(10, default)).Select(due => due.Customer));
    }

    [Fact]
    public async Task Nothing_is_claimed_where_nothing_is_to_be_sent() =>
        Assert.Empty(await Claim(await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello")), "me"));

    [Fact]
    public async Task Claimed_item_is_not_given_to_another_until_the_claim_ends()
    {
        var conversation = await TwoForWeb();
        var mine = await Claim(conversation, "me");

        Assert.Empty(await Claim(conversation, "you"));
        Assert.Equal(2, (await Claim(conversation, "me")).Count);
        Record.Advance(29);
        Assert.Empty(await Claim(conversation, "you"));
        Record.Advance(1);

        Assert.Equal(mine.Select(i => i.Id), (await Claim(conversation, "you")).Select(i => i.Id));
    }

    [Fact]
    public async Task Nothing_overtakes_what_another_has_claimed()
    {
        var conversation = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").Sends("web", "first"));
        await Claim(conversation, "me");
        conversation = await Record.Commit(In(conversation).Sends("web", "second").Sends("escalations", "beside"));

        Assert.Equal(["beside"], (await Claim(conversation, "you")).Select(i => i.Payload));
    }

    [Fact]
    public async Task Holding_makes_the_lease_whole_again()
    {
        var conversation = await TwoForWeb();
        var item = (await Claim(conversation, "me"))[0];

        Record.Advance(20);
        Assert.True(await Record.Outbox.Holds(item.Id, "me", Lease, default));
        Record.Advance(20);
        Assert.Empty(await Claim(conversation, "you"));
        Assert.False(await Record.Outbox.Holds(item.Id, "you", Lease, default));
        Record.Advance(10);

        Assert.False(await Record.Outbox.Holds(item.Id, "me", Lease, default));
        Assert.False(await Record.Outbox.Holds(Guid.NewGuid(), "me", Lease, default));
    }

    [Fact]
    public async Task Sent_item_is_never_claimed_again()
    {
        var conversation = await TwoForWeb();
        var items = await Claim(conversation, "me");

        Assert.True(await Record.Outbox.MarkSent(items[0].Id, "me", default));
        Assert.False(await Record.Outbox.MarkSent(items[0].Id, "me", default));
        Assert.False(await Record.Outbox.Holds(items[0].Id, "me", Lease, default));

        Assert.Equal([items[1].Id], (await Claim(conversation, "me")).Select(i => i.Id));
    }

    [Fact]
    public async Task Lost_claim_marks_nothing()
    {
        var conversation = await TwoForWeb();
        var item = (await Claim(conversation, "me"))[0];
        Record.Advance(30);
        await Claim(conversation, "you");

        Assert.False(await Record.Outbox.MarkSent(item.Id, "me", default));
        await Record.Outbox.MarkFailed(item.Id, "me", "late", null, default);

        Assert.True(await Record.Outbox.MarkSent(item.Id, "you", default));
    }

    [Fact]
    public async Task Failed_item_waits_for_its_retry_and_holds_up_those_after_it()
    {
        var conversation = await TwoForWeb();
        var item = (await Claim(conversation, "me"))[0];

        await Record.Outbox.MarkFailed(item.Id, "me", "timeout", TimeSpan.FromSeconds(4), default);

        Record.Advance(3);
        Assert.Empty(await Claim(conversation, "me"));
        Record.Advance(1);
        var again = await Claim(conversation, "me");
        Assert.Equal([(item.Id, 1)], again.Select(i => (i.Id, i.Attempts)).Take(1));
        Assert.Equal(2, again.Count);
    }

    [Fact]
    public async Task Item_given_back_untried_waits_holds_up_those_after_it_and_bears_no_attempt()
    {
        var conversation = await TwoForWeb();
        var item = (await Claim(conversation, "me"))[0];

        await Record.Outbox.GiveBack(item.Id, "you", TimeSpan.FromSeconds(60), default);
        Assert.True(await Record.Outbox.Holds(item.Id, "me", Lease, default));
        await Record.Outbox.GiveBack(item.Id, "me", TimeSpan.FromSeconds(10), default);

        Assert.False(await Record.Outbox.Holds(item.Id, "me", Lease, default));
        Record.Advance(9);
        Assert.Empty(await Claim(conversation, "me"));
        Record.Advance(1);
        var again = await Claim(conversation, "me");
        Assert.Equal([(item.Id, 0)], again.Select(i => (i.Id, i.Attempts)).Take(1));
        Assert.Equal(2, again.Count);
    }

    [Fact]
    public async Task What_was_sent_cannot_be_given_back()
    {
        var conversation = await TwoForWeb();
        var item = (await Claim(conversation, "me"))[0];
        await Record.Outbox.MarkSent(item.Id, "me", default);

        await Record.Outbox.GiveBack(item.Id, "me", TimeSpan.Zero, default);

        Assert.DoesNotContain(item.Id, (await Claim(conversation, "me")).Select(i => i.Id));
    }

    [Fact]
    public async Task Dead_item_no_longer_holds_up_those_after_it()
    {
        var conversation = await TwoForWeb();
        var items = await Claim(conversation, "me");

        await Record.Outbox.MarkFailed(items[0].Id, "me", "refused", null, default);

        Assert.Equal([items[1].Id], (await Claim(conversation, "me")).Select(i => i.Id));
    }

    [Fact]
    public async Task Parallel_claims_give_each_item_to_one()
    {
        var conversation = await TwoForWeb();

        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Claim(conversation, $"silo-{i}")));

        Assert.Equal(2, Assert.Single(claims, c => c.Count > 0).Count);
    }

    [Fact]
    public async Task Item_bears_its_place_in_a_trace_where_it_has_one()
    {
        const string Place = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var conversation = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").Sends("web", trace: Place).Sends("web"));

        Assert.Equal([Place, null], (await Claim(conversation, "me")).Select(i => i.Trace));
    }

    private async Task<Conversation> TwoForWeb() =>
        await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").Sends("web", "first").Sends("web", "second"));

    private async Task<List<OutboxItem>> Claim(Conversation conversation, string by) =>
        [.. await Record.Outbox.Claim(conversation.Customer, by, Lease, default)];

    private async Task GiveUp(Conversation conversation)
    {
        foreach (var item in await Claim(conversation, "me"))
            await Record.Outbox.MarkFailed(item.Id, "me", "the broker was away", retryIn: null, default);
    }

    private Task<long> BringBackAll(int atOnce = GivenUp.CustomersAtOnce) => Record.Get<IGivenUp>().BringBackAll("events", atOnce, default);
}
