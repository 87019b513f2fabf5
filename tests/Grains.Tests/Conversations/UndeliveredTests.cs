using FteAgent.Answering;
using FteAgent.Channels;
using FteAgent.Customers;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Conversations;

/// <summary>What did not reach its customer is nobody's secret: it goes another way, or a person is told.</summary>
public sealed class UndeliveredTests
{
    private static readonly SendResult OutsideWindow = new(SendOutcome.Refused, OutboundMessage.OutsideWindow);

    private readonly ChannelReceiver whatsApp = new(OutboundMessage.WhatsApp);
    private readonly ChannelReceiver mail = new(OutboundMessage.Email);
    private readonly ChannelReceiver unseen = new(OutboundMessage.Unseen);

    [Fact]
    public async Task A_refused_answer_leaves_a_note_for_operators_and_raises_an_escalation_that_the_customer_is_not_told_of()
    {
        await using var support = await Open();
        whatsApp.Take = _ => new(SendOutcome.Refused, "the number is not on WhatsApp (Twilio 63003)");

        var mira = await Ask(support);
        var conversation = await support.Until(mira, c => c.Escalation is not null);

        Assert.Equal((EscalationReason.ServiceUnavailable, Urgency.High, "N5.undeliverable"), (conversation.Escalation!.Reason, conversation.Escalation.Urgency, conversation.Escalation.Rule));
        Assert.Contains("Twilio 63003", Assert.Single(Notes(conversation)).Text, StringComparison.Ordinal);
        Assert.Single(Support.Replies(conversation));
        await support.Until(() => Task.FromResult(support.Escalations.Received.Count == 1));
    }

    [Fact]
    public async Task A_message_of_many_bubbles_is_told_of_once()
    {
        await using var support = await Open();
        whatsApp.Take = _ => new(SendOutcome.Refused, "no");
        support.Model.Answer = _ => ScriptedModel.Quote(GuideIndex.LongText, GuideIndex.LongText);

        var mira = await Ask(support);
        await support.NothingWaits();

        Assert.Single(Notes(await support.Load(mira)));
    }

    [Fact]
    public async Task Nothing_goes_round_and_round_when_every_road_is_closed()
    {
        await using var support = await Open(mail, unseen);
        whatsApp.Take = _ => OutsideWindow;
        mail.Take = _ => new(SendOutcome.Refused, "no such mailbox");

        var mira = await Ask(support);
        var conversation = await support.Until(mira, c => c.Escalation is not null);
        await support.NothingWaits();

        Assert.Equal(2, Notes(conversation).Count());
        Assert.Equal(conversation.Version, (await support.Load(mira)).Version);
        Assert.Single(support.Escalations.Received);
    }

    [Fact]
    public async Task An_answer_that_comes_too_late_for_whatsapp_goes_by_mail_once_and_whole()
    {
        await using var support = await Open(mail, unseen);
        whatsApp.Take = _ => OutsideWindow;
        support.Model.Answer = _ => ScriptedModel.Quote(GuideIndex.LongText, GuideIndex.LongText);

        var mira = await Ask(support);
        await support.Until(() => Task.FromResult(!mail.Taken.IsEmpty));
        await support.NothingWaits();

        Assert.StartsWith(GuideIndex.LongText, Assert.Single(mail.Texts), StringComparison.Ordinal);
        var conversation = await support.Load(mira);
        Assert.Null(conversation.Escalation);
        Assert.Single(Notes(conversation));
    }

    [Fact]
    public async Task Without_mail_a_person_is_told_instead()
    {
        await using var support = await Open();
        whatsApp.Take = _ => OutsideWindow;

        var conversation = await support.Until(await Ask(support), c => c.Escalation is not null);

        Assert.Equal("N5.undeliverable", conversation.Escalation!.Rule);
    }

    [Fact]
    public async Task The_operator_who_has_the_conversation_sees_the_note_and_nobody_else_is_called()
    {
        await using var support = await Open();
        var mira = await Ask(support);
        await support.Grain(mira).TakeOver(CommandId.Mint(support.Time), Support.Ana);
        whatsApp.Take = _ => new(SendOutcome.Refused, "blocked");

        await support.Grain(mira).Reply(CommandId.Mint(support.Time), Support.Ana, "I am with you now.");
        var conversation = await support.Until(mira, c => Notes(c).Any());

        Assert.Null(conversation.Escalation);
        Assert.NotNull(conversation.Handoff);
    }

