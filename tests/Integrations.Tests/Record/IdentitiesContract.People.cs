using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Record;

/// <content>Whom a person was called to for what somebody else may have written.</content>
public abstract partial class IdentitiesContract
{
    [Theory]
    [InlineData(Escalation.UnprovedRule)]
    [InlineData(Escalation.NotTakenRule)]
    public async Task Person_who_was_called_for_what_somebody_else_may_have_written_keeps_nobody_apart(string rule)
    {
        var held = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hi").TakenBy(Ana));

        // Contact goes on with whoever a person has, then with whoever one is called to.
        Assert.Equal((MergeOutcome.Merged, held.Customer), Ended(await Merge((await Called()).Customer, held.Customer)));
        Assert.Equal((MergeOutcome.Merged, held.Customer), Ended(await Merge(held.Customer, (await Called()).Customer)));
        var (called, into) = (await Called(), await Called());
        Assert.Equal((MergeOutcome.Merged, into.Customer), Ended(await Merge(called.Customer, into.Customer)));
        Assert.Equal((MergeOutcome.Merged, into.Customer), Ended(await Merge(into.Customer, (await Spoken()).Customer)));

        static (MergeOutcome, CustomerId?) Ended(MergeResult merge) => (merge.Outcome, merge.Into);

        async Task<Conversation> Called()
        {
            var opened = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hi").Opens("To be looked at"));
            return await Record.Commit(In(opened).Escalation(new(
                Guid.NewGuid(), opened.CurrentTicket!.Id, EscalationReason.ServiceUnavailable, rule, Urgency.Normal, "support", "", Actor.System, Record.Now, Record.Now)));
        }
    }
}
