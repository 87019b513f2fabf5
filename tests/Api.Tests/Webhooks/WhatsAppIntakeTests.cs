using System.Text.Json;
using FteAgent.Api.Hosting;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Sqlite;
using FteAgent.Testing;

namespace FteAgent.Api.Webhooks;

/// <summary>What customers write by WhatsApp.</summary>
[Collection(WhatsAppCollection.Name)]
public sealed class WhatsAppIntakeTests(WhatsAppSilo whatsApp)
{
    private const string Question = "How do I make a backup of the data?";

    [Fact]
    public async Task A_question_by_whatsapp_is_answered_by_whatsapp_in_short_bubbles()
    {
        var phone = WhatsAppSilo.NewPhone();

        var taken = (await whatsApp.Bring(TwilioWebhooks.Writes(phone, Question))).Expect(200);

        Assert.Equal(("text/xml", """<?xml version="1.0" encoding="UTF-8"?><Response></Response>"""), (taken.MediaType, taken.Text));
        var sent = await whatsApp.Arrived(phone);
        Assert.All(sent, bubble => Assert.InRange(bubble.Form["Body"].Length, 1, 300));
        Assert.All(sent, bubble => Assert.Equal(FakeTwilio.From, bubble.Form["From"]));
        var conversation = await whatsApp.Settled(phone);
        await Eventually.Is(() => whatsApp.Twilio.Sent.Any(bubble => bubble.To == $"whatsapp:{phone}" && bubble.Form["Body"].Contains("Type 'human' to reach a person.", StringComparison.Ordinal)));
        Assert.Equal((Channel.WhatsApp, Question), (conversation.Recent[0].Channel, conversation.Recent[0].Text));
        Assert.Empty(whatsApp.Twilio.Complaints);
    }

    [Fact]
    public async Task Twilio_vouches_for_the_number_and_the_profile_names_the_customer()
    {
        var phone = WhatsAppSilo.NewPhone();

        (await whatsApp.Bring(TwilioWebhooks.Writes(phone, "Hello", name: "Mira Okafor"))).Expect(200);
        (await whatsApp.Bring(TwilioWebhooks.Writes(phone, "Hello again", name: "Somebody else"))).Expect(200);

        var owner = (await whatsApp.Owner(phone))!;
        Assert.Equal("Mira Okafor", owner.Name);
        Assert.Equal(new CustomerIdentifier(IdentifierKind.Phone, phone, Proved: true), Assert.Single(owner.Identifiers));
    }

    [Fact]
    public async Task Operators_know_whoever_gave_no_name_by_the_number_and_see_by_which_channel_they_wrote()
    {
        var (phone, ana) = (WhatsAppSilo.NewPhone(), await whatsApp.Silo.NewOperator());

        (await whatsApp.Bring(TwilioWebhooks.Writes(phone, "I want to speak to a human please", name: ""))).Expect(200);
        await whatsApp.Settled(phone);

        var owner = (await whatsApp.Owner(phone))!.Id.ToString();
        var queued = (await ana.Caller.Get("/api/conversations?limit=200")).Expect(200)["conversations"].EnumerateArray().Single(item => item.GetProperty("id").GetString() == owner);
        Assert.Equal(("", phone), (queued.GetProperty("customer").GetProperty("name").GetString(), queued.GetProperty("customer").GetProperty("phone").GetString()));
        Assert.False(queued.GetProperty("customer").TryGetProperty("email", out _));
        Assert.Equal("whatsapp", queued.GetProperty("last_message").GetProperty("channel").GetString());
        var opened = (await ana.Caller.Get($"/api/conversations/{owner}")).Expect(200)["customer"];
        var found = Assert.Single((await ana.Caller.Get($"/api/customers?query={Uri.EscapeDataString(phone)}")).Expect(200)["customers"].EnumerateArray());
        foreach (var customer in (JsonElement[])[opened, found])
        {
            Assert.Equal(phone, customer.GetProperty("phone").GetString());
            var identifier = Assert.Single(customer.GetProperty("identifiers").EnumerateArray());
            Assert.Equal(("phone", phone, true), (identifier.GetProperty("kind").GetString(), identifier.GetProperty("value").GetString(), identifier.GetProperty("proved").GetBoolean()));
        }
    }

    [Fact]
    public async Task Who_has_no_number_on_whatsapp_is_known_by_what_stands_there_instead()
    {
        var form = TwilioWebhooks.Writes("+4915112345678", "Hello");
        form["From"] = "whatsapp:DE.13491208655302741918";

        (await whatsApp.Bring(form)).Expect(200);

        var owner = Assert.Single(await whatsApp.Silo.Service<ICustomerDirectory>().Search("DE.13491208655302741918", 10, default));
        Assert.Equal(new CustomerIdentifier(IdentifierKind.External, "whatsapp:DE.13491208655302741918", Proved: true), Assert.Single(owner.Identifiers));
    }

