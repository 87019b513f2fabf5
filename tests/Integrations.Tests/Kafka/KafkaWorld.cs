using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Confluent.Kafka;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Testing;
using FteAgent.Tickets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FteAgent.Kafka;

/// <summary>A mock broker, and consumers on it whose conversations are played by the test.</summary>
internal sealed class KafkaWorld : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ServiceProvider services;
    private readonly List<InboundConsumer> consumers = [];
    private readonly Lazy<IProducer<byte[]?, byte[]>> producer;
    private readonly ConcurrentDictionary<string, bool> known = new();

    private KafkaWorld(KafkaBroker broker)
    {
        Broker = broker;
        services = new ServiceCollection().AddMetrics().AddLogging(logging => logging.AddProvider(new TestLogProvider()).SetMinimumLevel(LogLevel.Debug)).BuildServiceProvider();
        Options = new() { BootstrapServers = broker.Bootstrap };
        Clients = new(Options, Logger<KafkaClients>());
        Admin = new(Clients);
        Member = new(TimeProvider.System);
        Metrics = new(services.GetRequiredService<IMeterFactory>());
        producer = new(() => Clients.Producer(Patience, static () => { }));
        Producer = new(Clients, Metrics, TimeProvider.System, Logger<KafkaProducer>());
        Dead = new((key, headers, value, token) => Producer.Produce(KafkaTopics.DeadLetters, key, headers, value, token), TimeProvider.System);
    }

    public KafkaBroker Broker { get; }

    public KafkaOptions Options { get; }

    public KafkaClients Clients { get; }

    public KafkaMetrics Metrics { get; }

    public KafkaAdmin Admin { get; }

    /// <summary>How the silo stands in the group; where a test has several, how the latest change left any of them.</summary>
    public GroupMember Member { get; }

    /// <summary>Who looks after the topics, and how the silo does.</summary>
    public TopicWatch Watch => new(Admin, new(Clients), Member, Dead, TimeProvider.System, Logger<TopicWatch>());

    public KafkaProducer Producer { get; }

    /// <summary>Where records go that cannot be taken.</summary>
    public DeadLetterBox Dead { get; }

    /// <summary>What conversations have taken, in order: by their channel's ids each once, as the record recognises them.</summary>
    public ConcurrentQueue<InboundMessage> Taken { get; } = new();

    /// <summary>What persons were called with, for messages that went to the dead letters.</summary>
    public ConcurrentDictionary<string, bool> Calls { get; } = new();

    /// <summary>How often a message was brought, by its channel's id.</summary>
    public ConcurrentDictionary<string, int> Brought { get; } = new();

    /// <summary>What a conversation does before it takes a message: waits, or throws.</summary>
    public Func<InboundMessage, CancellationToken, Task> Conversation { get; set; } = static (_, _) => Task.CompletedTask;

    public static async Task<KafkaWorld> Open(params IEnumerable<string> topics) => new(await KafkaBroker.Start(topics.Any() ? topics : KafkaTopics.All));

    /// <summary>Starts a silo's consumer.</summary>
    public async Task<InboundConsumer> Start(TimeSpan? drain = null)
    {
        var handler = new RecordHandler(
            Take, Dead, new((_, _, words, _) => Task.FromResult(Calls.TryAdd(words, true)), TimeProvider.System, Logger<BuriedCall>()), Metrics, TimeProvider.System,
            Logger<RecordHandler>());
        var consumer = new InboundConsumer(
            Clients, handler, new(trustsProof: false, TimeProvider.System), Member, Metrics, () => drain ?? TimeSpan.FromSeconds(10), services.GetRequiredService<ILoggerFactory>());
        lock (consumers)
            consumers.Add(consumer);
        await consumer.StartAsync(default);
        return consumer;
    }

    /// <summary>A message as any system writes it.</summary>
    public static string Message(string id, string customer, string text = "How do I export my data?") => $$"""
        {"channel": "webform", "channel_message_id": "{{id}}", "proved": true, "customer": {"external_id": "{{customer}}"}, "text": "{{text}}"}
        """;

    /// <summary>Produces a record and has it acknowledged.</summary>
    public async Task<TopicPartitionOffset> Produce(string topic, string? key, string value, params (string Name, string Value)[] headers)
    {
        var message = new Message<byte[]?, byte[]> { Key = key is null ? null : Encoding.UTF8.GetBytes(key), Value = Encoding.UTF8.GetBytes(value), Headers = [] };
        foreach (var (name, text) in headers)
            message.Headers.Add(name, Encoding.UTF8.GetBytes(text));
        return (await producer.Value.ProduceAsync(topic, message)).TopicPartitionOffset;
    }

    /// <summary>Everything that a topic holds, once there is so much.</summary>
    public async Task<List<ConsumeResult<byte[]?, byte[]?>>> Read(string topic, int count)
    {
        using var reader = Clients.Reader();
        reader.Assign(Enumerable.Range(0, KafkaBroker.Partitions).Select(partition => new TopicPartitionOffset(topic, partition, Offset.Beginning)));
        var (found, since) = (new List<ConsumeResult<byte[]?, byte[]?>>(), TimeProvider.System.GetTimestamp());
        while (found.Count < count && TimeProvider.System.GetElapsedTime(since) < Patience)
            if (reader.Consume(TimeSpan.FromMilliseconds(200)) is { IsPartitionEOF: false } result)
                found.Add(result);
        Assert.Equal(count, found.Count);
        await Task.Yield();
        return found;
    }

    /// <summary>What the group has committed of a topic, by partition; -1 for nothing.</summary>
    public long[] Committed(string topic)
    {
        using var asks = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig { BootstrapServers = Broker.Bootstrap, GroupId = Options.GroupId, EnableAutoCommit = false }).Build();
        return [.. asks.Committed(Enumerable.Range(0, KafkaBroker.Partitions).Select(partition => new TopicPartition(topic, partition)), TimeSpan.FromSeconds(10))
            .OrderBy(each => each.Partition.Value).Select(each => each.Offset.Value < 0 ? -1 : each.Offset.Value)];
    }

    /// <summary>Waits for a condition, as long as is reasonable on a busy machine.</summary>
    public static async Task Until(Func<bool> condition, Func<string>? says = null)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, $"It never happened. {says?.Invoke()}");
            await Task.Delay(20);
        }
    }

    /// <summary>Listens to a counter of ours: what it counts by topic and outcome.</summary>
    public MeterListener Listen(string instrument, Action<string, string> heard)
    {
        var listener = new MeterListener { InstrumentPublished = (found, own) => { if (found.Name == instrument && found.Meter.Scope == services.GetRequiredService<IMeterFactory>()) own.EnableMeasurementEvents(found); } };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            var told = tags.ToArray().ToDictionary(tag => tag.Key, tag => (string)tag.Value!);
            heard(told["topic"], told["outcome"]);
        });
        listener.Start();
        return listener;
    }

    public ILogger<T> Logger<T>() => services.GetRequiredService<ILogger<T>>();

    public async ValueTask DisposeAsync()
    {
        foreach (var consumer in consumers)
        {
            await consumer.StopAsync(default);
            consumer.Dispose();
        }

        if (producer.IsValueCreated)
            producer.Value.Dispose();
        Producer.Dispose();
        Admin.Dispose();
        await Broker.DisposeAsync();
        await services.DisposeAsync();
    }

    /// <summary>Stands in for the conversations: what comes again under an id that is known is a duplicate.</summary>
    private async Task<Accepted> Take(InboundMessage message, CancellationToken cancellationToken)
    {
        Brought.AddOrUpdate(IdOf(message), 1, static (_, times) => times + 1);
        await Conversation(message, cancellationToken);
        var isNew = known.TryAdd(message.ChannelMessageId, true);
        if (isNew)
            Taken.Enqueue(message);
        return new(isNew ? AcceptOutcome.Stored : AcceptOutcome.Duplicate, message.Id!.Value, 1, new TicketId(""), message.ReceivedAt);
    }

    /// <summary>The id that whoever brought a message gave it.</summary>
    public static string IdOf(InboundMessage message) => message.ChannelMessageId[(message.ChannelMessageId.LastIndexOf(':') + 1)..];

    /// <summary>The numbers in a customer's messages, in the order in which they were taken.</summary>
    public IEnumerable<int> NumbersOf(string customer) =>
        Taken.Where(message => message.Sender.Address == customer).Select(message => int.Parse(message.ChannelMessageId.Split('/')[^1], CultureInfo.InvariantCulture));
}
