using System.Text;
using Confluent.Kafka;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Testing;
using FteAgent.Tickets;
using Microsoft.Extensions.Diagnostics.HealthChecks;
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
            world.Dead, Nobody(TimeProvider.System), world.Metrics, TimeProvider.System, NullLogger<RecordHandler>.Instance);
        var message = new Channels.InboundMessage(Channel.Web, "1", new(IdentifierKind.WebSession, "s", true), "Hello", DateTimeOffset.UnixEpoch)
        {
            Id = MessageId.Of(Channel.Web, "1"),
            Customer = erased,
        };

        Assert.True(await handler.Handle(new InboundRecord(KafkaTopics.Inbound(Channel.Web), 0, 0, new(), new()) { Message = message }, static () => false, default));

        Assert.Equal(["gone"], ended);
    }

    [Fact]
    public async Task What_the_dead_letters_refuse_waits_until_their_topic_is_mended_and_the_health_check_says_so()
    {
        var time = new FakeTime();
        var end = new ProduceEnd(ProduceOutcome.Refused, "InvalidRecord");
        var box = new DeadLetterBox((_, _, _, _) => Task.FromResult(end), time);
        using var watch = new TopicWatch(world.Admin, new(world.Clients), world.Member, box, time, NullLogger<TopicWatch>.Instance);
        Assert.Equal(HealthStatus.Healthy, (await watch.CheckHealthAsync(new())).Status);

        var handled = Handler(box, time).Handle(Unreadable(), static () => false, default);
        // What the check answered is kept for five seconds.
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.False(handled.IsCompleted);
        Assert.Equal(HealthStatus.Degraded, (await watch.CheckHealthAsync(new())).Status);

        end = new(ProduceOutcome.Acknowledged);
        await KafkaWorld.Until(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return handled.IsCompleted;
        });
        Assert.True(await handled);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HealthStatus.Healthy, (await watch.CheckHealthAsync(new())).Status);
    }

    [Fact]
    public async Task What_is_refused_only_for_its_size_holds_up_nobody()
    {
        var offered = new List<int>();
        var box = new DeadLetterBox(
            (_, _, value, _) =>
            {
                offered.Add(value.Length);
                return Task.FromResult(new ProduceEnd(ProduceOutcome.TooLarge, "MsgSizeTooLarge"));
            },
            TimeProvider.System);

        Assert.True(await Handler(box, TimeProvider.System).Handle(Unreadable(), static () => false, default));

        Assert.Equal([2, 0], offered);
        Assert.False(box.HasRefusedLately);
    }

    [Fact]
    public async Task What_has_no_key_is_kept_under_its_place_where_the_dead_letters_take_nothing_without_one_and_is_put_back_as_it_was()
    {
        // As a topic does that was made to be compacted.
        var box = new DeadLetterBox(
            (key, headers, value, token) => key is null
                ? Task.FromResult(new ProduceEnd(ProduceOutcome.Refused, "InvalidRecord"))
                : world.Producer.Produce(KafkaTopics.DeadLetters, key, headers, value, token),
            TimeProvider.System);

        Assert.True(await Handler(box, TimeProvider.System).Handle(Unreadable(offset: 1), static () => false, default));
        Assert.True(await Handler(box, TimeProvider.System).Handle(Unreadable(offset: 2), static () => false, default));

        var letters = await world.Read(KafkaTopics.DeadLetters, 2);
        Assert.All(letters, letter => Assert.Equal(32, letter.Message.Key!.Length));
        Assert.NotEqual(letters[0].Message.Key, letters[1].Message.Key);
        Assert.False(box.HasRefusedLately);
        Assert.Single((await new KafkaExamination(world.Options).Replay(DeadLetterShelf.IdOf(letters[0]), default)).PutBack);
        Assert.Null(Assert.Single(await world.Read(KafkaTopics.Incoming, 1)).Message.Key);
    }

    private RecordHandler Handler(DeadLetterBox box, TimeProvider time) =>
        new(static (_, _) => throw new InvalidOperationException("It cannot be read."), box, Nobody(time), world.Metrics, time, NullLogger<RecordHandler>.Instance);

    private static BuriedCall Nobody(TimeProvider time) =>
        new(static (_, _, _, _) => throw new InvalidOperationException("Nobody is to be called."), time, NullLogger<BuriedCall>.Instance);

    private static InboundRecord Unreadable(long offset = 0) =>
        new(KafkaTopics.Incoming, 0, offset, new() { Value = "{}"u8.ToArray() }, new()) { Fault = "it names no channel" };
}