    [Fact]
    public async Task Ten_deliveries_of_one_message_at_once_are_one_message_and_one_answer()
    {
        var phone = WhatsAppSilo.NewPhone();
        var form = TwilioWebhooks.Writes(phone, Question);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => whatsApp.Bring(form)));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        var conversation = await whatsApp.Settled(phone);
        Assert.Single(conversation.Recent, message => message.Author.Kind is ActorKind.Customer);
        Assert.Single(conversation.Recent, message => message.Author.Kind is ActorKind.Assistant);
        Assert.Single(conversation.Tickets);
        var sent = await whatsApp.Arrived(phone);
        Assert.Equal(sent.Count, sent.Select(WhatsAppSilo.ItemOf).Distinct().Count());
    }

    [Fact]
    public async Task Files_are_listed_under_their_addresses_and_never_fetched()
    {
        var phone = WhatsAppSilo.NewPhone();
        await using var trap = await FakeTwilio.Start();

        (await whatsApp.Bring(TwilioWebhooks.Writes(
            phone, "", more:
            [
                ("NumMedia", "4"), ("MediaContentType0", "image/jpeg"), ("MediaUrl0", "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1"),
                ("MediaContentType1", "text/vcard"), ("MediaUrl1", $"{trap.Address}card"), ("MediaContentType2", "application/pdf"), ("MediaUrl2", "file:///etc/passwd"),
            ]))).Expect(200);

        var conversation = await whatsApp.Settled(phone);
        var files = await whatsApp.Silo.Service<IAttachments>().List(conversation.Customer, [conversation.Recent[0].Id], default);
        Assert.Equal(["image 1", "contact 2", "document 3", "document 4"], files.Select(file => file.Name));
        Assert.All(files, file => Assert.Equal((AttachmentKind.Link, false), (file.Kind, file.IsKept)));
        Assert.Equal("https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1", files[0].Url);
        Assert.All(files[1..], file => Assert.Null(file.Url));
        Assert.Empty(trap.Complaints);
        // A picture alone holds no question.
        Assert.Contains("couldn't find any text", (await whatsApp.Arrived(phone))[0].Form["Body"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Here I am", "Here I am\nLocation: Alte Brücke, Neckarstaden (49.4137, 8.7092)")]
    [InlineData("", "Location: Alte Brücke, Neckarstaden (49.4137, 8.7092)")]
    public async Task A_place_becomes_words(string body, string said) => Assert.Equal(said, await Said(TwilioWebhooks.Writes(
        WhatsAppSilo.NewPhone(), body, more: [("MessageType", "location"), ("Latitude", "49.4137"), ("Longitude", "8.7092"), ("Label", "Alte Brücke"), ("Address", "Neckarstaden")])));

    [Fact]
    public async Task A_place_that_is_none_is_left_out() => Assert.Equal("Here", await Said(TwilioWebhooks.Writes(
        WhatsAppSilo.NewPhone(), "Here", more: [("Latitude", "49e9"), ("Longitude", "<script>")])));

    [Theory]
    [InlineData("ButtonText", "Yes, please")]
    [InlineData("ListTitle", "Billing")]
    public async Task A_button_or_an_entry_that_was_pressed_is_what_was_said(string name, string text) =>
        Assert.Equal(text, await Said(TwilioWebhooks.Writes(WhatsAppSilo.NewPhone(), "", more: [("MessageType", "button"), (name, text)])));

    [Fact]
    public async Task A_reaction_or_a_sticker_without_words_is_asked_for_text()
    {
        var phone = WhatsAppSilo.NewPhone();

        (await whatsApp.Bring(TwilioWebhooks.Writes(phone, "", more: [("MessageType", "sticker"), ("NumMedia", "1"), ("MediaContentType0", "image/webp"), ("MediaUrl0", "https://api.twilio.com/x")]))).Expect(200);

        Assert.Contains("couldn't find any text", (await whatsApp.Arrived(phone))[0].Form["Body"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Human_reaches_a_person()
    {
        var phone = WhatsAppSilo.NewPhone();

        (await whatsApp.Bring(TwilioWebhooks.Writes(phone, "human"))).Expect(200);

        var conversation = await whatsApp.Settled(phone);
        Assert.Equal(Answering.EscalationReason.PersonRequested, conversation.Escalation?.Reason);
        Assert.Contains("colleague", (await whatsApp.Arrived(phone))[0].Form["Body"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_wants_no_more_messages_gets_none()
    {
        var phone = WhatsAppSilo.NewPhone();

        (await whatsApp.Bring(TwilioWebhooks.Writes(phone, "STOP", more: ("OptOutType", "STOP")))).Expect(200);

        var conversation = await whatsApp.Settled(phone);
        Assert.Equal(MessageKind.Note, Assert.Single(conversation.Recent).Kind);
        Assert.DoesNotContain(whatsApp.Twilio.Sent, sent => sent.To == $"whatsapp:{phone}");
    }

    [Fact]
    public async Task Whoever_wrote_to_another_number_of_ours_is_answered_from_there()
    {
        var phone = WhatsAppSilo.NewPhone();

        (await whatsApp.Bring(TwilioWebhooks.Writes(phone, "Hello", more: ("To", "whatsapp:+4930123456")))).Expect(200);

        Assert.Equal("whatsapp:+4930123456", (await whatsApp.Arrived(phone))[0].Form["From"]);
    }

    [Fact]
    public async Task While_nothing_can_be_stored_Twilio_is_told_to_come_again()
    {
        await using var silo = await RunningSilo.Start(WhatsAppSilo.Settings);
        silo.Service<SqliteRecord>().Dispose();
        var form = TwilioWebhooks.Writes(WhatsAppSilo.NewPhone(), "Hello");

        var answer = (await WhatsAppSilo.Post(silo, "/webhooks/whatsapp", form, TwilioWebhooks.Sign(TwilioWebhooks.Inbound, form))).ExpectProblem(503);

        Assert.Equal("5", answer.Headers["Retry-After"]);
    }

    private async Task<string> Said(Dictionary<string, string> form)
    {
        (await whatsApp.Bring(form)).Expect(200);
        return (await whatsApp.Settled(form["From"]["whatsapp:".Length..])).Recent[0].Text;
    }
}
