using System.Text.Json;
using FteAgent.Channels.WhatsApp;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Record;
using FteAgent.Sqlite;
using FteAgent.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Channels;

/// <summary>What goes to customers by WhatsApp.</summary>
public sealed class WhatsAppSenderTests : IAsyncLifetime
{
    private const string Phone = "+4915112345678";
    private const string Template = "HX0123456789abcdef0123456789abcdef";

    private readonly FakeTime time = new();
    private FakeTwilio twilio = null!;
    private TestRecord record = null!;
    private CustomerId customer;
    private int numbers;

    public async Task InitializeAsync()
    {
        twilio = await FakeTwilio.Start(time);
        record = await SqliteTestRecord.Create(time);
        customer = await record.NewCustomer();
        await Writes();
    }

    public async Task DisposeAsync()
    {
        Assert.Empty(twilio.Complaints);
        await record.DisposeAsync();
        await twilio.DisposeAsync();
    }

    [Fact]
    public async Task A_message_goes_to_the_number_that_wrote_and_its_status_comes_back_under_its_id()
    {
        var item = Item("Sure.");

        Assert.Equal(SendResult.Sent, await Sender().Send(item, default));

        var sent = Assert.Single(twilio.Sent);
        Assert.Equal(("whatsapp:" + Phone, FakeTwilio.From, "Sure."), (sent.To, sent.Form["From"], sent.Form["Body"]));
        Assert.Equal($"https://support.example.com/webhooks/whatsapp/status?item={item.Id:N}", sent.Form["StatusCallback"]);
        var delivery = await Deliveries.Find(item.Id, default);
        Assert.Equal((sent.Sid, Phone, DeliveryStatus.Queued), (delivery!.ProviderId, delivery.Address, delivery.Status));
    }

    [Fact]
    public async Task The_first_attempt_asks_nothing_before_it_sends()
    {
        await Sender().Send(Item("Sure."), default);

        Assert.Equal(0, twilio.Lists);
    }

    [Fact]
    public async Task What_Twilio_took_though_its_answer_got_lost_is_not_sent_again()
    {
        var item = Item("Sure.");
        twilio.Faults.Enqueue(new(0, Taken: true));
        Assert.Equal(SendOutcome.TryAgain, (await Sender().Send(item, default)).Outcome);

        Assert.Equal(SendResult.Sent, await Sender().Send(item with { Attempts = 1 }, default));

        Assert.Equal(Assert.Single(twilio.Sent).Sid, (await Deliveries.Find(item.Id, default))!.ProviderId);
    }

    [Fact]
    public async Task A_silo_that_died_between_sending_and_noting_is_followed_by_one_that_looks()
    {
        // Another silo claims it, and nothing counts as an attempt.
        var item = Item("Sure.");
        twilio.Faults.Enqueue(new(502, Taken: true));
        await Sender().Send(item, default);

        Assert.Equal(SendResult.Sent, await Sender().Send(item, default));

        Assert.Single(twilio.Sent);
        Assert.Equal(1, twilio.Lists);
    }

    [Fact]
    public async Task What_was_noted_as_sent_is_neither_sent_nor_looked_for()
    {
        var item = Item("Sure.");
        await Sender().Send(item, default);

        Assert.Equal(SendResult.Sent, await Sender().Send(item with { Attempts = 3 }, default));

        Assert.Single(twilio.Sent);
        Assert.Equal(0, twilio.Lists);
    }

    [Fact]
    public async Task The_same_words_of_another_item_are_not_taken_for_this_one()
    {
        await Sender().Send(Item("Type 'human' to reach a person."), default);
        var second = Item("Type 'human' to reach a person.");
        twilio.Faults.Enqueue(new(500));
        Assert.Equal(SendOutcome.TryAgain, (await Sender().Send(second, default)).Outcome);

        Assert.Equal(SendResult.Sent, await Sender().Send(second with { Attempts = 1 }, default));

        Assert.Equal(2, twilio.Sent.Select(sent => sent.Sid).Distinct().Count());
        Assert.NotEqual(twilio.Sent.First().Sid, (await Deliveries.Find(second.Id, default))!.ProviderId);
    }

    [Fact]
    public async Task The_same_words_from_before_the_item_was_decided_are_not_taken_for_it()
    {
        await Sender().Send(Item("Sure."), default);
        await Forget();
        time.Advance(TimeSpan.FromHours(1));
        var second = Item("Sure.");

        Assert.Equal(SendResult.Sent, await Sender().Send(second with { Attempts = 1 }, default));

        Assert.Equal(2, twilio.Sent.Count);

        // As if it had been sent by hand: no item of ours bears its id.
        async Task Forget() => await record.Get<SqliteRecord>().Write(session => session["delete from deliveries"].Execute(), default);
    }

