using System.Collections.Immutable;
using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Learning;

namespace FteAgent.Record;

/// <summary>What was asked and not answered is found by its time, and kept without words of one customer alone.</summary>
public abstract class GapsContract : RecordContract
{
    private IGaps Gaps => Record.Get<IGaps>();

    private DateOnly Today => DateOnly.FromDateTime(Record.Now.UtcDateTime);

    [Fact]
    public async Task Questions_before_a_call_for_want_of_evidence_are_found_in_order_of_time()
    {
        var from = Record.Now;
        var first = await Unanswered("Can I change the colour of a board?");
        Record.Advance(60);
        var second = await Unanswered("Is there a dark theme?");
        await Unanswered("I want a person", EscalationReason.PersonRequested, "A5.person");
        Record.Advance(60);
        var to = Record.Now;
        await Unanswered("Too late for this day");

        var found = await Gaps.Unanswered(from, to, 10, default);

        Assert.Equal(["Can I change the colour of a board?", "Is there a dark theme?"], found.Select(message => message.Text));
        Assert.Equal([first.Customer, second.Customer], found.Select(message => message.Conversation));
        Assert.Equal(first.Recent[0].Id, found[0].Message);
        Assert.Equal("Is there a dark theme?", Assert.Single(await Gaps.Unanswered(from, to, 1, default)).Text);
    }

    [Fact]
    public async Task Question_that_a_person_was_called_for_is_found_also_where_the_customer_insists_on_a_person()
    {
        var from = Record.Now;
        var asked = await Unanswered("Is there a dark theme?");
        Record.Advance(60);
        await Record.Commit(In(asked).CustomerSays("I want a person")
            .Escalation(asked.Escalation! with { Reason = EscalationReason.PersonRequested, Rule = "A5.person" }));

        var found = await Gaps.Unanswered(from, from.AddDays(1), 10, default);

        Assert.Equal("Is there a dark theme?", Assert.Single(found).Text);
    }

    [Fact]
    public async Task Questions_whose_answer_did_not_help_are_found_once()
    {
        var from = Record.Now;
        var asked = await Record.Commit(In(await Record.NewConversation())
            .CustomerSays("Is there a dark theme?").AssistantSays("Themes are in Settings.").CustomerSays("Thank you"));
        var answer = asked.Recent[1];
        var fine = await Record.Commit(In(await Record.NewConversation()).CustomerSays("How do I sign in?").AssistantSays("On the start page."));
        await Record.Get<IFeedback>().Note(new(asked.Customer, answer.Id, answer.Sequence, Helpful: false), default);
        await Record.Get<IFeedback>().Note(new(fine.Customer, fine.Recent[1].Id, 2, Helpful: true), default);

        var found = await Gaps.Unanswered(from, from.AddDays(1), 10, default);

        Assert.Equal("Is there a dark theme?", Assert.Single(found).Text);
    }

    [Fact]
    public async Task All_that_was_said_since_the_last_answer_is_found_as_one_burst()
    {
        var from = Record.Now;
        var asked = await Record.Commit(In(await Record.NewConversation()).Opens("Matter").CustomerSays("Hello").AssistantSays("How can I help?")
            .CustomerSays("How do I export to Xero?").Says(Notice()).OperatorNotes(Ana, "A good customer").CustomerSays("thanks!"));
        await Record.Commit(In(asked).AssistantSays("A colleague will answer.").Escalation(Call(asked, EscalationReason.NoEvidence, "A3.no_evidence")));
        var rated = await Record.Commit(In(await Record.NewConversation())
            .CustomerSays("Is there a dark theme?").CustomerSays("please").AssistantSays("Themes are in Settings."));
        await Record.Get<IFeedback>().Note(new(rated.Customer, rated.Recent[2].Id, 3, Helpful: false), default);

        var found = await Gaps.Unanswered(from, from.AddDays(1), 10, default);

        Assert.Equal(
            [("How do I export to Xero?", 6L), ("thanks!", 6L)],
            found.Where(message => message.Conversation == asked.Customer).Select(message => (message.Text, message.Burst)));
        Assert.Equal(
            [("Is there a dark theme?", 2L), ("please", 2L)],
            found.Where(message => message.Conversation == rated.Customer).Select(message => (message.Text, message.Burst)));
    }

