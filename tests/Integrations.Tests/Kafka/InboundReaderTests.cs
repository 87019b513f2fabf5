using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Testing;
using FteAgent.Tickets;

namespace FteAgent.Kafka;

/// <summary>What any system may put into our topics, and what it may not.</summary>
public sealed class InboundReaderTests
{
    private const string Plain = """
        {"channel": "email", "channel_message_id": "<m1@example.com>", "customer": {"email": "Mira@Example.com", "name": "Mira"},
         "subject": "Export", "text": "How do I export my data?", "received_at": "2026-01-02T03:04:05Z", "attachments": ["a.png"],
         "metadata": {"campaign": "spring"}, "some_field_of_theirs": {"x": [1, 2]}}
        """;

    private readonly FakeTime time = new(DateTimeOffset.Parse("2026-01-02T03:10:00Z", CultureInfo.InvariantCulture));

    [Fact]
    public void Plain_JSON_without_any_headers_is_taken()
    {
        var message = Read(Plain);

        Assert.Equal((Channel.Email, "How do I export my data?", "Export"), (message.Channel, message.Text, message.Subject));
        Assert.Equal(new Sender(IdentifierKind.Email, "mira@example.com", Proved: false, "Mira"), message.Sender);
        Assert.Equal("2026-01-02T03:04:05", message.ReceivedAt.ToString("s", CultureInfo.InvariantCulture));
        Assert.EndsWith(":<m1@example.com>", message.ChannelMessageId, StringComparison.Ordinal);
        Assert.Equal(MessageId.Of(Channel.Email, message.ChannelMessageId), message.Id);
        Assert.Equal("a.png", Assert.Single(message.Files).Name);
        Assert.Equal("spring", message.Metadata["campaign"]);
    }

    [Fact]
    public void A_CloudEvent_is_taken_in_binary_and_in_structured_mode()
    {
        var binary = Read(Plain, ("ce_specversion", "1.0"), ("ce_id", "1"), ("ce_source", "/crm"), ("ce_type", "x"), ("content-type", "application/json; charset=utf-8"));
        var structured = Read(
            $$"""{"specversion": "1.0", "id": "1", "source": "/crm", "type": "x", "data": {{Plain}}}""", ("content-type", "application/cloudevents+json"));

        Assert.Equal(Told(Read(Plain, ("ce_source", "/crm"))), Told(binary));
        Assert.Equal(Told(binary), Told(structured));

        static string Told(InboundMessage message) => $"{message.Channel} {message.ChannelMessageId} {message.Sender} {message.Text} {message.Subject} {message.Id}";
    }

    [Theory]
    [InlineData("", "the record is empty")]
    [InlineData("null", "it is null")]
    [InlineData("[]", "it is no JSON that can be read (line 1)")]
    [InlineData("{\"channel\": ", "its JSON does not fit at $.channel")]
    [InlineData("""{"metadata": {"mira@example.com": {}}}""", "its JSON does not fit at $.metadata")]
    [InlineData("""{"channel": "email", "customer": {"email": 17}}""", "its JSON does not fit at $.customer.email")]
    [InlineData("""{"channel": "fax", "channel_message_id": "1", "text": "a", "customer": {"email": "a@b.cd"}}""", "channel must be webform, email or whatsapp")]
    [InlineData("""{"channel": "email", "text": "a", "customer": {"email": "a@b.cd"}}""", "channel_message_id is missing")]
    [InlineData("""{"channel": "email", "channel_message_id": "1", "customer": {"email": "a@b.cd"}}""", "text is missing")]
    [InlineData("""{"channel": "email", "channel_message_id": "1", "text": "a"}""", "customer.email is missing: a mail is answered there")]
    [InlineData("""{"channel": "email", "channel_message_id": "1", "text": "a", "customer": {"email": "no address"}}""", "customer.email must be an email address such as name@example.com")]
    [InlineData("""{"channel": "whatsapp", "channel_message_id": "1", "text": "a", "customer": {"phone": "030 1234"}}""", "customer.phone must be in E.164 form such as +4930123456")]
    [InlineData("""{"channel": "webform", "channel_message_id": "1", "text": "a", "customer": {"name": "Mira"}}""", "customer must have an email, a phone or an external_id")]
    public void What_does_not_fit_is_told_in_words_without_the_customers(string value, string why) =>
        Assert.Equal(why, Assert.Throws<UnreadableRecordException>(() => Read(value)).Message);

    [Fact]
    public void Every_fault_is_told_at_once()
    {
        var fault = Assert.Throws<UnreadableRecordException>(() => Read(
            $$"""{"channel": "fax", "channel_message_id": "{{new string('i', 999)}}", "text": "{{new string('t', 10_001)}}", "subject": "{{new string('s', 201)}}"}"""));

        Assert.Equal(
            "channel must be webform, email or whatsapp; channel_message_id must have at most 900 characters; text must have at most 10000 characters; "
            + "subject must have at most 200 characters; customer must have an email, a phone or an external_id", fault.Message);
    }

