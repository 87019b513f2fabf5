using FteAgent.Answering;
using FteAgent.Conversations;

namespace FteAgent.Record;

public abstract class InboxQueriesContract : RecordContract
{
    [Fact]
    public async Task Empty_record_has_an_empty_inbox()
    {
        Assert.Empty((await Record.Inbox.List(needsPerson: true, 50, null, default)).Items);
        Assert.Empty((await Record.Inbox.List(needsPerson: false, 50, null, default)).Items);
        Assert.Equal(new WaitingForPerson(0, null), await Record.Inbox.Waiting(default));
    }

    [Fact]
    public async Task Those_who_need_a_person_are_listed_by_urgency_and_then_by_wait()
    {
        await Record.Commit(In(await Record.NewConversation("Answered")).CustomerSays("Hello"));
        await Escalated("Waits long", Urgency.Normal);
        await Escalated("Waits", Urgency.Normal);
        await Escalated("Urgent", Urgency.Urgent);
        await Escalated("High", Urgency.High);
        await Escalated("Low", Urgency.Low);
        var held = await Record.NewConversation("Held without an escalation");
        await Record.Commit(In(held).CustomerSays("Hello").TakenBy(Ana));
        var settled = await Escalated("Settled", Urgency.Urgent);
        await Record.Commit(In(settled).Escalation(settled.Escalation! with { EndedAt = Record.Now }));

        Assert.Equal(["Urgent", "High", "Waits long", "Waits", "Low", "Held without an escalation"], await Names(needsPerson: true, page: 50));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pages_follow_each_other_without_gap_or_repeat(bool needsPerson)
    {
        for (var i = 0; i < 7; i++)
            await Escalated($"Same moment {i}", Urgency.Normal, advance: 0);
        for (var i = 0; i < 4; i++)
            await Escalated($"Later {i}", i % 2 == 0 ? Urgency.High : Urgency.Low);

        var paged = await Names(needsPerson, page: 2);

        Assert.Equal(await Names(needsPerson, page: 50), paged);
        Assert.Equal(11, paged.Distinct().Count());
    }

    [Fact]
    public async Task All_are_listed_latest_first()
    {
        var first = await Record.Commit(In(await Record.NewConversation("First")).CustomerSays("Hello"));
        Record.Advance(1);
        await Record.Commit(In(await Record.NewConversation("Second")).CustomerSays("Hello"));
        Record.Advance(1);
        await Record.Commit(In(await Record.NewConversation("Third")).CustomerSays("Hello"));
        Record.Advance(1);
        await Record.Commit(In(first).CustomerSays("And then?"));

        Assert.Equal(["First", "Third", "Second"], await Names(needsPerson: false, page: 50));
    }

    [Fact]
    public async Task Item_shows_where_the_conversation_stands()
    {
        var conversation = await Record.Commit(In(await Record.NewConversation("Kim"))
            .Opens("Refund").CustomerSays("I want my money back.", sentiment: 0.2).Escalates(EscalationReason.RefundRequest).AssistantSays("A person will answer."));
        conversation = await Record.Commit(In(conversation).TakenBy(Ana).OperatorNotes(Ana, "Private."));

        var item = Assert.Single((await Record.Inbox.List(needsPerson: true, 50, null, default)).Items);

        Assert.Equal(("Kim", 0.2), (item.Customer.Name, item.LastSentiment));
        Same.Conversation(conversation with { Recent = [conversation.Recent[1]] }, item.Conversation);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("../../../etc/passwd")]
    [InlineData("MS4yLjM")]
    public async Task Cursor_that_was_never_given_leads_nowhere(string cursor)
    {
        await Escalated("Kim", Urgency.Normal);

        var page = await Record.Inbox.List(needsPerson: true, 50, cursor, default);

        Assert.Empty(page.Items);
        Assert.Null(page.Cursor);
    }

    [Fact]
    public async Task Waiting_counts_what_nobody_has_acknowledged()
    {
        await Escalated("First", Urgency.Normal);
        var second = await Escalated("Second", Urgency.Low);
        var third = await Escalated("Third", Urgency.Urgent);
        await Record.Commit(In(third).TakenBy(Ana));

        var waiting = await Record.Inbox.Waiting(default);

        Assert.Equal(new(2, new(second.Customer, "Matter of Second", second.Escalation!)), waiting);
    }

    private async Task<Conversation> Escalated(string name, Urgency urgency, double advance = 1)
    {
        Record.Advance(advance);
        return await Record.Commit(In(await Record.NewConversation(name)).Opens($"Matter of {name}").CustomerSays("A person!").Escalates(EscalationReason.PersonRequested, urgency));
    }

    private async Task<List<string>> Names(bool needsPerson, int page)
    {
        var names = new List<string>();
        string? cursor = null;
        do
        {
            var found = await Record.Inbox.List(needsPerson, page, cursor, default);
            Assert.True(found.Items.Length <= page);
            names.AddRange(found.Items.Select(i => i.Customer.Name));
            cursor = found.Cursor;
        }
        while (cursor is not null);
        return names;
    }
}