    [Fact]
    public async Task What_is_given_up_counts_as_a_failed_delivery()
    {
        await using var support = await Open();
        var deliveries = support.Silo.GetRequiredService<IDeliveries>();
        whatsApp.Noted = (item, message) => deliveries.Note(
            new(item.Id, item.Customer, message.Message, Channel.WhatsApp, "+4915112345678", null, DeliveryStatus.Queued, null, support.Time.GetUtcNow()), default);
        whatsApp.Take = _ => new(SendOutcome.Refused, "blocked");

        var mira = await Ask(support);
        await support.Until(mira, c => c.Escalation is not null);

        var delivery = Assert.Single(await deliveries.List(mira, 10, default));
        Assert.Equal((DeliveryStatus.Failed, "blocked"), (delivery.Status, delivery.Error));
    }

    [Fact]
    public async Task An_answer_on_the_pages_that_did_not_arrive_by_mail_calls_nobody_however_long_ago_it_was()
    {
        await using var support = await Open();
        var mira = await Ask(support);

        // None that is at hand any more.
        await Undelivered(support, mira, OutboundMessage.Unseen, MessageId.Mint(support.Time), "5.1.1");

        var conversation = await support.Load(mira);
        Assert.Null(conversation.Escalation);
        Assert.Equal("A message could not be delivered by email: 5.1.1.", Assert.Single(Notes(conversation)).Text);
    }

    [Fact]
    public async Task An_answer_that_the_customers_page_does_not_show_and_no_mail_brings_calls_a_person()
    {
        await using var support = await Open();
        var mira = await Ask(support);

        await Undelivered(support, mira, OutboundMessage.Unseen, Support.Replies(await support.Load(mira)).First().Id, OutboundMessage.NotShown);

        Assert.Equal("N5.undeliverable", (await support.Load(mira)).Escalation?.Rule);
    }

    [Fact]
    public async Task What_was_sent_before_a_merge_and_did_not_arrive_calls_a_person_to_where_the_customer_goes_on()
    {
        await using var support = await Open();
        var (old, now) = (await Ask(support), await Ask(support));
        var said = Support.Replies(await support.Load(old)).First().Id;
        await support.Silo.GetRequiredService<IIdentities>().Merge(old, now, "Ana", "they said so", default);

        for (var told = 0; told < 2; told++)
            await Undelivered(support, old, OutboundMessage.Email, said, "5.1.1");

        Assert.Null((await support.Load(old)).Escalation);
        Assert.Single(Notes(await support.Load(old)), note => note.Text.Contains("5.1.1", StringComparison.Ordinal));
        var conversation = await support.Load(now);
        Assert.Equal("N5.undeliverable", conversation.Escalation?.Rule);
        Assert.Single(Notes(conversation), note => note.Text.Contains("5.1.1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_code_that_did_not_arrive_is_noted_and_each_once()
    {
        await using var support = await Open();
        var mira = await Ask(support);

        foreach (var item in (Guid[])[new(1, 0, 0, new byte[8]), new(2, 0, 0, new byte[8]), new(2, 0, 0, new byte[8])])
            await Undelivered(support, mira, OutboundMessage.Email, MessageId.None, "5.1.1", item);

        var conversation = await support.Load(mira);
        Assert.Equal(2, Notes(conversation).Count());
        Assert.Null(conversation.Escalation);
    }

    [Fact]
    public async Task A_delay_is_noted_once_and_calls_nobody()
    {
        await using var support = await Open();
        var mira = await Ask(support);
        var item = Guid.NewGuid();

        for (var told = 0; told < 2; told++)
            await support.Grain(mira).Delayed(OutboundMessage.Delayed(item), OutboundMessage.Email, "4.4.1");

        var conversation = await support.Load(mira);
        Assert.Contains("4.4.1", Assert.Single(Notes(conversation)).Text, StringComparison.Ordinal);
        Assert.Null(conversation.Escalation);
    }

    private static Task Undelivered(Support support, CustomerId customer, string destination, MessageId message, string cause, Guid item = default) =>
        support.Grain(customer).Undeliverable(OutboundMessage.Undeliverable(destination, message, item), destination, cause, message);

    private static IEnumerable<Message> Notes(Conversation conversation) => conversation.Recent.Where(message => message.Kind is MessageKind.Note);

    private Task<Support> Open(params ChannelReceiver[] more) => Support.Open(services =>
    {
        foreach (var receiver in (IEnumerable<ChannelReceiver>)[whatsApp, .. more])
            services.AddSingleton<IChannelSender>(receiver);
    });

    private static async Task<CustomerId> Ask(Support support)
    {
        var mira = await support.NewCustomer();
        await support.WriteBy(Channel.WhatsApp, mira, "How do I import documents?");
        await support.Settled(mira);
        return mira;
    }
}
