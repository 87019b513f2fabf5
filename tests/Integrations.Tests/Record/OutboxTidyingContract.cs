using FteAgent.Conversations;

namespace FteAgent.Record;

/// <summary>What was sent is not kept for ever, and what is numbered after it does not notice.</summary>
public abstract class OutboxTidyingContract : RecordContract
{
    [Fact]
    public async Task Sent_items_go_after_a_week_but_for_the_last_of_each_destination_which_says_nothing_any_more()
    {
        var conversation = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").Sends("web", "w1").Sends("web", "w2").Sends("escalations", "e1"));
        await SendAll(conversation);
        await SweepAfter(TimeSpan.FromDays(6));
        Assert.Equal("escalations 1 e1, web 1 w1, web 2 w2", await Rows());

        await SweepAfter(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        Assert.Equal("escalations 1 , web 2 ", await Rows());

        // The next is numbered as if nothing had gone, and takes its predecessor's place in time.
        conversation = await Record.Commit(In(conversation).Sends("web", "w3"));
        await SweepAfter(TimeSpan.Zero);
        Assert.Equal("escalations 1 , web 2 , web 3 w3", await Rows());
        await SendAll(conversation);
        await SweepAfter(TimeSpan.FromDays(8));
        Assert.Equal("escalations 1 , web 3 ", await Rows());
    }

    [Fact]
    public async Task What_is_unsent_or_dead_stays_however_old_it_is()
    {
        var conversation = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").Sends("web", "dead").Sends("web", "unsent"));
        var items = await Record.Outbox.Claim(conversation.Customer, "me", TimeSpan.FromSeconds(30), default);
        await Record.Outbox.MarkFailed(items[0].Id, "me", "refused", null, default);

        await SweepAfter(TimeSpan.FromDays(30));

        Assert.Equal("web 1 dead, web 2 unsent", await Rows());
    }

    [Fact]
    public async Task Of_very_many_that_were_sent_all_go_in_the_end()
    {
        var act = In(await Record.NewConversation()).CustomerSays("Hello");
        for (var i = 0; i < 1_500; i++)
            act = act.Sends($"destination-{i % 3}", $"{i}");
        var conversation = await Record.Commit(act);
        while ((await Record.Outbox.Claim(conversation.Customer, "me", TimeSpan.FromSeconds(30), default)) is { Length: > 0 } claimed)
            foreach (var item in claimed)
                await Record.Outbox.MarkSent(item.Id, "me", default);

        for (var sweep = 0; sweep < 20; sweep++)
            await SweepAfter(TimeSpan.FromDays(8));

        Assert.Equal("destination-0 500 , destination-1 500 , destination-2 500 ", await Rows());
    }

    [Fact]
    public async Task Code_lies_there_until_it_is_sent_or_given_up_and_no_longer()
    {
        const string Code = """{"text":"Your code is 123456.","address":"ana@example.com"}""";
        const string Answer = """{"text":"They wrote \u0022address\u0022:\u0022"}""";
        var conversation = await Record.Commit(
            In(await Record.NewConversation()).CustomerSays("Hello").Sends("email", Code).Sends("email", Answer).Sends("whatsapp", Code).Sends("whatsapp", Code));
        var items = (await Record.Outbox.Claim(conversation.Customer, "me", TimeSpan.FromSeconds(30), default)).OrderBy(item => item.Destination).ThenBy(item => item.Sequence).ToList();

        await Record.Outbox.MarkFailed(items[0].Id, "me", "later", TimeSpan.Zero, default);
        Assert.StartsWith($"email 1 {Code}", await Rows(), StringComparison.Ordinal);
        await Record.Outbox.Claim(conversation.Customer, "me", TimeSpan.FromSeconds(30), default);
        await Record.Outbox.MarkSent(items[0].Id, "me", default);
        await Record.Outbox.MarkSent(items[1].Id, "me", default);
        await Record.Outbox.MarkFailed(items[2].Id, "me", "refused", null, default);

        Assert.Equal($"email 1 , email 2 {Answer}, whatsapp 1 , whatsapp 2 {Code}", await Rows());
    }

    /// <summary>What lies in the outbox: destination, number and text of each, in order.</summary>
    private protected abstract Task<string> Rows();

    private async Task SweepAfter(TimeSpan wait)
    {
        Record.Advance(wait.TotalSeconds);
        await Record.Roster.ClaimDue(100, default);
    }

    private async Task SendAll(Conversation conversation)
    {
        foreach (var item in await Record.Outbox.Claim(conversation.Customer, "me", TimeSpan.FromSeconds(30), default))
            Assert.True(await Record.Outbox.MarkSent(item.Id, "me", default));
    }
}
