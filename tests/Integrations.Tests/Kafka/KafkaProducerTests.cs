using System.Text;
using System.Text.Json;
using FteAgent.Answering;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Events;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FteAgent.Kafka;

/// <summary>What silos tell by Kafka, on a mock broker.</summary>
public sealed class KafkaProducerTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 3, 3, 9, 0, 0, TimeSpan.Zero);
    private static readonly CustomerId Customer = new(Guid.Parse("00000000-0000-0000-0000-0000000000c1"));

    private KafkaWorld world = null!;

    public async Task InitializeAsync() => world = await KafkaWorld.Open();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Theory]
    [InlineData(Channel.Web, "fte.channels.webform.outbound")]
    [InlineData(Channel.Email, "fte.channels.email.outbound")]
    [InlineData(Channel.WhatsApp, "fte.channels.whatsapp.outbound")]
    public async Task Reply_is_told_in_its_channels_topic_under_the_outbox_items_id(Channel channel, string topic)
    {
        var item = Item(new(PublishedEvent.MessageSent, Customer.ToString(), "T1", Now, channel, "m1", 2, ActorKind.Assistant, "Like so."));

        Assert.Equal(SendResult.Sent, await new EventSender(world.Producer).Send(item, default));

        var record = Assert.Single(await world.Read(topic, 1));
        Assert.Equal(item.Payload, Encoding.UTF8.GetString(record.Message.Value!));
        Assert.Equal(Customer.ToString(), Encoding.ASCII.GetString(record.Message.Key!));
        string[] headers = [.. ((string[])["ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "content-type"]).Select(name => CloudEvent.Text(record.Message.Headers, name)!)];
        Assert.Equal(["1.0", item.Id.ToString(), "/fteagent", "fte.message.sent", "2026-03-03T09:00:00.0000000Z", "application/json"], headers);
    }

    [Fact]
    public async Task Escalation_is_told_in_its_topic()
    {
        var item = Item(new(
            PublishedEvent.EscalationRaised, Customer.ToString(), "T1", Now, EscalationId: Guid.NewGuid(), Reason: EscalationReason.RefundRequest, Urgency: Urgency.High, Route: "billing"));

        Assert.Equal(SendResult.Sent, await new EventSender(world.Producer).Send(item, default));

        Assert.Single(await world.Read(KafkaTopics.Escalations, 1));
    }

    [Fact]
    public async Task What_is_no_event_is_refused_for_good()
    {
        var item = Item(new("fte.unknown", Customer.ToString(), null, Now));

        Assert.Equal(SendOutcome.Refused, (await new EventSender(world.Producer).Send(item, default)).Outcome);
        Assert.Equal(SendOutcome.Refused, (await new EventSender(world.Producer).Send(item with { Payload = "no JSON" }, default)).Outcome);
    }

    [Fact]
    public async Task Record_that_a_topic_does_not_take_is_refused_and_the_next_one_is_taken()
    {
        // To the produce request: INVALID_RECORD, as for a record without a key in a topic that is compacted.
        await world.Broker.Errors(api: 0, code: 87, times: 1);

        Assert.Equal(new ProduceEnd(ProduceOutcome.Refused, "InvalidRecord"), await world.Producer.Produce(KafkaTopics.DeadLetters, null, [], [1], default));
        Assert.Equal(ProduceOutcome.Acknowledged, (await world.Producer.Produce(KafkaTopics.DeadLetters, [1], [], [1], default)).Outcome);
        Assert.Equal(
            new ProduceEnd(ProduceOutcome.TooLarge, "MsgSizeTooLarge"),
            await world.Producer.Produce(KafkaTopics.DeadLetters, [1], [], new byte[4 * 1024 * 1024], default));
    }

    [Fact]
    public async Task Broker_that_is_away_is_told_within_ten_seconds_and_back_again_takes_the_next()
    {
        var sender = new EventSender(world.Producer);
        var item = Item(new(PublishedEvent.MessageSent, Customer.ToString(), "T1", Now, Channel.Web, "m1", 2, ActorKind.Assistant, "Like so."));
        Assert.Equal(SendResult.Sent, await sender.Send(item, default));
        await world.Broker.Down();
        var since = TimeProvider.System.GetTimestamp();

        var result = await sender.Send(item, default);

        Assert.Equal(SendOutcome.TryAgain, result.Outcome);
        Assert.InRange(TimeProvider.System.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(10));
        // Whoever comes meanwhile is told at once: the workers have other channels to serve.
        since = TimeProvider.System.GetTimestamp();
        Assert.Equal(SendOutcome.TryAgain, (await sender.Send(item, default)).Outcome);
        Assert.InRange(TimeProvider.System.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        await world.Broker.Up();
        await KafkaWorld.Until(() => sender.Send(item, default).GetAwaiter().GetResult().Outcome is SendOutcome.Sent);
    }

    [Fact]
    public async Task Message_by_the_road_is_acknowledged_with_ids_that_come_again()
    {
        var road = new KafkaRoad(world.Producer, static channel => channel is Channel.WhatsApp ? TimeSpan.FromMinutes(2) : TimeSpan.FromMinutes(5), TimeProvider.System);
        var message = new InboundMessage(Channel.WhatsApp, "SM1", new(IdentifierKind.Phone, "+4930123456", true), "Hello", Now);

        var (one, again) = (await road.Take(message, default), await road.Take(message, default));

        Assert.Equal(one, again);
        Assert.Equal((AcceptOutcome.Stored, 0, Now.AddMinutes(2)), (one.Outcome, one.Sequence, one.ResponseDue));
        var records = await world.Read(KafkaTopics.Inbound(Channel.WhatsApp), 2);
        Assert.Equal(records[0].TopicPartition, records[1].TopicPartition);
        Assert.DoesNotContain("4930123456", Encoding.UTF8.GetString(records[0].Message.Key!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_topics_are_named_and_what_may_not_make_them_says_so()
    {
        await using var bare = await KafkaWorld.Open(KafkaTopics.Incoming);
        var broker = new KafkaExamination(bare.Options);

        var facts = await broker.Look();
        // The mock broker cannot make topics, as a user without the right cannot.
        var (made, refused) = await broker.Make([KafkaTopics.DeadLetters]);
        var health = await bare.Watch.CheckHealthAsync(new());

        Assert.Equal([KafkaTopics.Incoming], facts.Topics.Keys);
        Assert.Equal(KafkaTopics.All.Length - 1, facts.Missing.Length);
        Assert.Empty(made);
        Assert.Equal(KafkaTopics.DeadLetters, Assert.Single(refused).Topic);
        Assert.Equal((HealthStatus.Unhealthy, "9 topics are missing."), (health.Status, health.Description));
    }

    [Fact]
    public async Task Broker_that_is_away_is_told_by_its_health_check()
    {
        var watch = world.Watch;
        Assert.Equal(HealthStatus.Healthy, (await watch.CheckHealthAsync(new())).Status);
        await world.Broker.Down();

        // What was answered is kept for five seconds.
        var health = await world.Watch.CheckHealthAsync(new());

        Assert.Equal((HealthStatus.Unhealthy, "The broker does not answer."), (health.Status, health.Description));
        Assert.Equal(HealthStatus.Healthy, (await watch.CheckHealthAsync(new())).Status);
    }

    private static OutboxItem Item(PublishedEvent published) => new(
        Guid.CreateVersion7(Now), Customer, PublishedEvent.Destination, 1, JsonSerializer.Serialize(published, PublishedEvent.Json), Now);
}