    [Fact]
    public async Task Of_a_long_burst_the_last_messages_are_found()
    {
        var from = Record.Now;
        var act = In(await Record.NewConversation()).Opens("Matter");
        for (var i = 1; i <= IGaps.BurstLimit + 5; i++)
            act.CustomerSays($"Line {i}");
        var asked = await Record.Commit(act);
        await Record.Commit(In(asked).Escalation(Call(asked, EscalationReason.NoEvidence, "A3.no_evidence")));

        var found = await Gaps.Unanswered(from, from.AddDays(1), 10, default);

        Assert.Equal(IGaps.BurstLimit, found.Length);
        Assert.Equal($"Line {IGaps.BurstLimit + 5}", found[^1].Text);
    }

    [Fact]
    public async Task What_may_be_anothers_is_in_no_gap()
    {
        var (mira, other) = (await Record.Commit(In(await Record.NewConversation()).CustomerSays("Mira's")), await Record.NewConversation("Ben"));
        other = await Record.Commit(In(other).CustomerSays("Before").AssistantSays("Answered"));
        var merge = (await Record.Identities.Merge(mira.Customer, other.Customer, "Ana", "they said so", default)).Merge!.Value;
        var joined = await Record.Load(other);
        joined = await Record.Commit(In(joined).Opens("Matter").CustomerSays("Is there a dark theme?"));
        await Record.Commit(In(joined).Escalation(Call(joined, EscalationReason.NoEvidence, "A3.no_evidence")));
        var from = Record.Now;
        var shown = await Gaps.Unanswered(from, from.AddDays(1), 10, default);
        Assert.Single(shown);
        await Gaps.Keep(Today, [new([], shown)], default);
        Record.Advance(1);

        await Record.Identities.Part(merge, "Ana", default);

        Assert.Empty(await Gaps.Unanswered(from, from.AddDays(1), 10, default));
        Assert.Empty(Assert.Single(await Read(Today, Today)).Examples);
    }

    [Fact]
    public async Task Gaps_of_a_day_replace_those_before_and_their_words_are_the_records()
    {
        var asked = await Unanswered("Is there a dark theme?");
        var question = asked.Recent[0];
        var message = MessageOf(asked);
        await Gaps.Keep(Today, [new(["old"], [message])], default);

        await Gaps.Keep(Today, [new(["theme", "dark"], [message]), new([], [message])], default);

        var kept = await Read(Today.AddDays(-7), Today);
        Assert.Equal([2, 0], kept.Select(gap => gap.Terms.Length));
        Assert.Equal("theme dark", string.Join(' ', kept[0].Terms));
        Assert.Equal((Today, 1, 1), (kept[0].Day, kept[0].Customers, kept[0].Messages));
        Assert.Equal(new GapExample(asked.Customer, question.Id, question.At, question.Text), Assert.Single(kept[0].Examples));

        await Record.PersonalData.Erase(asked.Customer, "Ana", default);
        Assert.All(await Read(Today, Today), gap => Assert.Empty(gap.Examples));
        // Who found it before keeps it a moment too late: nothing tells any more whose words these are.
        await Gaps.Keep(Today, [new(["theme", "dark"], [message])], default);
        var late = Assert.Single(await Read(Today, Today));
        Assert.Empty(late.Examples);
        Assert.Empty(late.Terms);
    }

    [Fact]
    public async Task A_gap_loses_its_words_with_the_first_of_those_who_asked_and_no_other_gap_does()
    {
        var askers = new List<UnansweredMessage>();
        for (var i = 0; i < 60; i++)
            askers.Add(MessageOf(await Unanswered("Is there a dark theme, Okafor?")));
        var last = MessageOf(await Unanswered("How do I export to Xero?"));
        await Gaps.Keep(Today, [new(["theme", "okafor"], [.. askers]), new(["export"], [last])], default);

        await Record.PersonalData.Erase(askers[^1].Conversation, "Ana", default);

        var kept = await Read(Today, Today);
        Assert.Empty(kept[0].Terms);
        Assert.Equal((60, 60, IGaps.ExampleLimit), (kept[0].Customers, kept[0].Messages, kept[0].Examples.Length));
        Assert.Equal("export", Assert.Single(kept[1].Terms));
    }

