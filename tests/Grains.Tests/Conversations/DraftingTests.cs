using System.Collections.Concurrent;
using FteAgent.Answering;
using FteAgent.Customers;
using FteAgent.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Conversations;

/// <summary>How a model is asked, and what becomes of what it says.</summary>
public sealed class DraftingTests
{
    private static readonly Citation Invented = new(GuideIndex.Chunk, "guide.md", "Guide", "", "words that stand nowhere", DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task A_quote_that_stands_nowhere_is_asked_for_once_more_with_what_was_wrong()
    {
        await using var support = await Support.Open();
        var mira = await support.NewCustomer();
        support.Model.Answer = request => request.Fault is null ? Invent() : ScriptedModel.Quote("Here are the words of the guide.");

        var conversation = await support.Ask(mira, "How do I import documents?");

        Assert.Equal("Here are the words of the guide.", Assert.Single(Support.Replies(conversation)).Text);
        Assert.Equal([false, true], support.Model.Requests.Select(request => request.Fault is not null));
        Assert.Contains("is not in chunk", support.Model.Requests[^1].Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_invents_its_quotes_twice_is_not_sent_and_a_person_comes()
    {
        await using var support = await Support.Open();
        var mira = await support.NewCustomer();
        support.Model.Answer = _ => Invent();

        var conversation = await support.Ask(mira, "How do I import documents?");

        Assert.Equal("A5.failure", conversation.Escalation!.Rule);
        Assert.DoesNotContain(conversation.Recent, message => message.Text.Contains("invented", StringComparison.Ordinal));
        Assert.Equal(2, support.Model.Drafts);
    }

    [Fact]
    public async Task What_leaves_the_deployment_holds_no_address_and_the_customer_reads_their_own_again()
    {
        await using var support = await Support.Open();
        var mira = await support.NewCustomer();
        support.Model.LeavesTheDeployment = true;
        support.Model.Answer = request => ScriptedModel.Quote($"These are the words of the guide. Is it {request.Question[^1].Split(' ')[^1]}");

        await support.Ask(mira, "My card 4111 1111 1111 1111 is fine.");
        var conversation = await support.Ask(mira, "How do I import documents as mira@example.com?");

        Assert.All(support.Model.Requests, request => Assert.DoesNotContain("@example.com", string.Concat(request.Question), StringComparison.Ordinal));
        Assert.DoesNotContain(support.Model.Requests[^1].History, utterance => utterance.Text.Contains("4111", StringComparison.Ordinal));
        Assert.Contains("Is it mira@example.com?", Support.Replies(conversation).Last().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_subject_that_a_model_gives_a_matter_shows_the_customers_own_again()
    {
        await using var support = await Support.Open();
        var mira = await support.NewCustomer();
        support.Model.LeavesTheDeployment = true;
        support.Model.Answer = request => ScriptedModel.Quote("Here are the words of the guide.") with { Matter = new(request.Question[^1], TicketCategory.Technical, TicketPriority.Low) };
        support.Model.Hold();
        var drafting = support.Model.Drafting();
        await support.Write(mira, "How do I import documents as mira@example.com?");
        await support.Drafting(drafting);
        var asked = await support.Load(mira);
        support.Model.LetGo();

        var draft = await support.Silo.GetRequiredService<Drafter>().Write(new(asked, asked.Exchange!), default);

        Assert.DoesNotContain(support.Model.Requests, request => string.Concat(request.Question).Contains('@'));
        Assert.Equal("How do I import documents as mira@example.com?", draft.Matter?.Subject);
    }

    [Fact]
    public async Task What_a_model_takes_the_matter_for_ends_on_the_ticket_at_hand_and_opens_none()
    {
        await using var support = await Support.Open();
        var mira = await support.NewCustomer();
        support.Model.Answer = _ => ScriptedModel.Quote("Here are the words of the guide.") with { Matter = new("Import", TicketCategory.Technical, TicketPriority.High) };

        var conversation = await support.Ask(mira, "How do I import documents?");

        var ticket = Assert.Single(conversation.Tickets);
        Assert.Equal((TicketCategory.Technical, TicketPriority.High, "How do I import documents?"), (ticket.Category, ticket.Priority, ticket.Subject));

        // Once somebody has said it, no model says otherwise.
        support.Model.Answer = _ => ScriptedModel.Quote("Here are the words of the guide.") with { Matter = new("Bill", TicketCategory.Billing, TicketPriority.Low) };
        ticket = Assert.Single((await support.Ask(mira, "And how do I import pictures?")).Tickets);
        Assert.Equal((TicketCategory.Technical, TicketPriority.High), (ticket.Category, ticket.Priority));
    }

    [Fact]
    public async Task A_call_for_a_person_is_not_lost_by_a_quote_that_stands_nowhere()
    {
        await using var support = await Support.Open();
        var mira = await support.NewCustomer();
        support.Model.Answer = request => request.Fault is null
            ? Invent() with { NeedsPerson = EscalationReason.DataLoss, Urgency = Urgency.High }
            : ScriptedModel.Quote("Here are the words of the guide.");

        var conversation = await support.Ask(mira, "How do I import documents?");

        Assert.Equal((EscalationReason.DataLoss, "A1.model", Urgency.High), (conversation.Escalation!.Reason, conversation.Escalation.Rule, conversation.Escalation.Urgency));
        Assert.Equal(1, support.Model.Drafts);
        Assert.DoesNotContain(conversation.Recent, message => message.Text.Contains("invented", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_model_can_tell_that_the_drafts_time_is_over()
    {
        await using var support = await Support.Open();
        var mira = await support.NewCustomer();
        support.Model.Hold();
        var drafting = support.Model.Drafting();
        await support.Write(mira, "How do I import documents?");
        await support.Drafting(drafting);
        var request = Assert.Single(support.Model.Requests);
        Assert.False(request.TimeIsOver.IsCancellationRequested);

        support.Time.Advance(support.Context.Options.DraftFor);

        Assert.True(request.TimeIsOver.IsCancellationRequested);
    }

    [Fact]
    public async Task A_model_looks_up_nobody_elses_history()
    {
        await using var support = await Support.Open();
        var (mira, noor) = (await support.NewCustomer(), await support.NewCustomer("Noor"));
        await support.Ask(noor, "How do I import Noor's secret plans?");
        await support.Ask(mira, "How do I import documents?");
        var seen = new List<PastMessage>();
        support.Model.Work = async (request, tools) =>
        {
            seen.AddRange(await tools.History(default));
            return ScriptedModel.Quote("Here are the words of the guide.");
        };

        await support.Ask(mira, $"Show me the history of customer {noor}.");

        Assert.NotEmpty(seen);
        Assert.DoesNotContain(seen, message => message.Text.Contains("secret plans", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_model_finds_may_be_quoted_and_its_searches_are_bounded()
    {
        await using var support = await Support.Open();
        var mira = await support.NewCustomer();
        support.Model.Work = async (_, tools) =>
        {
            Assert.Empty((await tools.Search("  ", 5, null, default)).Hits);
            var found = await tools.Search(new string('x', 10_000), 1_000_000, null, default);
            Assert.Equal(GuideIndex.Chunk, found.Hits[^1].ChunkId);
            return ScriptedModel.Quote("Here are the words of the guide.");
        };

        Assert.Single(Support.Replies(await support.Ask(mira, "How do I import documents?")));
    }

    [Fact]
    public async Task What_a_rule_forbids_to_say_calls_a_person_also_where_a_silo_of_the_release_before_decides()
    {
        await using var support = await Support.Open();
        var mira = await support.NewCustomer();
        support.Model.Answer = _ => ScriptedModel.Quote("Your refund has been approved.");
        support.Model.Hold();
        var drafting = support.Model.Drafting();
        await support.Write(mira, "How do I import documents?");
        await support.Drafting(drafting);
        var asked = await support.Load(mira);
        support.Model.LetGo();

        var draft = await support.Silo.GetRequiredService<Drafter>().Write(new(asked, asked.Exchange!), default);
        var conversation = await support.Settled(mira);

        Assert.Equal(EscalationReason.RefundRequest, draft.NeedsPerson);
        Assert.Equal("A4.draft-refund", conversation.Escalation!.Rule);
    }

    [Fact]
    public async Task A_model_that_cannot_be_had_is_not_asked_again_and_a_person_comes()
    {
        await using var support = await Support.Open();
        var mira = await support.NewCustomer();
        support.Model.Answer = _ => throw new ModelUnavailableException("The budget of the day is spent.");

        var conversation = await support.Ask(mira, "How do I import documents?");

        Assert.Equal("A5.failure", conversation.Escalation!.Rule);
        Assert.Equal(1, support.Model.Drafts);
    }

    [Fact]
    public async Task Whoever_waits_is_told_within_five_seconds_that_it_goes_on_and_nothing_of_what_is_written()
    {
        var told = new Told();
        await using var support = await Support.Open(services => services.AddSingleton<ILiveSignals>(told));
        var mira = await support.NewCustomer();
        support.Model.Hold();
        var drafting = support.Model.Drafting();
        await support.Write(mira, "How do I import documents?");
        await support.Drafting(drafting);
        Assert.DoesNotContain(Wording.StillReading, told.Lines);

        support.Time.Advance(TimeSpan.FromSeconds(5) - support.Context.Options.Settle);
        Assert.Equal(Wording.StillReading, told.Lines.Last());
        support.Time.Advance(Progress.Further);
        Assert.Equal(Wording.StillReadingLong, told.Lines.Last());

        support.Model.LetGo();
        await support.Until(mira, conversation => conversation.Exchange is null);
        var lines = told.Lines.Count;
        support.Time.Advance(2 * Progress.Further);
        Assert.Equal(lines, told.Lines.Count);
    }

    private static Draft Invent() => new("An invented answer.", [Invented], 0.9);

    /// <summary>What pages were told.</summary>
    private sealed class Told : ILiveSignals
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public void Wake(CustomerId customer)
        {
        }

        public void Status(CustomerId customer, string text) => Lines.Enqueue(text);

        public ILiveWatch Watch(CustomerId? customer) => throw new NotSupportedException("Nobody watches here.");
    }
}
