using System.Collections.Immutable;
using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Reports;
using FteAgent.Tickets;

namespace FteAgent.Record;

public abstract class ReportQueriesContract : RecordContract
{
    /// <summary>The usual promises.</summary>
    internal static readonly ActivityMeasures Measures = new(0.3, ImmutableSortedDictionary<Channel, TimeSpan>.Empty
        .Add(Channel.Web, TimeSpan.FromMinutes(5)).Add(Channel.Email, TimeSpan.FromMinutes(5)).Add(Channel.WhatsApp, TimeSpan.FromMinutes(2)));

    [Fact]
    public async Task Period_without_activity_counts_nothing()
    {
        var report = await Report();

        Assert.Equal(new Figures(0, SentimentFigures.None, 0, 0, 0, 0, 0, FirstResponseFigures.None), report.All);
        Assert.Empty(report.Channels);
        Assert.Empty(report.Reasons);
        Assert.Equal(ModelUsage.None, report.Model.All);
        Assert.Empty(report.Model.Models);
    }

    [Fact]
    public async Task Customers_messages_are_counted_by_channel_with_their_sentiment()
    {
        await Record.Commit(In(await Record.NewConversation())
            .CustomerSays("One", sentiment: 0.2).CustomerSays("Two", sentiment: 0.7).CustomerSays("Three", channel: Channel.WhatsApp).AssistantSays("Answer"));

        var report = await Report();

        Assert.Equal(3, report.All.Messages);
        Assert.Equal((2, 1, 0.45), Rounded(report.All.Sentiment));
        Assert.Equal(0.5, report.All.Sentiment.LowShare);
        Assert.Equal([("web", 2), ("whatsapp", 1)], report.Channels.Select(channel => (channel.Channel, channel.Figures.Messages)));
        Assert.Equal((2, 1, 0.45), Rounded(Of(report, "web").Sentiment));
        Assert.Equal(SentimentFigures.None, Of(report, "whatsapp").Sentiment);
    }

    [Fact]
    public async Task Start_of_a_period_belongs_to_it_and_its_end_to_the_next()
    {
        var start = Record.Now;
        await Record.Commit(In(await Record.NewConversation()).Opens("Matter").CustomerSays("Hello").Escalates(EscalationReason.Legal)
            .Ticket(t => t with { FirstResponseAt = start, Status = TicketStatus.Closed, ClosedAt = start }));
        await Record.Get<IModelSpend>().Note(Call(await Record.NewCustomer(), "m", 1), null, default);

        foreach (var (from, to, count) in new[] { (start, start.AddSeconds(1), 1), (start.AddSeconds(-1), start, 0), (start.AddSeconds(1), start.AddHours(1), 0) })
        {
            var report = await Record.Reports.Activity(from, to, Measures, default);
            Assert.Equal(
                (count, count, count, count, count, count),
                (report.All.TicketsOpened, report.All.TicketsClosed, report.All.Messages, report.All.Escalations, report.All.FirstResponses.Count, report.Model.All.Drafts));
        }
    }

    [Fact]
    public async Task Escalations_are_counted_by_reason_and_by_channel_the_most_frequent_first()
    {
        foreach (var (reason, channel) in new[]
        {
            (EscalationReason.Legal, Channel.Web), (EscalationReason.PricingInquiry, Channel.WhatsApp), (EscalationReason.Legal, Channel.Email), (EscalationReason.Legal, Channel.Web),
        })
            await Record.Commit(In(await Record.NewConversation()).Opens(Matter(channel)).CustomerSays("Hello", channel: channel, sentiment: 0.25).Escalates(reason));

        var report = await Report();

        Assert.Equal(4, report.All.Escalations);
        Assert.Equal([("email", 1), ("web", 2), ("whatsapp", 1)], report.Channels.Select(channel => (channel.Channel, channel.Figures.Escalations)));
        Assert.Equal([("legal", 3), ("pricing_inquiry", 1)], report.Reasons.Select(reason => (reason.Reason, reason.Total)));
        Assert.Equal([new("email", 1), new("web", 2)], report.Reasons[0].Escalations.AsEnumerable());
    }

    [Fact]
    public async Task An_escalation_counts_by_what_it_was_raised_for_also_where_another_reason_took_its_place()
    {
        var raised = await Record.Commit(In(await Record.NewConversation()).Opens("Matter").CustomerSays("Is there a dark theme?").Escalates(EscalationReason.NoEvidence));
        var later = await Record.Commit(In(raised).Escalation(raised.Escalation! with { Reason = EscalationReason.PersonRequested, Rule = "A5.person" }));
        await Record.Commit(In(later).Escalation(later.Escalation! with { EndedAt = Record.Now })
            .Ticket(t => t with { Status = TicketStatus.Closed, ClosedAt = Record.Now }));

        var reason = Assert.Single((await Report()).Reasons);

        Assert.Equal(("no_evidence", 1, 1, 1), (reason.Reason, reason.Total, reason.Messages, reason.TicketsClosed));
        // Of one from before that was kept, the latest reason is all that is known.
        await Execute("update {0}escalations set first_reason = null, first_rule = null");
        Assert.Equal("person_requested", Assert.Single((await Report()).Reasons).Reason);
    }

