using FteAgent.Api.Hosting;
using FteAgent.Api.Webhooks;
using FteAgent.Conversations;
using FteAgent.Kafka;
using FteAgent.Testing;

namespace FteAgent.Api.Roads;

/// <summary>Ten deliveries of one message at once, where all of them go by Kafka: each is acknowledged, ten records lie there, and one message comes of it.</summary>
public sealed class TenDeliveriesTests(KafkaSilo kafka) : IClassFixture<KafkaSilo>
{
    private const string Question = "How do I make a backup of the data?";

    [Fact]
    public async Task Of_Twilios_webhook_are_one_message_and_one_answer()
    {
        var (phone, topic) = (WhatsAppSilo.NewPhone(), KafkaTopics.Inbound(Channel.WhatsApp));
        var (form, before) = (TwilioWebhooks.Writes(phone, Question), kafka.Topics.Count(topic));

        var answers = await Ten(() => kafka.BringWhatsApp(form));

        Assert.All(answers, answer => Assert.Equal(("text/xml", answers[0].Text), (answer.Expect(200).MediaType, answer.Text)));
        Assert.Equal(before + 10, kafka.Topics.Count(topic));
        var said = await kafka.Said((await kafka.Known(phone)).Id);
        Assert.Equal(Question, Assert.Single(said, message => message.Author.Kind is ActorKind.Customer).Text);
        Assert.Single(said, message => message.Author.Kind is ActorKind.Assistant);
        await Eventually.Is(() => kafka.Twilio.Sent.Any(sent => sent.To == $"whatsapp:{phone}"));
        Assert.Distinct(kafka.Twilio.Sent.Where(sent => sent.To == $"whatsapp:{phone}").Select(sent => sent.Words));
        Assert.Empty(kafka.Twilio.Complaints);
    }

    [Fact]
    public async Task Of_Postmarks_webhook_are_one_message_and_one_answer()
    {
        var (address, topic) = ($"{Guid.NewGuid():N}@example.com", KafkaTopics.Inbound(Channel.Email));
        var before = kafka.Topics.Count(topic);
        // Postmark gives each try the same id, and the mail has its own.
        var mail = new
        {
            FromFull = new { Email = address, Name = "Ana" },
            Subject = "Backup",
            MessageID = "73e6d360-66eb-11e1-8e72-a8904824019b",
            TextBody = Question,
            Headers = new[] { new { Name = "Message-ID", Value = "<1@example.com>" } },
        };

        var answers = await Ten(() => kafka.Silo.With(MailSilo.Secret).Post("/webhooks/email", mail));

        Assert.All(answers, answer => answer.Expect(200));
        Assert.Equal(before + 10, kafka.Topics.Count(topic));
        var said = await kafka.Said((await kafka.Known(address)).Id);
        Assert.Equal(Question, Assert.Single(said, message => message.Author.Kind is ActorKind.Customer).Text);
        Assert.Single(said, message => message.Author.Kind is ActorKind.Assistant);
        Assert.Equal("<1@example.com>", (await kafka.Mail.Next()).InReplyTo);
        Assert.Equal(0, kafka.Mail.Waiting);
    }

    [Fact]
    public async Task Of_a_pages_form_and_of_its_next_message_are_one_message_each_and_are_told_the_same_ids()
    {
        var topic = KafkaTopics.Inbound(Channel.Web);
        var (before, first, second) = (kafka.Topics.Count(topic), Forms.Key(), Forms.Key());

        var opened = await Ten(() => kafka.Silo.Anyone.Post("/support/submit", Forms.Valid(message: Question), first));
        var customer = await kafka.Silo.Known(opened[0].Expect(201));
        var further = await Ten(() => customer.Caller.Post("/support/conversation/messages", new { text = "And on Windows?" }, second));

        Assert.All(opened, answer => Assert.Equal(opened[0].Text, answer.Expect(201).Text));
        Assert.Single(further.Select(answer => answer.Expect(202)["message_id"].GetString()).Distinct());
        Assert.Equal(before + 20, kafka.Topics.Count(topic));
        var said = await kafka.Said(customer.Id);
        Assert.Equal([Question, "And on Windows?"], said.Where(message => message.Author.Kind is ActorKind.Customer).Select(message => message.Text));
        Assert.Equal(further[0]["message_id"].GetString(), said.Last(message => message.Author.Kind is ActorKind.Customer).Id.ToString());
        Assert.Equal(opened[0]["ticket_id"].GetString(), Assert.Single(await kafka.Silo.Service<IConversationStore>().Tickets(customer.Id, default)).Id.Value);
    }

    private static async Task<Answer[]> Ten(Func<Task<Answer>> deliver) => await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => deliver()));
}
