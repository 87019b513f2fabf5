using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Tickets;

namespace FteAgent.Record;

public abstract class ReportQueriesContract : RecordContract
{
    [Fact]
    public async Task Period_without_activity_counts_nothing()
    {
        var report = await Report();

        Assert.Empty(report.Messages);
        Assert.Empty(report.Escalations);
        Assert.Equal((0, 0, 0, null, null),
            (report.TicketsOpened, report.TicketsClosed, report.ResolvedByAssistant, report.MeanSentiment, report.MedianFirstResponse));
    }

    [Fact]
    public async Task Customers_messages_are_counted_by_channel_with_their_sentiment()
    {
        await Record.Commit(In(await Record.NewConversation())
            .CustomerSays("One", sentiment: 0.2).CustomerSays("Two", sentiment: 0.7).CustomerSays("Three", channel: Channel.WhatsApp).AssistantSays("Answer"));

        var report = await Report();

        Assert.Equal([KeyValuePair.Create(Channel.Web, 2), KeyValuePair.Create(Channel.WhatsApp, 1)], report.Messages);
        Assert.Equal(0.45, report.MeanSentiment!.Value, 6);
    }

    [Fact]
    public async Task Start_of_a_period_belongs_to_it_and_its_end_to_the_next()
    {
        var start = Record.Now;
        await Record.Commit(In(await Record.NewConversation()).Opens("Matter").CustomerSays("Hello").Escalates(EscalationReason.Legal));

        foreach (var (from, to, count) in new[] { (start, start.AddSeconds(1), 1), (start.AddSeconds(-1), start, 0), (start.AddSeconds(1), start.AddHours(1), 0) })
        {
            var report = await Record.Reports.Activity(from, to, default);
            Assert.Equal((count, count, count), (report.TicketsOpened, report.Messages.Values.Sum(), report.Escalations.Values.Sum()));
        }
    }

    [Fact]
    public async Task Escalations_are_counted_by_reason()
    {
        foreach (var reason in new[] { EscalationReason.Legal, EscalationReason.PricingInquiry, EscalationReason.Legal })
            await Record.Commit(In(await Record.NewConversation()).Opens("Matter").CustomerSays("Hello").Escalates(reason));

        Assert.Equal([KeyValuePair.Create(EscalationReason.PricingInquiry, 1), KeyValuePair.Create(EscalationReason.Legal, 2)], (await Report()).Escalations);
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

        var report = await Report();

        Assert.Equal((7, 7, 2), (report.TicketsOpened, report.TicketsClosed, report.ResolvedByAssistant));
    }

    [Theory]
    [InlineData(new[] { 10.0 }, 10)]
    [InlineData(new[] { 30.0, 10, 20 }, 20)]
    [InlineData(new[] { 40.0, 10, 30, 20 }, 25)]
    public async Task First_response_time_is_the_median(double[] seconds, double median)
    {
        foreach (var wait in seconds)
            await Record.Commit(In(await Record.NewConversation()).Opens("Matter").CustomerSays("Hello")
                .Ticket(t => t with { FirstResponseAt = t.OpenedAt.AddSeconds(wait) }));
        await Record.Commit(In(await Record.NewConversation()).Opens("Not answered yet").CustomerSays("Hello"));

        Assert.Equal(TimeSpan.FromSeconds(median), (await Report()).MedianFirstResponse);
    }

    private async Task Close(Func<Ticket, Ticket> change, Action<Act>? before = null)
    {
        var act = In(await Record.NewConversation()).Opens("Matter").CustomerSays("Hello");
        before?.Invoke(act);
        await Record.Commit(act.Ticket(t => change(t) with { Status = TicketStatus.Closed, ClosedAt = Record.Now }));
    }

    private Task<Reports.ActivityReport> Report() => Record.Reports.Activity(Record.Now.AddDays(-1), Record.Now.AddDays(1), default);
}
