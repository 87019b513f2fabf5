using FteAgent.Customers;

namespace FteAgent.Conversations;

/// <content>What the customer hears once a person has settled it.</content>
public sealed partial class UnprovedAnswerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_that_a_person_settles_without_coming_in_leaves_no_question_of_the_customers_without_a_word(bool isAsking)
    {
        var (vera, mira) = await TwoCustomers();
        await Identities.Merge(vera, mira, "Ana", "they said so", default);
        await Closed(mira);
        await Intake.Take(Mail("m2", await Mailed(vera)), default);
        var said = Said(await support.Load(mira));
        if (isAsking)
        {
            support.Model.Hold();
            var drafting = support.Model.Drafting();
            await support.Write(mira, "How do I delete documents?");
            await support.Drafting(drafting);
            // It is a matter of their own, with a promise of its own.
            Assert.True((await support.Load(mira)).CurrentTicket is { Subject: "How do I delete documents?", FirstResponseDue: not null });
        }

        Assert.Equal(ActOutcome.Done, (await support.Grain(mira).Resolve(new(Guid.NewGuid()), Support.Ana, "It was not hers.")).Outcome);
        support.Model.LetGo();
        var after = await Closed(mira);

        Assert.Empty(after.Tickets);
        Assert.Equal(isAsking, Said(after) > said);
        Assert.Equal(isAsking, after.Recent.Any(message => message.Notice is Notice.Resolved));
    }

    /// <summary>Silence has closed what was open, in another activation.</summary>
    private async Task<Conversation> Closed(CustomerId customer)
    {
        var edit = new ConversationEdit(await support.Load(customer), support.Time.GetUtcNow(), support.Context);
        edit.CloseQuiet();
        Assert.Equal(CommitOutcome.Committed, await support.Store.Commit(edit.ToChanges(CommandId.Mint(support.Time)), default));
        return edit.Conversation;
    }
}