    [Fact]
    public async Task A_reason_tells_how_those_felt_who_came_by_it_and_what_became_of_their_tickets()
    {
        var first = await Record.Commit(In(await Record.NewConversation()).Opens("Matter").CustomerSays("One", sentiment: 0.1).CustomerSays("Two", sentiment: 0.5)
            .Escalates(EscalationReason.Legal).AssistantSays("A person comes."));
        await Record.Commit(In(first).Escalates(EscalationReason.Legal)
            .Ticket(t => t with { Status = TicketStatus.Closed, ClosedAt = Record.Now, Resolution = new(Actor.Of(Ana), Record.Now, "", Verification.Quiet, Record.Now) }));
        await Record.Commit(In(await Record.NewConversation()).Opens("Matter").CustomerSays("Three", sentiment: 0.9).Escalates(EscalationReason.Security)
            .Ticket(t => t with { Status = TicketStatus.Closed, ClosedAt = Record.Now }));
        await Record.Commit(In(await Record.NewConversation()).Opens("Another").CustomerSays("Not escalated", sentiment: 0));

        var reasons = (await Report()).Reasons;

        var (legal, security) = (reasons[0], reasons[1]);
        Assert.Equal(("legal", 2, 2, 1, 1), (legal.Reason, legal.Total, legal.Messages, legal.TicketsClosed, legal.Verified));
        Assert.Equal((2, 1, 0.3), Rounded(legal.Sentiment));
        Assert.Equal(("security", 1, 1, 1, 0), (security.Reason, security.Total, security.Messages, security.TicketsClosed, security.Verified));
    }

    [Fact]
    public async Task Resolved_by_the_assistant_means_closed_verified_and_without_a_person()
    {
        await Close(t => t with { Resolution = new(Actor.Assistant, Record.Now, "", Verification.Quiet, Record.Now) });
        await Close(t => t with { Resolution = new(Actor.Customer, Record.Now, "", Verification.CustomerConfirmed, Record.Now) });
        await Close(t => t with { Resolution = new(Actor.Assistant, Record.Now, "") });
        await Close(t => t);
        await Close(t => t with { EscalatedAt = Record.Now, Resolution = new(Actor.Assistant, Record.Now, "", Verification.Quiet, Record.Now) });
        await Close(t => t with { Resolution = new(Actor.Of(Ana), Record.Now, "", Verification.Quiet, Record.Now) });
        await Close(t => t with { Resolution = new(Actor.System, Record.Now, "", Verification.Quiet, Record.Now) }, act => act.OperatorSays(Ana, "Let me help."));

        var all = (await Report()).All;

        Assert.Equal((7, 7, 2, 2), (all.TicketsOpened, all.TicketsClosed, all.ResolvedVerified, all.ClosedUnverified));
    }

    [Theory]
    [InlineData(new[] { 10.0 }, 10, 10)]
    [InlineData(new[] { 30.0, 10, 20 }, 20, 29)]
    [InlineData(new[] { 40.0, 10, 30, 20 }, 25, 38.5)]
    public async Task First_response_time_is_told_by_its_median_and_its_95th_percentile(double[] seconds, double median, double p95)
    {
        foreach (var wait in seconds)
            await Answered(Channel.Web, wait);
        await Record.Commit(In(await Record.NewConversation()).Opens("Not answered yet").CustomerSays("Hello"));

        var responses = (await Report()).All.FirstResponses;

        Assert.Equal((seconds.Length, seconds.Length), (responses.Count, responses.InTime));
        Assert.Equal(median, responses.Median!.Value.TotalSeconds, 5);
        Assert.Equal(p95, responses.P95!.Value.TotalSeconds, 5);
    }

    [Fact]
    public async Task A_first_response_is_in_time_by_the_promise_of_its_channel()
    {
        foreach (var (channel, wait) in new[] { (Channel.Web, 300.0), (Channel.Web, 300.5), (Channel.WhatsApp, 120), (Channel.WhatsApp, 200), (Channel.WhatsApp, 299) })
            await Answered(channel, wait);

        var report = await Report();

        Assert.Equal((5, 2), (report.All.FirstResponses.Count, report.All.FirstResponses.InTime));
        Assert.Equal((2, 1), (Of(report, "web").FirstResponses.Count, Of(report, "web").FirstResponses.InTime));
        Assert.Equal((3, 1), (Of(report, "whatsapp").FirstResponses.Count, Of(report, "whatsapp").FirstResponses.InTime));
        Assert.Equal(200, Of(report, "whatsapp").FirstResponses.Median!.Value.TotalSeconds, 5);
    }

