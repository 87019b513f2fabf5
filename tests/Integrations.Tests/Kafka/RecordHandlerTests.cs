using System.Text;
using Confluent.Kafka;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Tickets;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Kafka;

/// <summary>How a record ends, whatever it holds.</summary>
public sealed class RecordHandlerTests : IAsyncLifetime
{
    private KafkaWorld world = null!;

    public async Task InitializeAsync() => world = await KafkaWorld.Open();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task A_record_that_no_dead_letter_can_hold_is_known_by_its_place_and_holds_up_nobody()
    {
        await world.Start();
        // Larger than what we send: another system's broker may take more.
        using var clumsy = new ProducerBuilder<byte[], byte[]>(new ProducerConfig { BootstrapServers = world.Broker.Bootstrap, MessageMaxBytes = 4_000_000 }).Build();
        var headers = new Headers { { "theirs", new byte[1_200_000] }, { "ce_specversion", "0.3"u8.ToArray() } };
        var place = await clumsy.ProduceAsync(KafkaTopics.Incoming, new() { Key = new byte[5_000], Value = "{}"u8.ToArray(), Headers = headers });
        await clumsy.ProduceAsync(new TopicPartition(KafkaTopics.Incoming, place.Partition), new() { Key = "c1"u8.ToArray(), Value = Encoding.UTF8.GetBytes(KafkaWorld.Message("c1/0", "c1")) });

        var letter = Assert.Single(await world.Read(KafkaTopics.DeadLetters, 1));
        await KafkaWorld.Until(() => world.Taken.Count == 1);

        Assert.Equal("true", CloudEvent.Text(letter.Message.Headers, $"{DeadLetterBox.Prefix}truncated"));
        Assert.Equal($"{place.Offset.Value}", CloudEvent.Text(letter.Message.Headers, DeadLetterBox.Offset));
        Assert.Equal(32, letter.Message.Key!.Length);
        await KafkaWorld.Until(() => world.Committed(KafkaTopics.Incoming)[place.Partition.Value] == place.Offset.Value + 2);
    }

    [Fact]
    public void What_a_record_holds_of_memory_counts_its_headers() => Assert.Equal(
        3 + 2 + 4 + 1_000,
        new InboundRecord("t", 0, 0, new() { Key = new byte[2], Value = new byte[3], Headers = new() { { "name", new byte[1_000] } } }, new()).Size);

    [Fact]
    public async Task A_message_to_a_conversation_that_was_erased_is_dropped_and_counted_as_that()
    {
        var ended = new List<string>();
        using var listener = world.Listen("fte.kafka.records", (_, outcome) => ended.Add(outcome));
        var erased = new CustomerId(Guid.NewGuid());
        var handler = new RecordHandler(
            (message, _) => Task.FromResult(new Accepted(AcceptOutcome.NoCustomer, message.Id!.Value, 0, new TicketId(""), message.ReceivedAt)),
            new(world.Producer, TimeProvider.System), world.Metrics, TimeProvider.System, NullLogger<RecordHandler>.Instance);
        var message = new Channels.InboundMessage(Channel.Web, "1", new(IdentifierKind.WebSession, "s", true), "Hello", DateTimeOffset.UnixEpoch)
        {
            Id = MessageId.Of(Channel.Web, "1"),
            Customer = erased,
        };

        Assert.True(await handler.Handle(new InboundRecord(KafkaTopics.Inbound(Channel.Web), 0, 0, new(), new()) { Message = message }, static () => false, default));

        Assert.Equal(["gone"], ended);
    }
}
