using FteAgent.Api.Hosting;
using FteAgent.Api.Webhooks;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Kafka;
using FteAgent.Testing;
using FteAgent.Testing.Mail;

namespace FteAgent.Api.Roads;

/// <summary>A silo whose channels put messages on Kafka first, with a mock broker, Twilio and a mail server of others at its other sides.</summary>
public sealed class KafkaSilo : IAsyncLifetime
{
    internal const string Group = "fte-api";

    private KafkaBroker broker = null!;

    internal RunningSilo Silo { get; private set; } = null!;

    internal FakeTwilio Twilio { get; private set; } = null!;

    internal OutsideMail Mail { get; private set; } = null!;

    internal BrokerTopics Topics { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        TestLogs.Secret(FakeTwilio.AuthToken);
        (broker, Twilio, Mail) = (await KafkaBroker.Start(KafkaTopics.All), await FakeTwilio.Start(), await OutsideMail.Start());
        Topics = new(broker.Bootstrap);
        Silo = await Start(Group);
    }

    public async Task DisposeAsync()
    {
        await Silo.DisposeAsync();
        await Mail.DisposeAsync();
        await Twilio.DisposeAsync();
        await broker.DisposeAsync();
    }

    /// <summary>A silo on these topics, as a member of this group. INTAKE=kafka wants the record of a fleet; its road is the same on a file.</summary>
    internal Task<RunningSilo> Start(string group, params (string, string)[] settings) => RunningSilo.Start(
        static services => services.AddKafkaRoad(static (_, _) => TimeSpan.FromMinutes(5)),
        [
            .. WhatsAppSilo.Settings, ("TWILIO_API_URL", Twilio.Address.ToString()), ("EMAIL_WEBHOOK_SECRET", MailSilo.Secret), ("EMAIL_SMTP_URL", Mail.Url),
            ("EMAIL_FROM", "Example Support <help@example.org>"), ("EMAIL_AUTHSERV_ID", "mx.example.org"), ("KAFKA_BOOTSTRAP_SERVERS", broker.Bootstrap),
            ("KAFKA_GROUP_ID", group), .. settings,
        ]);

    internal Task<Answer> BringWhatsApp(Dictionary<string, string> form)
    {
        TestLogs.Secret(form["Body"]);
        return WhatsAppSilo.Post(Silo, "/webhooks/whatsapp", form, TwilioWebhooks.Sign(TwilioWebhooks.Inbound, form));
    }

    internal async Task<Customer> Known(string address) => Assert.Single(await Eventually.Get(
        async () => (await Silo.Service<ICustomerDirectory>().Search(address, 10, default)).Where(customer => customer.Identifiers.Any(known => known.Value == address)).ToList(),
        found => found.Count > 0));

    /// <summary>All that was said with a customer, notes too, once everything that was on its way to the record is there and nothing is being answered.</summary>
    internal async Task<Message[]> Said(CustomerId customer)
    {
        await Eventually.Is(() => Topics.AreTaken(Group));
        await Eventually.Get(() => Silo.Service<IConversationStore>().Load(customer, default), conversation => conversation is { Version: > 0, Exchange: null });
        return [.. await Silo.Service<IConversationStore>().Read(customer, 0, 1_000, includeNotes: true, default)];
    }
}
