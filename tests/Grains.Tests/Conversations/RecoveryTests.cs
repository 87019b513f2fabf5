using FteAgent.Answering;
using FteAgent.Customers;
using FteAgent.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Conversations;

public sealed class RecoveryTests
{
    private static readonly SiloIncarnation Other = new("elsewhere");

    [Fact]
    public async Task An_exchange_that_a_dead_silo_left_open_is_answered_by_the_next_one_once()
    {
        await using var support = await Support.Open();
        var mira = await support.NewCustomer();
        support.Model.Hold();
        var drafting = support.Model.Drafting();
        await support.Write(mira, "How do I import documents?");
        await support.Drafting(drafting);

        await support.CrashAndRestart();
        support.Model.LetGo();
        await support.Until(async () =>
        {
            support.Time.Advance(TimeSpan.FromSeconds(1));
            return (await support.Load(mira)).Exchange is null;
        });

        Assert.Single(Support.Replies(await support.Load(mira)));
    }

    [Fact]
    public async Task An_exchange_that_another_silo_drafts_is_left_to_it_while_it_lives_and_taken_over_when_it_is_gone()
    {
        await using var support = await Support.Open();
        var mira = await support.NewCustomer();
        var roster = support.Silo.GetRequiredService<IDutyRoster>();
        await roster.Renew("elsewhere", default);
        var elsewhere = new ConversationEdit(
            await support.Load(mira), support.Time.GetUtcNow(), support.Context with { Silo = new("elsewhere") });
        elsewhere.Accept(new(
            MessageId.Mint(support.Time), TicketId.Mint(support.Time), Channel.Web, $"{mira}/1", "How do I import documents?", support.Time.GetUtcNow(), null, []));
        Assert.Equal(CommitOutcome.Committed, await support.Store.Commit(elsewhere.ToChanges(CommandId.Mint(support.Time)), default));

        await support.Grain(mira).Poke(null);
        Assert.Equal("elsewhere", (await support.Load(mira)).Exchange!.WorkedBy);

        await support.Grain(mira).Poke("elsewhere");
        var answered = await support.Until(mira, conversation => conversation.Exchange is null);
        Assert.Single(Support.Replies(answered));
    }

    [Fact]
    public async Task A_stale_activation_commits_nothing_and_decides_again_on_what_is_true()
    {
        await using var support = await Support.Open();
        var mira = await HandedOverElsewhere(support);

        await support.Write(mira, "Anybody there?");

        var conversation = await support.Load(mira);
        Assert.Equal("Ben", conversation.Handoff!.By.Name);
        Assert.Null(conversation.Exchange);
        Assert.Equal(conversation.LastSequence, conversation.Recent[^1].Sequence);
    }

    [Fact]
    public async Task A_stale_activation_drops_no_draft_for_an_exchange_that_it_does_not_know()
    {
        await using var support = await Support.Open();
        var (mira, exchange, epoch) = await AskedElsewhere(support);

        await support.Grain(mira).Complete(exchange, epoch, ScriptedModel.Quote("Here are the words of the guide."));

        var conversation = await support.Load(mira);
        Assert.Null(conversation.Exchange);
        Assert.Equal(2, Support.Replies(conversation).Count());
    }

    [Fact]
    public async Task A_stale_activation_takes_over_an_exchange_that_it_does_not_know()
    {
        await using var support = await Support.Open();
        var (mira, _, _) = await AskedElsewhere(support);

        await support.Grain(mira).Poke(Other.Value);

        var answered = await support.Until(mira, conversation => conversation.Exchange is null);
        Assert.Equal(2, Support.Replies(answered).Count());
    }

    [Fact]
    public async Task A_stale_activation_refuses_nobody_what_they_may_do()
    {
        await using var support = await Support.Open();
        var mira = await HandedOverElsewhere(support);

        var result = await support.Grain(mira).Reply(CommandId.Mint(support.Time), Support.Ben, "Like this.");

        Assert.Equal(ActOutcome.Done, result.Outcome);
        Assert.Contains((await support.Load(mira)).Recent, message => message.Text == "Like this.");
    }

    [Fact]
    public async Task A_first_answer_that_is_late_for_whatever_reason_reaches_a_person()
    {
        await using var support = await Support.Open();
        var mira = await support.NewCustomer();
        support.Model.Hold();
        await support.Write(mira, "How do I import documents?");

        await support.Until(async () =>
        {
            support.Time.Advance(TimeSpan.FromSeconds(10));
            return (await support.Load(mira)).Escalation is not null;
        });

        var conversation = await support.Load(mira);
        Assert.Null(conversation.Exchange);
        Assert.All(conversation.Tickets, ticket => Assert.Null(ticket.FirstResponseDue));
    }

    [Fact]
    public async Task A_first_answer_that_nothing_is_at_work_on_reaches_a_person_when_it_is_late()
    {
        await using var support = await Support.Open();
        var mira = await support.NewCustomer();
        await support.Ask(mira, "How do I import documents?");
        // As after a fault of ours: the promise stands, and no exchange will keep it.
        var elsewhere = new ConversationEdit(await support.Load(mira), support.Time.GetUtcNow(), support.Context);
        elsewhere.Put(elsewhere.Conversation.CurrentTicket! with { FirstResponseAt = null, FirstResponseDue = support.Time.GetUtcNow().AddMinutes(1) });
        Assert.Equal(CommitOutcome.Committed, await support.Store.Commit(elsewhere.ToChanges(CommandId.Mint(support.Time)), default));

        await support.Grain(mira).Poke(null);
        Assert.Null((await support.Load(mira)).Escalation);
        await support.Leap(TimeSpan.FromMinutes(1));
        await support.Grain(mira).Poke(null);

        var conversation = await support.Load(mira);
        Assert.Equal((EscalationReason.ServiceUnavailable, Urgency.High, "T1.first_response"), (conversation.Escalation!.Reason, conversation.Escalation.Urgency, conversation.Escalation.Rule));
        Assert.All(conversation.Tickets, ticket => Assert.Null(ticket.FirstResponseDue));
    }

    /// <summary>A customer whose conversation another activation, after a split, has handed to Ben: the one here does not know.</summary>
    private static async Task<CustomerId> HandedOverElsewhere(Support support)
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, "How do I import documents?");
        var elsewhere = new ConversationEdit(await support.Load(mira), support.Time.GetUtcNow(), support.Context);
        elsewhere.TakeOver(Support.Ben);
        Assert.Equal(CommitOutcome.Committed, await support.Store.Commit(elsewhere.ToChanges(CommandId.Mint(support.Time)), default));
        return mira;
    }

    /// <summary>A customer of whom the activation here knows one question, and another one, after a split, has taken a second, which is drafted there.</summary>
    private static async Task<(CustomerId Customer, ExchangeId Exchange, long Epoch)> AskedElsewhere(Support support)
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, "How do I import documents?");
        await support.Silo.GetRequiredService<IDutyRoster>().Renew(Other.Value, default);
        var elsewhere = new ConversationEdit(await support.Load(mira), support.Time.GetUtcNow(), support.Context with { Silo = Other });
        elsewhere.Accept(new(
            MessageId.Mint(support.Time), TicketId.Mint(support.Time), Channel.Web, $"{mira}/elsewhere", "And how do I delete them?", support.Time.GetUtcNow(), null, []));
        var changes = elsewhere.ToChanges(CommandId.Mint(support.Time));
        Assert.Equal(CommitOutcome.Committed, await support.Store.Commit(changes, default));
        return (mira, changes.Conversation.Exchange!.Id, changes.Conversation.Epoch);
    }
}
