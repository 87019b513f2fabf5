using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Tickets;

namespace FteAgent.Record;

public abstract class ConversationStoreContract : RecordContract
{
    [Fact]
    public async Task Conversation_in_which_nothing_was_said_is_new()
    {
        var customer = await Record.NewCustomer();

        Same.Conversation(Conversation.New(customer), await Record.Conversations.Load(customer, default));
    }

    [Fact]
    public async Task What_was_committed_is_loaded_again_in_full()
    {
        var citation = new Citation("c1", "docs/errors.md", "Errors", "Errors › 402", "402 means „payment required“.", Record.Now.AddDays(-3), "https://example.com/errors");
        var committed = await Record.Commit(In(await Record.NewConversation())
            .Opens("Error 402", firstResponseDue: Record.Now.AddMinutes(5))
            .CustomerSays("What does error 402 mean? 🙂 שלום", "m-1", sentiment: 0.25)
            .AssistantSays("It means that a payment is due.", citation)
            .Says(new Message(MessageId.Mint(Record.Time), 0, Actor.System, MessageKind.Notice, "", Record.Now, Channel.WhatsApp, null, [],
                "Need more help?", null, Notice.CoolDown, null, "rule-7", "extractive/1", ExchangeId.Mint(Record.Time)))
            .Escalates(EscalationReason.PricingInquiry, Urgency.High, Record.Now.AddMinutes(15))
            .TakenBy(Ana)
            .OpensExchange()
            .With(c => c with { QuietCloseAt = Record.Now.AddHours(24), CoolDownAt = Record.Now.AddSeconds(-1) }));

        Same.Conversation(committed, await Record.Load(committed));
    }

    [Fact]
    public async Task Every_field_of_a_ticket_and_an_escalation_comes_back()
    {
        var opened = await Record.Commit(In(await Record.NewConversation()).Opens("A bug").CustomerSays("It broke.").Escalates(EscalationReason.Engineering));
        Record.Advance(60);
        var ended = opened.Escalation! with
        {
            Urgency = Urgency.Urgent,
            Reminders = 2,
            AcknowledgedBy = Bo,
            AcknowledgedAt = Record.Now,
            EndedAt = Record.Now,
            AckDue = null,
        };
        var closed = opened.CurrentTicket! with
        {
            Status = TicketStatus.Closed,
            FirstResponseAt = Record.Now,
            EscalatedAt = Record.Now,
            ClosedAt = Record.Now,
            Category = TicketCategory.BugReport,
            Priority = TicketPriority.High,
            Resolution = new(Actor.Of(Bo), Record.Now, "Mended.", Verification.CustomerConfirmed, Record.Now),
        };
        var after = await Record.Commit(In(opened).Escalation(ended).Ticket(_ => closed));

        Assert.Equal(closed, Assert.Single(await Record.Conversations.Tickets(after.Customer, default)));
        Assert.Equal(ended, Assert.Single(await Record.Conversations.Escalations(after.Customer, default)));
        Same.Conversation(after, await Record.Load(after));
        Assert.Empty((await Record.Load(after)).Tickets);
    }

    [Fact]
    public async Task That_an_operator_opened_a_ticket_is_kept_whoever_writes_it_again()
    {
        var opened = await Record.Commit(In(await Record.NewConversation()).Opens("Own").CustomerSays("Hello"));
        var ticket = new Ticket(
            TicketId.Mint(Record.Time), "Invoice", TicketStatus.Open, TicketCategory.Billing, TicketPriority.Low, Channel.Web, Record.Now, null)
        { OpenedByOperator = true };
        opened = await Record.Commit(In(opened).Opens(ticket));

        Assert.Equal([false, true], (await Record.Load(opened)).Tickets.Select(t => t.OpenedByOperator));
        Assert.Equal("Own", opened.CurrentTicket!.Subject);
        opened = await Record.Commit(In(opened).Opens(ticket with { OpenedByOperator = false, Subject = "Invoice of March" }));
        var known = (await Record.Conversations.Tickets(opened.Customer, default)).Single(t => t.Id == ticket.Id);
        Assert.Equal(("Invoice of March", true), (known.Subject, known.OpenedByOperator));
    }

