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
    public async Task What_may_be_anothers_is_in_no_gap()
    {
        var (mira, other) = (await Record.Commit(In(await Record.NewConversation()).CustomerSays("Mira's")), await Record.NewConversation("Ben"));
        other = await Record.Commit(In(other).CustomerSays("Before"));
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
        Assert.Empty(Assert.Single(await Gaps.Read(Today, Today, default)).Examples);
    }

    [Fact]
    public async Task Gaps_of_a_day_replace_those_before_and_their_words_are_the_records()
    {
        var asked = await Unanswered("Is there a dark theme?");
        var question = asked.Recent[0];
        UnansweredMessage message = new(asked.Customer, question.Sequence, question.Id, question.Text);
        await Gaps.Keep(Today, [new(["old"], [message])], default);

        await Gaps.Keep(Today, [new(["theme", "dark"], [message]), new([], [message])], default);

        var kept = await Gaps.Read(Today.AddDays(-7), Today, default);
        Assert.Equal([2, 0], kept.Select(gap => gap.Terms.Length));
        Assert.Equal((Today, 1, 1), (kept[0].Day, kept[0].Customers, kept[0].Messages));
        Assert.Equal(new GapExample(asked.Customer, question.Id, question.At, question.Text), Assert.Single(kept[0].Examples));

        await Record.PersonalData.Erase(asked.Customer, "Ana", default);
        Assert.All(await Gaps.Read(Today, Today, default), gap => Assert.Empty(gap.Examples));
        // Someone who came meanwhile kept it a moment too late.
        await Gaps.Keep(Today, [new([], [message])], default);
        Assert.Empty(Assert.Single(await Gaps.Read(Today, Today, default)).Examples);
    }

    [Fact]
    public async Task Gaps_are_forgotten_after_their_time()
    {
        var day = Today;
        await Gaps.Keep(day, [new(["theme"], [])], default);
        await Gaps.Keep(day.AddDays(IGaps.KeptDays), [], default);
        Assert.Single(await Gaps.Read(day, day, default));

        await Gaps.Keep(day.AddDays(IGaps.KeptDays + 1), [], default);

        Assert.Empty(await Gaps.Read(day, day, default));
    }

    private async Task<Conversation> Unanswered(string text, EscalationReason reason = EscalationReason.NoEvidence, string rule = "A3.no_evidence")
    {
        var asked = await Record.Commit(In(await Record.NewConversation()).Opens("Matter").CustomerSays(text));
        return await Record.Commit(In(asked).AssistantSays("A colleague will answer.").Escalation(Call(asked, reason, rule)));
    }

    private Escalation Call(Conversation conversation, EscalationReason reason, string rule) => new(
        Guid.NewGuid(), conversation.CurrentTicket!.Id, reason, rule, Urgency.Normal, "support", "", Actor.Assistant, Record.Now, AckDue: null);
}