    [Theory]
    [InlineData("content-type", "text/plain", "its content-type must be application/json or application/cloudevents+json")]
    [InlineData("ce_specversion", "0.3", "its specversion must be 1.0")]
    public void Headers_that_say_otherwise_are_believed(string name, string value, string why) =>
        Assert.Equal(why, Assert.Throws<UnreadableRecordException>(() => Read(Plain, (name, value))).Message);

    [Fact]
    public void The_same_id_by_another_system_for_another_customer_or_on_another_road_is_another_message()
    {
        static string From(string customer) => $$"""{"channel": "webform", "channel_message_id": "1", "text": "a", "customer": {"external_id": "{{customer}}"} }""";
        MessageId?[] ids =
        [
            Read(From("17"), ("ce_source", "/crm")).Id, Read(From("17"), ("ce_source", "/shop")).Id, Read(From("17")).Id, Read(From("18"), ("ce_source", "/crm")).Id,
            MessageId.Of(Channel.Web, "1"),
        ];

        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Equal(ids[0], Read(From("17"), ("ce_source", "/crm")).Id);
    }

    [Theory]
    [InlineData("whatsapp:DE.123")]
    [InlineData("WhatsApp:+4930123456")]
    public void Nobody_but_WhatsApp_gives_ids_of_WhatsApp(string external)
    {
        var record = $$"""{"channel": "webform", "channel_message_id": "1", "text": "a", "proved": true, "customer": {"external_id": "{{external}}"} }""";

        Assert.Equal("customer.external_id must not begin with whatsapp:, which only WhatsApp itself gives", Assert.Throws<UnreadableRecordException>(() => Read(record)).Message);
    }

    [Fact]
    public void A_record_may_not_be_larger_than_a_request()
    {
        var large = Plain.Replace("spring", new string('x', 256 * 1024), StringComparison.Ordinal);

        Assert.Equal("it has more than 256 KiB", Assert.Throws<UnreadableRecordException>(() => Read(large)).Message);
    }

    [Theory]
    [InlineData("""{"email": "a@b.cd"}""", "email", false, null, false)]
    [InlineData("""{"email": "a@b.cd"}""", "email", true, null, true)]
    [InlineData("""{"email": "a@b.cd", "external_id": "crm-17"}""", "email", false, "crm-17", false)]
    [InlineData("""{"external_id": "crm-17"}""", "webform", false, "crm-17", true)]
    [InlineData("""{"phone": "+4930123456"}""", "whatsapp", false, null, false)]
    public void A_producer_proves_ids_of_its_own_and_addresses_only_where_that_was_said(
        string customer, string channel, bool trusted, string? identity, bool proved)
    {
        var message = Read(KafkaTopics.Incoming, $$"""{"channel": "{{channel}}", "channel_message_id": "1", "text": "a", "proved": true, "customer": {{customer}}}""", trusted);

        Assert.Equal(identity, message.Identity?.Value);
        Assert.Equal(proved, message.Sender.Proved);
    }

    [Fact]
    public void Without_a_producers_word_nothing_is_proved()
    {
        var message = Read(KafkaTopics.Incoming, """{"channel": "webform", "channel_message_id": "1", "text": "a", "customer": {"external_id": "crm-17"}}""", trusts: true);

        Assert.Null(message.Identity);
        Assert.False(message.Sender.Proved);
    }

    [Theory]
    [InlineData("2030-01-01T00:00:00Z")]
    [InlineData("2020-01-01T00:00:00Z")]
    public void A_time_that_cannot_be_is_now(string at) =>
        Assert.Equal(time.GetUtcNow(), Read($$"""{"channel": "email", "channel_message_id": "1", "text": "a", "customer": {"email": "a@b.cd"}, "received_at": "{{at}}"}""").ReceivedAt);

    [Fact]
    public void What_silos_say_to_each_other_is_read_from_their_own_topics_only()
    {
        const string Forged = """
            {"channel": "webform", "channel_message_id": "1", "text": "a", "customer": {"external_id": "x"},
             "silo": {"customer_id": "00000000000000000000000000000001", "session": "web:stolen", "automatic": "own"}}
            """;

        var message = Read(Forged);

        Assert.Equal((null, null, null), (message.Customer, message.Identity, message.Automatic));
        Assert.NotNull(Read(KafkaTopics.Inbound(Channel.Web), Forged, trusts: false).Identity);
        // Nor was its sender answered by a channel of ours, whatever a producer says of itself.
        Assert.False(message.WasAcknowledged);
        Assert.False(Read(KafkaTopics.Incoming, Forged.Replace("\"automatic\"", "\"was_acknowledged\": true, \"automatic\"", StringComparison.Ordinal), trusts: true).WasAcknowledged);
    }

    [Fact]
    public void A_record_of_another_channel_than_its_topics_is_refused() => Assert.Equal(
        "channel must be that of the topic",
        Assert.Throws<UnreadableRecordException>(() => Read(KafkaTopics.Inbound(Channel.WhatsApp), Plain, trusts: false)).Message);

