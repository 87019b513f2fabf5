using FteAgent.Api.Hosting;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Testing;

namespace FteAgent.Api.Webhooks;

/// <summary>What became of what was written to customers.</summary>
[Collection(WhatsAppCollection.Name)]
public sealed class WhatsAppStatusTests(WhatsAppSilo whatsApp)
{
    [Fact]
    public async Task Statuses_that_come_late_or_twice_take_nothing_back()
    {
        var (sent, item) = await OneSent();

        foreach (var (status, stands) in ((string, DeliveryStatus)[])
        [
            ("queued", DeliveryStatus.Queued), ("sent", DeliveryStatus.Sent), ("read", DeliveryStatus.Read), ("delivered", DeliveryStatus.Read),
            ("sent", DeliveryStatus.Read), ("failed", DeliveryStatus.Read), ("receiving", DeliveryStatus.Read), ("nonsense", DeliveryStatus.Read),
        ])
        {
            (await whatsApp.Tell(item, TwilioWebhooks.Tells(sent.Sid, status))).Expect(204);
            Assert.Equal(stands, (await Found(item)).Status);
        }

        var delivery = await Found(item);
        Assert.Equal((sent.Sid, sent.To, null), (delivery.ProviderId, $"whatsapp:{delivery.Address}", delivery.Error));
        Assert.Null((await Load(delivery)).Escalation);
    }

    [Fact]
    public async Task A_failure_told_ten_times_at_once_raises_one_escalation_with_one_note()
    {
        var (sent, item) = await OneSent();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => whatsApp.Tell(item, TwilioWebhooks.Tells(sent.Sid, "undelivered", "63024"))));

        Assert.All(answers, answer => Assert.Equal(204, answer.Status));
        var delivery = await Found(item);
        Assert.Equal((DeliveryStatus.Failed, "Twilio 63024"), (delivery.Status, delivery.Error));
        var conversation = await Load(delivery);
        Assert.Contains("Twilio 63024", Assert.Single(conversation.Recent, message => message.Kind is MessageKind.Note).Text, StringComparison.Ordinal);
        Assert.Equal(Answering.EscalationReason.ServiceUnavailable, conversation.Escalation?.Reason);
        // The customer who cannot be reached is not written to about it.
        Assert.Single(await whatsApp.Arrived(delivery.Address));
    }

    [Fact]
    public async Task Outside_the_window_is_told_by_its_own_name()
    {
        var (sent, item) = await OneSent();

        (await whatsApp.Tell(item, TwilioWebhooks.Tells(sent.Sid, "failed", "63016"))).Expect(204);

        Assert.Equal(OutboundMessage.OutsideWindow, (await Found(item)).Error);
    }

    [Fact]
    public async Task An_item_that_nobody_knows_changes_nothing()
    {
        (await whatsApp.Tell(Guid.NewGuid(), TwilioWebhooks.Tells("SM1", "delivered"))).Expect(204);
        var form = TwilioWebhooks.Tells("SM1", "delivered");
        (await WhatsAppSilo.Post(whatsApp.Silo, "/webhooks/whatsapp/status", form, TwilioWebhooks.Sign(TwilioWebhooks.Status, form))).ExpectProblem(422);
    }

    [Fact]
    public async Task The_item_cannot_be_exchanged_for_another()
    {
        var (sent, item) = await OneSent();
        var (_, other) = await OneSent();
        var form = TwilioWebhooks.Tells(sent.Sid, "failed", "63024");

        (await WhatsAppSilo.Post(
            whatsApp.Silo, $"/webhooks/whatsapp/status?item={other:N}", form, TwilioWebhooks.Sign($"{TwilioWebhooks.Status}?item={item:N}", form))).ExpectProblem(403);

        Assert.Equal(DeliveryStatus.Queued, (await Found(other)).Status);
    }

    [Fact]
    public async Task Operators_see_how_far_a_message_came_in_the_conversation_and_live()
    {
        var (sent, item) = await OneSent();
        var delivery = await Found(item);
        var ana = await whatsApp.Silo.NewOperator();
        var path = $"/api/conversations/{delivery.Customer}";
        using var events = await EventReader.Open(ana.Caller, $"{path}/events");
        var first = await events.Next("deliveries");
        Assert.Equal("queued", Status(first, delivery));

        (await whatsApp.Tell(item, TwilioWebhooks.Tells(sent.Sid, "undelivered", "63003"))).Expect(204);

        var next = await events.Next(e => e.Name == "deliveries" && Status(e, delivery) == "failed");
        Assert.Equal("Twilio 63003", next.Data.GetProperty("messages")[0].GetProperty("deliveries")[0].GetProperty("error").GetString());
        var message = (await ana.Caller.Get(path)).Expect(200)["messages"].EnumerateArray().Single(m => m.GetProperty("id").GetString() == delivery.Message.ToString());
        Assert.Equal(("whatsapp", "failed", 1), (
            message.GetProperty("deliveries")[0].GetProperty("channel").GetString(), message.GetProperty("deliveries")[0].GetProperty("status").GetString(),
            message.GetProperty("deliveries")[0].GetProperty("parts").GetInt32()));
    }

    private static string? Status(ServerEvent e, Delivery delivery) => e.Data.GetProperty("messages").EnumerateArray()
        .Single(message => message.GetProperty("id").GetString() == delivery.Message.ToString()).GetProperty("deliveries")[0].GetProperty("status").GetString();

    private async Task<(TwilioSend Sent, Guid Item)> OneSent()
    {
        var phone = WhatsAppSilo.NewPhone();
        (await whatsApp.Bring(TwilioWebhooks.Writes(phone, "Hello"))).Expect(200);
        var sent = (await whatsApp.Arrived(phone))[0];
        var item = WhatsAppSilo.ItemOf(sent);
        await Eventually.Get(() => Found(item), delivery => delivery.ProviderId is not null);
        return (sent, item);
    }

    private async Task<Delivery> Found(Guid item) => (await whatsApp.Silo.Service<IDeliveries>().Find(item, default))!;

    private Task<Conversation> Load(Delivery delivery) => whatsApp.Silo.Service<IConversationStore>().Load(delivery.Customer, default);
}