    [Fact]
    public async Task A_gap_loses_its_words_with_whoever_may_have_asked_in_anothers_conversation()
    {
        var (mira, other) = (await Record.Commit(In(await Record.NewConversation()).CustomerSays("Mira's")), await Record.Commit(In(await Record.NewConversation("Ben")).CustomerSays("Ben's")));
        var merge = (await Record.Identities.Merge(mira.Customer, other.Customer, "Ana", "they said so", default)).Merge!.Value;
        var joined = await Record.Commit(In(await Record.Load(other)).CustomerSays("Is there a dark theme, Okafor?"));
        await Gaps.Keep(Today, [new(["okafor"], [MessageOf(joined)]), new(["bens"], [MessageOf(other)])], default);
        Record.Advance(1);
        await Record.Identities.Part(merge, "Ana", default);

        await Record.PersonalData.Erase(mira.Customer, "Ana", default);

        Assert.Equal(["", "bens"], (await Read(Today, Today)).Select(gap => string.Join(' ', gap.Terms)));
    }

    [Fact]
    public async Task Gaps_are_told_in_pages()
    {
        await Gaps.Keep(Today.AddDays(-1), [new(["four"], []), new(["five"], [])], default);
        await Gaps.Keep(Today, [new(["one"], []), new(["two"], []), new(["three"], [])], default);
        var told = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Gaps.Read(Today.AddDays(-1), Today, 2, cursor, default);
            told.Add(string.Join(' ', page.Gaps.SelectMany(gap => gap.Terms)));
            cursor = page.Cursor;
        }
        while (cursor is not null);

        Assert.Equal(["one two", "three four", "five"], told);
        foreach (var odd in (string[])["", ".", "x", "2026-03-03", "2026-03-03.-1", "2026-3-3.1", "g.0"])
            Assert.Empty((await Gaps.Read(Today.AddDays(-1), Today, 2, odd, default)).Gaps);
    }

    [Fact]
    public async Task Gaps_are_forgotten_after_their_time()
    {
        var day = Today;
        await Gaps.Keep(day, [new(["theme"], [])], default);
        await Gaps.Keep(day.AddDays(IGaps.KeptDays), [], default);
        Assert.Single(await Read(day, day));

        await Gaps.Keep(day.AddDays(IGaps.KeptDays + 1), [], default);

        Assert.Empty(await Read(day, day));
    }

    private async Task<ImmutableArray<KeptGap>> Read(DateOnly from, DateOnly through) => (await Gaps.Read(from, through, IGaps.PageLimit, null, default)).Gaps;

    /// <summary>The customer's last one.</summary>
    private static UnansweredMessage MessageOf(Conversation conversation)
    {
        var said = conversation.Recent.Last(message => message.Author.Kind is ActorKind.Customer);
        return new(conversation.Customer, said.Sequence, said.Id, said.Text);
    }

    private Message Notice() => new(
        MessageId.Mint(Record.Time), 0, Actor.System, MessageKind.Notice, "Answers come together.", Record.Now, Channel.Web, null, [], Notice: Conversations.Notice.CoolDown);

    private async Task<Conversation> Unanswered(string text, EscalationReason reason = EscalationReason.NoEvidence, string rule = "A3.no_evidence")
    {
        var asked = await Record.Commit(In(await Record.NewConversation()).Opens("Matter").CustomerSays(text));
        return await Record.Commit(In(asked).AssistantSays("A colleague will answer.").Escalation(Call(asked, reason, rule)));
    }

    private Escalation Call(Conversation conversation, EscalationReason reason, string rule) => new(
        Guid.NewGuid(), conversation.CurrentTicket!.Id, reason, rule, Urgency.Normal, "support", "", Actor.Assistant, Record.Now, AckDue: null);
}