    [Fact]
    public void What_a_silo_writes_another_one_reads_unchanged()
    {
        var mail = new InboundMessage(Channel.Email, "m1@example.com", new(IdentifierKind.Email, "mira@example.com", Proved: true, "Mira"), "Überall \"geht\" es 🙂", time.GetUtcNow())
        {
            Subject = "Export",
            Recipient = "help@example.com",
            Thread = new("m1@example.com", ["m0@example.com"]),
            Automatic = "list",
            AutomaticIfAnswer = "auto_reply",
            Files = [new(AttachmentKind.File, "a.png", "image/png", 3, new byte[] { 1, 2, 3 }), new(AttachmentKind.Link, "b", "image/jpeg", 9, null, "https://example.com/b")],
            Metadata = ImmutableSortedDictionary<string, string>.Empty.Add("k", "v"),
        };
        var session = new CustomerIdentifier(IdentifierKind.WebSession, "web:0123", Proved: true);
        var form = new InboundMessage(Channel.Web, "c/1", new(IdentifierKind.WebSession, "web:0123", true, "Mira"), "How?", time.GetUtcNow())
        {
            Identity = session,
            Customer = CustomerId.New(session, time),
            Email = "mira@example.com",
            Form = new("Export", TicketCategory.BugReport, TicketPriority.High),
        };
        var further = new InboundMessage(Channel.Web, "c/2", new(IdentifierKind.WebSession, "x", true), "And?", time.GetUtcNow()) { Customer = CustomerId.New(session, time), Parted = 2 };

        var whatsApp = new InboundMessage(Channel.WhatsApp, "SM1", new(IdentifierKind.Phone, "+4930123456", Proved: true, "Mira"), "Hello", time.GetUtcNow()) { Recipient = "whatsapp:+1" };
        var numberless = whatsApp with { ChannelMessageId = "SM2", Sender = new(IdentifierKind.External, "whatsapp:DE.123", Proved: true, "Mira") };

        foreach (var written in (InboundMessage[])[mail, form, further, whatsApp, numberless])
        {
            var (id, ticket) = (MessageId.Mint(time), TicketId.Mint(time));
            var read = Read(KafkaTopics.Inbound(written.Channel), Encoding.UTF8.GetString(InboundWriter.Value(written, id, ticket)), trusts: false);

            Assert.Equal((id, ticket, true), (read.Id, read.TicketId, read.WasAcknowledged));
            Assert.Equal(Told(written), Told(read));
        }

        // The customer follows from the session, so whoever reads asks the record by that.
        static string Told(InboundMessage m) => JsonSerializer.Serialize(
            m with { Id = null, TicketId = null, WasAcknowledged = false, Customer = m.Identity is null ? m.Customer : null, Sender = m.Channel is Channel.Web ? m.Sender with { Address = "" } : m.Sender });
    }

    [Fact]
    public void What_a_silo_took_by_its_channels_rules_is_no_fault_and_always_fits_a_record()
    {
        var mail = new InboundMessage(Channel.Email, "1", new(IdentifierKind.Email, "mira@localhost", true, new string('N', 500)), new string('\u0001', 2_000_000), time.GetUtcNow())
        {
            Subject = new string('s', 990),
            Files = [.. Enumerable.Range(0, 21).Select(i => new InboundFile(AttachmentKind.File, $"{i}", "x/y", 3, new byte[3]))],
        };

        var value = InboundWriter.Value(mail, MessageId.Mint(time), TicketId.Mint(time));
        var read = Read(KafkaTopics.Inbound(Channel.Email), Encoding.UTF8.GetString(value), trusts: false);

        Assert.InRange(value.Length, 1, KafkaClients.RecordLimit);
        Assert.Equal((100_000, 990, 21, "mira@localhost"), (read.Text.Length, read.Subject!.Length, read.Files.Length, read.Sender.Address));
    }

    [Fact]
    public void Files_that_do_not_fit_go_by_name_alone()
    {
        var mail = new InboundMessage(Channel.Email, "1", new(IdentifierKind.Email, "a@b.cd", true), new string('ü', 50_000), time.GetUtcNow())
        {
            Files = [new(AttachmentKind.File, "large", "x/y", 700 * 1024, new byte[700 * 1024]), new(AttachmentKind.File, "small", "x/y", 3, new byte[3])],
        };

        var value = InboundWriter.Value(mail, MessageId.Mint(time), TicketId.Mint(time));
        var read = Read(KafkaTopics.Inbound(Channel.Email), Encoding.UTF8.GetString(value), trusts: false);

        Assert.InRange(value.Length, 1, KafkaClients.RecordLimit);
        Assert.Equal([null, 3], read.Files.Select(file => file.Content?.Length));
        Assert.Equal([700 * 1024, 3], read.Files.Select(file => file.Size));
    }

    private InboundMessage Read(string value, params (string Name, string Value)[] headers) => Read(KafkaTopics.Incoming, value, trusts: false, headers);

    private InboundMessage Read(string topic, string value, bool trusts, params (string Name, string Value)[] headers)
    {
        var record = new Message<byte[]?, byte[]?> { Value = Encoding.UTF8.GetBytes(value), Headers = [] };
        foreach (var (name, text) in headers)
            record.Headers.Add(name, Encoding.UTF8.GetBytes(text));
        return new InboundReader(trusts, time).Read(topic, record).Message;
    }
}