    [Fact]
    public async Task Tickets_and_escalations_are_listed_latest_first_and_open_ones_loaded_oldest_first()
    {
        var conversation = await Record.Commit(In(await Record.NewConversation()).Opens("First").Escalates(EscalationReason.Legal).CustomerSays("One."));
        conversation = await Record.Commit(In(conversation).Escalation(conversation.Escalation! with { EndedAt = Record.Now }));
        conversation = await Record.Commit(In(conversation).Opens("Second").Escalates(EscalationReason.Security));
        conversation = await Record.Commit(In(conversation).Opens("Third"));

        Assert.Equal(["Third", "Second", "First"], (await Record.Conversations.Tickets(conversation.Customer, default)).Select(t => t.Subject));
        Assert.Equal(["First", "Second", "Third"], (await Record.Load(conversation)).Tickets.Select(t => t.Subject));
        Assert.Equal([EscalationReason.Security, EscalationReason.Legal], (await Record.Conversations.Escalations(conversation.Customer, default)).Select(e => e.Reason));
    }

    [Fact]
    public async Task Stale_activation_commits_nothing()
    {
        var start = await Record.Commit(In(await Record.NewConversation()).Opens("Matter").CustomerSays("One."));
        var winner = await Record.Commit(In(start).CustomerSays("Two."));

        var stale = In(start).Opens("Another").CustomerSays("Two, too.", "stale").Escalates(EscalationReason.Legal).Sends("web").OpensExchange().Changes();
        Assert.Equal(CommitOutcome.VersionConflict, await Record.Conversations.Commit(stale, default));

        Same.Conversation(winner, await Record.Load(winner));
        Assert.False(await Record.Conversations.WasCommitted(winner.Customer, stale.Command, default));
        Assert.Null(await Record.Conversations.FindDelivered(Channel.Web, "stale", default));
        Assert.Empty(await Record.Conversations.Escalations(winner.Customer, default));
        Assert.Single(await Record.Conversations.Tickets(winner.Customer, default));
        Assert.Empty(await Record.Outbox.Claim(winner.Customer, "me", TimeSpan.FromSeconds(30), default));
    }

