using FteAgent.Answering;
using FteAgent.Tickets;

namespace FteAgent.Conversations;

public sealed class ExchangeTests : IAsyncLifetime
{
    private Support support = null!;

    public async Task InitializeAsync() => support = await Support.Open();

    public async Task DisposeAsync() => await support.DisposeAsync();

    [Fact]
    public async Task A_question_is_answered_with_its_source_under_a_ticket_that_was_opened_before()
    {
        var mira = await support.NewCustomer();
        var accepted = await support.Write(mira, "How do I import documents?");
        Assert.Equal(accepted.TicketId, (await support.Load(mira)).CurrentTicket!.Id);

        var conversation = await support.Settled(mira);

        var reply = Assert.Single(Support.Replies(conversation));
        Assert.Equal("guide.md", Assert.Single(reply.Citations).DocumentId);
        Assert.Equal("A3.answer", reply.Rule);
        Assert.Equal("scripted/1", reply.Model);
        Assert.Equal(accepted.TicketId, reply.TicketId);
        Assert.NotNull(reply.Footer);
        Assert.Equal(TicketStatus.Waiting, conversation.CurrentTicket!.Status);
    }

    [Fact]
    public async Task Fifty_parallel_redeliveries_make_one_message_one_ticket_and_one_reply()
    {
        var mira = await support.NewCustomer();

        var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => support.Write(mira, "How do I import documents?", key: "the-same")));
        var conversation = await support.Settled(mira);

        Assert.Single(all, accepted => accepted.Outcome is AcceptOutcome.Stored);
        Assert.Single(all.Select(accepted => (accepted.MessageId, accepted.TicketId, accepted.Sequence)).Distinct());
        Assert.Single(conversation.Recent, message => message.Author.Kind is ActorKind.Customer);
        Assert.Single(await support.Store.Tickets(mira, default));
        Assert.Single(Support.Replies(conversation));
    }

    [Fact]
    public async Task A_redelivery_long_after_the_window_of_recent_messages_is_still_recognised()
    {
        var mira = await support.NewCustomer();
        var first = await support.Write(mira, "How do I import documents?", key: "old");
        for (var i = 0; i < Conversation.RecentLimit + 1; i++)
            await support.Write(mira, $"and another thing, number {i}");

        var again = await support.Write(mira, "How do I import documents?", key: "old");

        Assert.Equal(AcceptOutcome.Duplicate, again.Outcome);
        Assert.Equal(first.MessageId, again.MessageId);
    }

    [Fact]
    public async Task The_same_key_with_other_words_is_a_conflict_and_stores_nothing()
    {
        var mira = await support.NewCustomer();
        await support.Write(mira, "How do I import documents?", key: "k");

        var other = await support.Write(mira, "How do I delete everything?", key: "k");

        Assert.Equal(AcceptOutcome.Conflict, other.Outcome);
        Assert.Equal(1, (await support.Load(mira)).LastSequence);

        await support.Write(mira, "It does not start.", key: "f", form: new("Starting", TicketCategory.Technical, TicketPriority.High));
        var otherSubject = await support.Write(mira, "It does not start.", key: "f", form: new("Stopping", TicketCategory.Technical, TicketPriority.High));
        Assert.Equal(AcceptOutcome.Conflict, otherSubject.Outcome);
        Assert.Equal(2, (await support.Load(mira)).LastSequence);
    }

    [Fact]
    public async Task A_burst_of_five_messages_gets_one_answer()
    {
        var mira = await support.NewCustomer();
        foreach (var text in (string[])["Hi", "I have a question", "about the import", "of documents", "How does it work?"])
        {
            await support.Write(mira, text);
            support.Time.Advance(support.Context.Options.Settle / 4);
        }

        var conversation = await support.Settled(mira);

        Assert.Single(Support.Replies(conversation));
        Assert.Equal(1, support.Model.Drafts);
    }

    [Fact]
    public async Task A_message_that_arrives_while_the_answer_is_written_joins_it()
    {
        var mira = await support.NewCustomer();
        support.Model.Hold();
        var drafting = support.Model.Drafting();
        await support.Write(mira, "How do I import documents?");
        await support.Drafting(drafting);

        var redrafting = support.Model.Drafting();
        await support.Write(mira, "From a folder, I mean.");
        await support.Drafting(redrafting);
        support.Model.LetGo();
        var conversation = await support.Until(mira, c => c.Exchange is null);

        Assert.Single(Support.Replies(conversation));
        Assert.Equal(2, support.Model.Drafts);
    }

    [Fact]
    public async Task After_three_joins_what_is_drafted_is_answered_and_later_messages_open_the_next_exchange()
    {
        var mira = await support.NewCustomer();
        support.Model.Hold();
        for (var i = 0; i <= support.Context.Options.Restarts; i++)
        {
            var drafting = support.Model.Drafting();
            await support.Write(mira, $"How do I import documents, part {i}?");
            await support.Drafting(drafting);
        }

        await support.Write(mira, "And how do I search them?");
        support.Model.LetGo();
        await support.Until(mira, c => Support.Replies(c).Count() == 1);
        var conversation = await support.Settled(mira);

        Assert.Equal(2, Support.Replies(conversation).Count());
        Assert.Equal(ActorKind.Assistant, conversation.Recent[^1].Author.Kind);
    }

    [Fact]
    public async Task A_message_twenty_seconds_after_the_first_waits_for_the_next_exchange()
    {
        var mira = await support.NewCustomer();
        support.Model.Hold();
        var drafting = support.Model.Drafting();
        await support.Write(mira, "How do I import documents?");
        await support.Drafting(drafting);
        support.Time.Advance(support.Context.Options.JoinFor);

        var epoch = (await support.Load(mira)).Epoch;
        await support.Write(mira, "And how do I search them?");
        Assert.Equal(epoch, (await support.Load(mira)).Epoch);
        support.Model.LetGo();
        await support.Until(mira, c => Support.Replies(c).Count() == 1);

        Assert.Equal(2, Support.Replies(await support.Settled(mira)).Count());
    }

    [Fact]
    public async Task More_than_five_messages_a_minute_bring_one_notice_and_lose_nothing()
    {
        var mira = await support.NewCustomer();
        for (var i = 0; i < 9; i++)
            await support.Write(mira, $"How do I import documents, part {i}?");

        var conversation = await support.Settled(mira);

        Assert.Single(conversation.Recent, message => message.Notice is Notice.CoolDown);
        Assert.Equal(9, conversation.Recent.Count(message => message.Author.Kind is ActorKind.Customer));
        Assert.Single(Support.Replies(conversation));
    }

    [Fact]
    public async Task A_burst_larger_than_the_window_of_recent_messages_is_shown_to_the_model_whole()
    {
        var mira = await support.NewCustomer();
        var shown = 0;
        support.Model.Answer = request =>
        {
            shown = request.Question.Length;
            return ScriptedModel.Quote("All the words of the guide.");
        };
        for (var i = 0; i < Conversation.RecentLimit + 20; i++)
            await support.Write(mira, $"How do I import documents, part {i}?");

        var conversation = await support.Settled(mira);

        Assert.Equal(Conversation.RecentLimit + 20, shown);
        Assert.True(conversation.DecidedThrough >= Conversation.RecentLimit + 20);
    }

    [Fact]
    public async Task An_empty_message_is_asked_for_text_and_a_third_one_reaches_a_person()
    {
        var mira = await support.NewCustomer();
        var asked = Support.Replies(await support.Ask(mira, "  ")).Last();
        Assert.Contains("couldn't find any text", asked.Text);
        Assert.Equal("C7.empty", asked.Rule);
        Assert.Null((await support.Ask(mira, "")).Escalation);

        var conversation = await support.Ask(mira, "\u0000");

        Assert.Equal((EscalationReason.UnableToParseMessage, "C7.empty"), (conversation.Escalation!.Reason, conversation.Escalation.Rule));
    }

    [Fact]
    public async Task A_model_that_is_down_brings_an_apology_and_a_person()
    {
        var mira = await support.NewCustomer();
        support.Model.Answer = _ => throw new HttpRequestException("down");
        await support.Write(mira, "How do I import documents?");

        // Each wait before another attempt is the model's own; time goes on until the decision is there.
        await support.Until(async () =>
        {
            support.Time.Advance(TimeSpan.FromSeconds(1));
            return (await support.Load(mira)).Exchange is null;
        });

        var conversation = await support.Load(mira);
        Assert.Equal(EscalationReason.ServiceUnavailable, conversation.Escalation!.Reason);
        Assert.Contains("sorry", Support.Replies(conversation).Single().Text);
        Assert.Equal(3, support.Model.Drafts);
    }

    [Fact]
    public async Task A_model_that_never_answers_does_not_leave_the_chat_stuck()
    {
        var mira = await support.NewCustomer();
        support.Model.Hold();
        var drafting = support.Model.Drafting();
        await support.Write(mira, "How do I import documents?");
        await support.Drafting(drafting);

        support.Time.Advance(support.Context.Options.DraftFor);
        var conversation = await support.Until(mira, c => c.Exchange is null);

        Assert.Equal(EscalationReason.ServiceUnavailable, conversation.Escalation!.Reason);
    }

    [Fact]
    public async Task Nothing_in_the_documents_is_said_and_escalated()
    {
        var mira = await support.NewCustomer();
        support.Model.Answer = _ => Draft.None;

        var conversation = await support.Ask(mira, "How do I fold a paper crane?");

        Assert.Equal(EscalationReason.NoEvidence, conversation.Escalation!.Reason);
        Assert.Equal(TicketStatus.Escalated, conversation.CurrentTicket!.Status);
        Assert.Empty(Support.Replies(conversation).Single().Citations);
    }

    [Fact]
    public async Task A_refund_is_refused_and_escalated_before_any_model_is_asked()
    {
        var mira = await support.NewCustomer();

        var conversation = await support.Ask(mira, "I want a refund for my last payment.");

        Assert.Equal(EscalationReason.RefundRequest, conversation.Escalation!.Reason);
        Assert.Equal(0, support.Model.Drafts);
    }

    [Fact]
    public async Task While_a_person_is_awaited_other_questions_are_still_answered_and_nothing_is_said_twice()
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, "I want a refund for my last payment.");

        var answered = await support.Ask(mira, "How do I import documents?");
        Assert.NotEmpty(Support.Replies(answered).Last().Citations);
        Assert.NotNull(answered.Escalation);

        var repeated = await support.Ask(mira, "I still want my refund.");
        Assert.Equal(Support.Replies(answered).Count(), Support.Replies(repeated).Count());
    }

    [Fact]
    public async Task Thanks_for_an_answer_in_between_do_not_close_what_a_person_is_awaited_for()
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, "I want a refund for my last payment.");
        await support.Ask(mira, "How do I import documents?");

        var conversation = await support.Ask(mira, "Great, that worked, thank you!");

        Assert.Equal(EscalationReason.RefundRequest, conversation.Escalation!.Reason);
        Assert.Equal(TicketStatus.Escalated, conversation.CurrentTicket!.Status);
    }

    [Fact]
    public async Task A_graver_matter_while_a_person_is_awaited_takes_the_place_of_the_first_reason()
    {
        var mira = await support.NewCustomer();
        var first = await support.Ask(mira, "I want a refund for my last payment.");

        var graver = await support.Ask(mira, "My account was hacked and somebody else is signed in.");
        Assert.Equal(first.Escalation!.Id, graver.Escalation!.Id);
        Assert.Equal(EscalationReason.Security, graver.Escalation.Reason);
        Assert.Equal("security", graver.Escalation.Route);

        var silent = await support.Ask(mira, "How do I import documents?");
        Assert.Equal(Support.Replies(graver).Count(), Support.Replies(silent).Count());
    }

    [Fact]
    public async Task A_form_that_came_too_late_for_an_exchange_keeps_its_promise_of_a_first_answer()
    {
        var mira = await support.NewCustomer();
        support.Model.Hold();
        var drafting = support.Model.Drafting();
        await support.Write(mira, "How do I import documents?");
        await support.Drafting(drafting);
        support.Time.Advance(support.Context.Options.JoinFor);
        var late = await support.Write(mira, "How do I search them from the terminal?", form: new("Searching", TicketCategory.Technical, TicketPriority.Low));

        support.Model.LetGo();
        var answered = await support.Until(mira, c => Support.Replies(c).Count() == 1);
        Assert.Null(answered.Tickets.Single(ticket => ticket.Id == late.TicketId).FirstResponseAt);

        var both = await support.Settled(mira);
        Assert.All(both.Tickets, ticket => Assert.NotNull(ticket.FirstResponseAt));
    }

    [Fact]
    public async Task Who_asked_for_a_person_hears_no_more_from_the_assistant()
    {
        var mira = await support.NewCustomer();
        await support.Ask(mira, "Let me talk to a real person, please.");

        var conversation = await support.Ask(mira, "How do I import documents?");

        Assert.Single(Support.Replies(conversation));
        Assert.Equal(0, support.Model.Drafts);
    }
}