    [Fact]
    public async Task While_nobody_can_say_whether_it_was_sent_it_waits()
    {
        twilio.Faults.Enqueue(new(503, RetryAfter: 7));

        var result = await Sender().Send(Item("Sure.") with { Attempts = 1 }, default);

        Assert.Equal((SendOutcome.TryAgain, TimeSpan.FromSeconds(7)), (result.Outcome, result.RetryAfter));
        Assert.Empty(twilio.Sent);
    }

    [Theory]
    [InlineData(429, 20429, SendOutcome.TryAgain)]
    [InlineData(429, 63018, SendOutcome.TryAgain)]
    [InlineData(400, 63018, SendOutcome.TryAgain)]
    [InlineData(401, 20003, SendOutcome.TryAgain)]
    [InlineData(500, null, SendOutcome.TryAgain)]
    [InlineData(502, null, SendOutcome.TryAgain)]
    [InlineData(503, 20503, SendOutcome.TryAgain)]
    [InlineData(400, 21211, SendOutcome.Refused)]
    [InlineData(400, 21610, SendOutcome.Refused)]
    [InlineData(400, 21614, SendOutcome.Refused)]
    [InlineData(400, 63003, SendOutcome.Refused)]
    [InlineData(400, 63032, SendOutcome.Refused)]
    [InlineData(400, 99999, SendOutcome.Refused)]
    [InlineData(404, 20404, SendOutcome.Refused)]
    [InlineData(400, null, SendOutcome.Refused)]
    public async Task Errors_mean_what_Twilio_says_they_mean(int status, int? code, SendOutcome outcome)
    {
        twilio.Faults.Enqueue(new(status, code, RetryAfter: 3));

        var result = await Sender().Send(Item("Sure."), default);

        Assert.Equal((outcome, outcome is SendOutcome.TryAgain ? TimeSpan.FromSeconds(3) : (TimeSpan?)null), (result.Outcome, result.RetryAfter));
        // Twilio's sentences name the number; its codes do not.
        Assert.DoesNotContain("+1500", result.Cause, StringComparison.Ordinal);
        Assert.Contains(code?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? $"HTTP {status}", result.Cause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_token_is_mended_by_people_and_nothing_is_lost_meanwhile() =>
        Assert.Equal(SendOutcome.TryAgain, (await Sender(token: "wrong").Send(Item("Sure."), default)).Outcome);

    [Fact]
    public async Task Twilio_that_cannot_be_reached_is_tried_again()
    {
        await twilio.DisposeAsync();

        Assert.Equal(SendOutcome.TryAgain, (await Sender().Send(Item("Sure."), default)).Outcome);
    }

    [Fact]
    public async Task Who_wrote_more_than_a_day_ago_is_not_written_to_without_a_template()
    {
        time.Advance(TimeSpan.FromHours(24));

        Assert.Equal(SendResult.Unsendable(OutboundMessage.OutsideWindow), await Sender().Send(Item("Sure."), default));

        Assert.Empty(twilio.Sent);
    }

    [Fact]
    public async Task Just_within_a_day_they_are()
    {
        time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(1));

        Assert.Equal(SendResult.Sent, await Sender().Send(Item("Sure."), default));
    }

    [Fact]
    public async Task A_later_message_opens_the_day_again()
    {
        time.Advance(TimeSpan.FromHours(30));
        var item = Item("Sure.", replyTo: MessageId.Of(Channel.WhatsApp, "SM1"));
        await Writes();

        Assert.Equal(SendResult.Sent, await Sender().Send(item, default));
    }

    [Fact]
    public async Task With_a_template_its_variable_holds_the_words_in_one_line()
    {
        time.Advance(TimeSpan.FromDays(3));
        var item = Item("First line.\n\nSecond \"line\"    here.");
        twilio.Faults.Enqueue(new(0, Taken: true));
        await Sender(template: Template).Send(item, default);

        // The template has words of its own around ours, and is found all the same.
        Assert.Equal(SendResult.Sent, await Sender(template: Template).Send(item with { Attempts = 1 }, default));

        var sent = Assert.Single(twilio.Sent);
        Assert.Equal(Template, sent.Form["ContentSid"]);
        Assert.False(sent.Form.ContainsKey("Body"));
        Assert.Equal("First line. Second \"line\" here.", JsonDocument.Parse(sent.Form["ContentVariables"]).RootElement.GetProperty("1").GetString());
    }

    [Fact]
    public async Task Twilios_own_word_about_the_window_counts()
    {
        twilio.Faults.Enqueue(new(400, 63016));

        Assert.Equal(new(SendOutcome.Refused, OutboundMessage.OutsideWindow), await Sender().Send(Item("Sure."), default));
    }

    [Fact]
    public async Task Where_the_window_closed_unseen_the_template_brings_the_words_at_once()
    {
        twilio.Faults.Enqueue(new(400, 63016));

        Assert.Equal(SendResult.Sent, await Sender(template: Template).Send(Item("Sure."), default));

        Assert.Equal(Template, Assert.Single(twilio.Sent).Form["ContentSid"]);
    }

    [Fact]
    public async Task Who_never_wrote_by_whatsapp_is_not_written_to()
    {
        customer = await record.NewCustomer();

        var result = await Sender().Send(Item("Sure."), default);

        Assert.Equal(SendOutcome.Refused, result.Outcome);
        Assert.Empty(twilio.Sent);
    }

    [Fact]
    public async Task A_code_for_a_number_that_has_not_written_needs_the_template()
    {
        Assert.Equal(OutboundMessage.OutsideWindow, (await Sender().Send(Item("Your code is 1.", address: "+4915199999999"), default)).Cause);

        Assert.Equal(SendResult.Sent, await Sender(template: Template).Send(Item("Your code is 1.", address: "+4915199999999"), default));
        Assert.Equal("whatsapp:+4915199999999", Assert.Single(twilio.Sent).To);
    }

    [Fact]
    public async Task A_code_for_a_number_that_wrote_within_the_day_needs_none_whoever_asks_for_it()
    {
        const string Other = "+4915199999999";
        var owner = await record.Customers.Resolve(new(IdentifierKind.Phone, Other, true), new("Ben"), default);
        await record.Get<IOrigins>().Note(
            new(MessageId.Of(Channel.WhatsApp, "SM-other"), owner, Channel.WhatsApp, Other, FakeTwilio.From, true, null, null, time.GetUtcNow()), default);

        Assert.Equal(SendResult.Sent, await Sender().Send(Item("Your code is 1.", address: Other), default));

        var sent = Assert.Single(twilio.Sent);
        Assert.Equal(("whatsapp:" + Other, "Your code is 1."), (sent.To, sent.Form["Body"]));
    }

    [Fact]
    public async Task A_payload_that_is_none_is_refused() =>
        Assert.Equal(SendOutcome.Refused, (await Sender().Send(Item("") with { Payload = "null" }, default)).Outcome);

    [Theory]
    [InlineData("active", WhatsAppStanding.Active)]
    [InlineData("suspended", WhatsAppStanding.Suspended)]
    public async Task The_account_says_how_it_stands(string status, WhatsAppStanding standing)
    {
        twilio.Account = status;

        Assert.Equal(standing, await new WhatsAppExamination(Options()).Look(default));
    }

    [Fact]
    public async Task A_token_that_is_not_taken_is_told_from_a_Twilio_that_is_away()
    {
        Assert.Equal(WhatsAppStanding.Refused, await new WhatsAppExamination(Options(token: "wrong")).Look(default));
        twilio.Faults.Enqueue(new(503));
        Assert.Equal(WhatsAppStanding.Unreachable, await new WhatsAppExamination(Options()).Look(default));
        await twilio.DisposeAsync();
        Assert.Equal(WhatsAppStanding.Unreachable, await new WhatsAppExamination(Options()).Look(default));
    }

    private IDeliveries Deliveries => record.Get<IDeliveries>();

    private Task Writes() => record.Get<IOrigins>().Note(
        new(MessageId.Of(Channel.WhatsApp, $"SM{++numbers}"), customer, Channel.WhatsApp, Phone, FakeTwilio.From, true, null, null, time.GetUtcNow()), default);

    private OutboxItem Item(string text, string? address = null, MessageId? replyTo = null) => new(
        Guid.CreateVersion7(time.GetUtcNow()), customer, OutboundMessage.WhatsApp, 1,
        JsonSerializer.Serialize(new OutboundMessage(MessageId.Mint(time), 2, replyTo, "T", text, Address: address), OutboundMessage.Json), time.GetUtcNow());

    private WhatsAppSender Sender(string? template = null, string? token = null)
    {
        var options = Options(template, token);
        return new(TwilioApi.Create(options), options, record.Get<IOrigins>(), record.Identities, Deliveries, time, NullLogger<WhatsAppSender>.Instance);
    }

    private WhatsAppOptions Options(string? template = null, string? token = null) => new()
    {
        AccountSid = FakeTwilio.AccountSid,
        AuthToken = token ?? FakeTwilio.AuthToken,
        From = FakeTwilio.From,
        Api = twilio.Address,
        TemplateSid = template,
        StatusCallback = new("https://support.example.com/webhooks/whatsapp/status"),
    };
}