    [Fact]
    public async Task Parallel_first_commits_leave_one_winner()
    {
        var conversation = await Record.NewConversation();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Record.Conversations.Commit(In(conversation).CustomerSays($"Hello {i}").Changes(), default)));

        Assert.Single(outcomes, CommitOutcome.Committed);
        Assert.Equal(19, outcomes.Count(o => o == CommitOutcome.VersionConflict));
        var loaded = await Record.Load(conversation);
        Assert.Equal((1, 1), (loaded.Version, loaded.Recent.Length));
    }

    [Fact]
    public async Task Conversation_of_somebody_whom_the_record_does_not_have_never_begins()
    {
        var nobody = In(Conversation.New(new(Guid.NewGuid()))).CustomerSays("Hello", "nobodys").Sends("web").Changes();

        for (var time = 1; time <= 2; time++)
            Assert.Equal(CommitOutcome.NoCustomer, await Record.Conversations.Commit(nobody, default));

        Assert.Null(await Record.Conversations.FindDelivered(Channel.Web, "nobodys", default));
    }

    [Fact]
    public async Task Changes_that_skip_a_version_are_a_fault_of_the_caller() =>
        await Assert.ThrowsAsync<ArgumentException>(async () =>
            await Record.Conversations.Commit(In(await Record.NewConversation()).With(c => c with { Version = 5 }).Changes(), default));

    [Fact]
    public async Task Redelivered_message_is_not_stored_again()
    {
        var first = await Record.Commit(In(await Record.NewConversation()).Opens("Matter").CustomerSays("Hello", "same-id"));

        var again = In(first).Opens("Twice").CustomerSays("Hello", "same-id").Sends("web").Changes();
        Assert.Equal(CommitOutcome.DuplicateMessage, await Record.Conversations.Commit(again, default));
        var elsewhere = In(await Record.NewConversation()).CustomerSays("Hello", "same-id").Changes();
        Assert.Equal(CommitOutcome.DuplicateMessage, await Record.Conversations.Commit(elsewhere, default));
        var within = In(first).CustomerSays("A", "twice-at-once").CustomerSays("B", "twice-at-once").Changes();
        Assert.Equal(CommitOutcome.DuplicateMessage, await Record.Conversations.Commit(within, default));

        Same.Conversation(first, await Record.Load(first));
        Assert.Equal(0, (await Record.Conversations.Load(elsewhere.Conversation.Customer, default)).Version);
        Assert.Null(await Record.Conversations.FindDelivered(Channel.Web, "twice-at-once", default));
        Assert.False(await Record.Conversations.WasCommitted(first.Customer, again.Command, default));
    }

    [Fact]
    public async Task Same_id_on_another_channel_is_another_message()
    {
        var first = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello", "id-1"));

        await Record.Commit(In(first).CustomerSays("Hello", "id-1", Channel.Email));

        Assert.Equal(1, (await Record.Conversations.FindDelivered(Channel.Web, "id-1", default))!.Message.Sequence);
        Assert.Equal(2, (await Record.Conversations.FindDelivered(Channel.Email, "id-1", default))!.Message.Sequence);
    }

    [Fact]
    public async Task Delivered_message_is_found_with_its_owner()
    {
        var conversation = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello", "id-1"));

        var found = await Record.Conversations.FindDelivered(Channel.Web, "id-1", default);

        Assert.Equal(conversation.Customer, found!.Customer);
        Same.Messages(conversation.Recent, [found.Message]);
        Assert.Null(await Record.Conversations.FindDelivered(Channel.Web, "id-2", default));
    }

    [Fact]
    public async Task Command_is_remembered_for_a_day_in_its_conversation_only()
    {
        var command = new CommandId(Guid.NewGuid());
        var conversation = await Record.Commit(In(await Record.NewConversation()).By(command).CustomerSays("Hello"));
        var other = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello"));

        Record.Advance(TimeSpan.FromHours(24).TotalSeconds);
        await Record.Commit(In(other).CustomerSays("Again"));

        Assert.True(await Record.Conversations.WasCommitted(conversation.Customer, command, default));
        Assert.False(await Record.Conversations.WasCommitted(other.Customer, command, default));
        Assert.False(await Record.Conversations.WasCommitted(conversation.Customer, new(Guid.NewGuid()), default));
    }

    [Fact]
    public async Task Command_repeated_on_a_later_version_is_not_done_twice()
    {
        var command = new CommandId(Guid.NewGuid());
        var conversation = await Record.Commit(In(await Record.NewConversation()).By(command).CustomerSays("Hello"));

        Assert.Equal(CommitOutcome.VersionConflict, await Record.Conversations.Commit(In(conversation).By(command).CustomerSays("Hello").Changes(), default));

        Same.Conversation(conversation, await Record.Load(conversation));
    }

    [Fact]
    public async Task Messages_are_read_in_order_after_a_place_and_without_notes_unless_asked_for()
    {
        var conversation = await Record.Commit(In(await Record.NewConversation())
            .CustomerSays("One").OperatorNotes(Ana, "Two, private").OperatorSays(Ana, "Three").CustomerSays("Four"));

        async Task<IEnumerable<string>> Read(long after, int limit, bool notes) =>
            (await Record.Conversations.Read(conversation.Customer, after, limit, notes, default)).Select(m => m.Text);

        Assert.Equal(["One", "Three", "Four"], await Read(0, 1000, notes: false));
        Assert.Equal(["Two, private", "Three", "Four"], await Read(1, 1000, notes: true));
        Assert.Equal(["One", "Three"], await Read(0, 2, notes: false));
        Assert.Empty(await Read(4, 1000, notes: true));
        Assert.Empty(await Record.Conversations.Read(await Record.NewCustomer(), 0, 1000, true, default));
    }

    [Fact]
    public async Task Only_the_recent_messages_are_loaded_and_all_can_be_read()
    {
        var conversation = await Record.NewConversation();
        for (var i = 0; i < 7; i++)
        {
            var act = In(conversation);
            for (var j = 0; j < 10; j++)
                act.CustomerSays($"{(i * 10) + j + 1}");
            conversation = await Record.Commit(act.Decides());
        }

        var loaded = await Record.Load(conversation);

        Assert.Equal(Enumerable.Range(11, Conversation.RecentLimit).Select(i => $"{i}"), loaded.Recent.Select(m => m.Text));
        Assert.Equal(70, (await Record.Conversations.Read(conversation.Customer, 0, 1000, false, default)).Length);
    }

    [Fact]
    public async Task What_is_still_to_be_decided_is_loaded_however_much_it_is()
    {
        var act = In(await Record.NewConversation()).CustomerSays("1").Decides();
        for (var i = 2; i <= Conversation.RecentLimit + 30; i++)
            act.CustomerSays($"{i}");
        var conversation = await Record.Commit(act);

        var loaded = await Record.Load(conversation);

        Assert.Equal(Enumerable.Range(2, Conversation.RecentLimit + 29).Select(i => $"{i}"), loaded.Recent.Select(m => m.Text));
        Assert.Equal(1, loaded.DecidedThrough);
    }

    [Fact]
    public async Task Due_times_are_kept_on_the_records_clock()
    {
        // This grain's clock is ten minutes behind.
        var late = Record.Now.AddMinutes(-10);
        var conversation = await Record.Commit(new Act(await Record.NewConversation(), late).CustomerSays("Hello").OpensExchange(dueInSeconds: 30)
            .With(c => c with { QuietCloseAt = late.AddHours(1) }));

        var loaded = await Record.Load(conversation);

        Assert.Equal(Record.Now.AddSeconds(30), loaded.Exchange!.DueAt);
        Assert.Equal(Record.Now.AddHours(1), loaded.QuietCloseAt);
    }

    [Theory]
    [InlineData("'; drop table messages; --")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("%_\\' \" $text @text :text ?1")]
    [InlineData("")]
    [InlineData("a\r\nb\tc\u0001d\u202Ee\U0001F600")]
    public async Task Hostile_text_is_only_text(string text)
    {
        var conversation = await Record.Commit(In(await Record.NewConversation(text)).Opens(text).CustomerSays(text, "id" + text).Escalates(EscalationReason.Policy).Sends("web", text));

        Same.Conversation(conversation, await Record.Load(conversation));
        Assert.Equal(text, (await Record.Conversations.FindDelivered(Channel.Web, "id" + text, default))!.Message.Text);
    }

    [Fact]
    public async Task Zero_character_does_not_cut_a_text()
    {
        var conversation = await Record.Commit(In(await Record.NewConversation()).CustomerSays("before\0after"));

        Assert.Equal("before\uFFFDafter", Assert.Single((await Record.Load(conversation)).Recent).Text);
    }

    [Fact]
    public async Task Anothers_ticket_or_escalation_is_never_written()
    {
        var mine = await Record.Commit(In(await Record.NewConversation()).Opens("Mine").Escalates(EscalationReason.Legal).CustomerSays("Hello"));
        var other = await Record.NewConversation();

        await Assert.ThrowsAnyAsync<Exception>(() => Record.Conversations.Commit(In(other).Opens(mine.CurrentTicket! with { Subject = "Stolen" }).Changes(), default));
        await Assert.ThrowsAnyAsync<Exception>(() => Record.Conversations.Commit(In(other).Opens("Own").Escalation(mine.Escalation! with { Summary = "Stolen" }).Changes(), default));

        Same.Conversation(mine, await Record.Load(mine));
        Assert.Equal(0, (await Record.Load(other)).Version);
    }

    [Fact]
    public async Task Cancelled_caller_leaves_the_others_alone()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var conversations = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Record.NewConversation()));

        var commits = conversations.Select((conversation, i) => Record.Conversations.Commit(
            In(conversation).CustomerSays("Hello").Changes(), i % 2 == 0 ? cancelled.Token : default)).ToArray();

        for (var i = 0; i < commits.Length; i++)
        {
            if (i % 2 == 0)
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => commits[i]);
            else
                Assert.Equal(CommitOutcome.Committed, await commits[i]);
            Assert.Equal(i % 2, (await Record.Load(conversations[i])).Version);
        }
    }

    [Fact]
    public async Task Exchange_bears_its_places_in_traces_and_ends_with_them()
    {
        const string Places = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01 00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
        var conversation = await Record.Commit(In(await Record.NewConversation()).CustomerSays("Hello").OpensExchange(trace: Places));
        var open = await Record.Load(conversation);
        conversation = await Record.Commit(In(conversation).AssistantSays("Answer").Exchange(null));
        conversation = await Record.Commit(In(conversation).CustomerSays("Again").OpensExchange());

        Assert.Equal(Places, open.Exchange!.Trace);
        Assert.Null((await Record.Load(conversation)).Exchange!.Trace);
    }
}
