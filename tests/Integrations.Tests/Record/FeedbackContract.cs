using FteAgent.Conversations;
using FteAgent.Learning;

namespace FteAgent.Record;

/// <summary>The last word on each answer counts.</summary>
public abstract class FeedbackContract : RecordContract
{
    private IFeedback Feedback => Record.Get<IFeedback>();

    [Fact]
    public async Task Last_word_counts_and_each_conversation_is_told_its_own()
    {
        var (mira, noor) = (await Answered(), await Answered());
        var (miras, noors) = (mira.Recent[^1], noor.Recent[^1]);

        await Feedback.Note(new(mira.Customer, miras.Id, miras.Sequence, Helpful: true), default);
        await Feedback.Note(new(mira.Customer, miras.Id, miras.Sequence, Helpful: false), default);
        await Feedback.Note(new(noor.Customer, noors.Id, noors.Sequence, Helpful: true), default);

        Assert.Equal([KeyValuePair.Create(miras.Id, false)], await Feedback.Read([mira.Customer], default));
        Assert.Equal(2, (await Feedback.Read([mira.Customer, noor.Customer], default)).Count);
        Assert.Empty(await Feedback.Read([], default));
    }

    [Fact]
    public async Task Nothing_is_noted_for_a_customer_who_was_erased()
    {
        var mira = await Answered();
        var answer = mira.Recent[^1];
        await Feedback.Note(new(mira.Customer, answer.Id, answer.Sequence, Helpful: true), default);

        await Record.PersonalData.Erase(mira.Customer, "Ana", default);
        await Feedback.Note(new(mira.Customer, answer.Id, answer.Sequence, Helpful: true), default);

        Assert.Empty(await Feedback.Read([mira.Customer], default));
    }

    private async Task<Conversation> Answered() =>
        await Record.Commit(In(await Record.NewConversation()).CustomerSays("How?").AssistantSays("So."));
}