    [Fact]
    public async Task What_models_used_is_told_by_model_the_dearest_first()
    {
        var (mira, spend) = (await Record.NewCustomer(), Record.Get<IModelSpend>());
        foreach (var (model, micros) in new[] { ("small", 5L), ("large", 900L), ("small", 7L) })
            await spend.Note(Call(mira, model, micros), null, default);

        var used = (await Report()).Model;

        Assert.Equal(new ModelUsage(3, 6, 2_700, 300, 240, 912), used.All);
        Assert.Equal([new("large", new(1, 2, 900, 100, 80, 900)), new("small", new(2, 4, 1_800, 200, 160, 12))], used.Models.AsEnumerable());
    }

    [Fact]
    public async Task What_customers_say_of_answers_is_counted_when_they_say_it()
    {
        await Record.Commit(In(await Record.NewConversation()).CustomerSays("How?").AssistantSays("So.").AssistantSays("Or so.").AssistantSays("Or else."));
        await Execute("insert into {0}feedback (message_id, customer_id, sequence, helpful, at) select id, customer_id, sequence, sequence > 2, at from {0}messages where author = 'assistant'");

        Assert.Equal(new(2, 1), (await Report()).Feedback);
        Assert.Equal(FeedbackFigures.None, (await Record.Reports.Activity(Record.Now.AddDays(-1), Record.Now, Measures, default)).Feedback);
    }

    [Fact]
    public async Task Gaps_are_counted_by_their_day_and_days_without_any_are_left_out()
    {
        foreach (var (day, number, messages) in new[] { ("2026-03-01", 0, 4), ("2026-03-01", 1, 3), ("2026-03-03", 0, 9), ("2026-03-04", 0, 1) })
            await Execute($"insert into {{0}}gaps (day, number, terms, people, messages) values ('{day}', {number}, '{{}}', 3, {messages})");

        var gaps = await Record.Reports.Gaps(new(2026, 3, 1), new(2026, 3, 3), default);

        Assert.Equal([KeyValuePair.Create(new DateOnly(2026, 3, 1), new GapFigures(2, 7)), KeyValuePair.Create(new DateOnly(2026, 3, 3), new GapFigures(1, 9))], gaps);
    }

    [Fact]
    public async Task However_many_names_models_have_only_the_dearest_are_told()
    {
        var (mira, spend) = (await Record.NewCustomer(), Record.Get<IModelSpend>());
        for (var i = 0; i <= ModelFigures.ModelLimit; i++)
            await spend.Note(Call(mira, $"model-{i}", i), null, default);

        var used = (await Report()).Model;

        Assert.Equal((ModelFigures.ModelLimit + 1, ModelFigures.ModelLimit), (used.All.Drafts, used.Models.Length));
        Assert.DoesNotContain("model-0", used.Models.Select(model => model.Model));
    }

    /// <summary>Writes what another port writes; <c>{0}</c> stands before a table's name.</summary>
    private protected abstract Task Execute(string sql);

    private static Figures Of(ActivityReport report, string channel) => report.Channels.Single(figures => figures.Channel == channel).Figures;

    private static (int, int, double) Rounded(SentimentFigures sentiment) => (sentiment.Rated, sentiment.Low, Math.Round(sentiment.Mean!.Value, 6));

    private static ModelCall Call(Customers.CustomerId customer, string model, long micros) =>
        new(Guid.NewGuid(), customer, new(Guid.NewGuid()), model, "answer-1", new(2, 900, 100, 80, micros), TimeSpan.FromSeconds(1), "answered");

    private Ticket Matter(Channel channel) =>
        new(TicketId.Mint(Record.Time), "Matter", TicketStatus.Open, TicketCategory.General, TicketPriority.Medium, channel, Record.Now, null);

    private async Task Answered(Channel channel, double seconds) => await Record.Commit(In(await Record.NewConversation())
        .Opens(Matter(channel)).CustomerSays("Hello", channel: channel).Ticket(t => t with { FirstResponseAt = t.OpenedAt.AddSeconds(seconds) }));

    private async Task Close(Func<Ticket, Ticket> change, Action<Act>? before = null)
    {
        var act = In(await Record.NewConversation()).Opens("Matter").CustomerSays("Hello");
        before?.Invoke(act);
        await Record.Commit(act.Ticket(t => change(t) with { Status = TicketStatus.Closed, ClosedAt = Record.Now }));
    }

    private Task<ActivityReport> Report() => Record.Reports.Activity(Record.Now.AddDays(-1), Record.Now.AddDays(1), Measures, default);
}
