using System.Collections.Concurrent;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using ErrorCode = Confluent.Kafka.ErrorCode;

namespace FteAgent.Kafka;

/// <summary>Makes the clients that speak to the broker, all by the same settings, and brings what they log into our log.</summary>
internal sealed partial class KafkaClients(KafkaOptions options, ILogger<KafkaClients> logger)
{
    /// <summary>The largest record that is sent or taken, in bytes: what brokers take unless told otherwise.</summary>
    public const int RecordLimit = 1_000_000;

    /// <summary>A silo that died is missed after this; librdkafka sends a sign of life each third of it.</summary>
    private static readonly TimeSpan SessionTimeout = TimeSpan.FromSeconds(9);

    private static readonly TimeSpan CommitEach = TimeSpan.FromSeconds(1);

    /// <summary>What the consumer fetches ahead, in KiB: what lies there is memory, and brings nothing while the record is slower.</summary>
    private const int AheadKib = 8 * 1024;

    /// <summary>What the producer holds that is not acknowledged yet, in KiB.</summary>
    private const int UnsentKib = 16 * 1024;

    /// <summary>The same line comes again and again while a broker is away.</summary>
    private static readonly TimeSpan SameLineAgainAfter = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, long> told = new();

    public KafkaOptions Options => options;

    /// <summary>A consumer of the silos' group. Offsets are committed by it each second, but only those that were stored by hand.</summary>
    public ConsumerBuilder<byte[]?, byte[]?> Consumer() => new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig(Common())
    {
        GroupId = options.GroupId,
        EnableAutoOffsetStore = false,
        EnableAutoCommit = true,
        AutoCommitIntervalMs = (int)CommitEach.TotalMilliseconds,
        AutoOffsetReset = AutoOffsetReset.Earliest,
        // Over all topics together, so that more silos than a topic has partitions have work.
        PartitionAssignmentStrategy = PartitionAssignmentStrategy.RoundRobin,
        SessionTimeoutMs = (int)SessionTimeout.TotalMilliseconds,
        HeartbeatIntervalMs = (int)(SessionTimeout / 3).TotalMilliseconds,
        QueuedMaxMessagesKbytes = AheadKib,
        FetchMaxBytes = AheadKib * 1024 / 4,
        MaxPartitionFetchBytes = RecordLimit,
        FetchWaitMaxMs = 100,
        TopicMetadataRefreshIntervalMs = 30_000,
    }).SetLogHandler((_, line) => Log(line)).SetErrorHandler((_, error) => Tell(error));

    /// <summary>A consumer for reading a topic once, of no group.</summary>
    public IConsumer<byte[]?, byte[]?> Reader() => new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig(Common())
    {
        GroupId = $"{options.GroupId}-reader",
        EnableAutoCommit = false,
        EnableAutoOffsetStore = false,
        EnablePartitionEof = true,
        AutoOffsetReset = AutoOffsetReset.Earliest,
    }).SetLogHandler((_, line) => Log(line)).SetErrorHandler((_, error) => Tell(error)).Build();

    /// <summary>A producer that repeats and reorders nothing, and whose acknowledgement means that all replicas in sync hold the record.</summary>
    /// <param name="within">How long a record is tried to be delivered.</param>
    /// <param name="broken">Told when it can never be used again.</param>
    public IProducer<byte[]?, byte[]> Producer(TimeSpan within, Action broken) => new ProducerBuilder<byte[]?, byte[]>(new ProducerConfig(Common())
    {
        EnableIdempotence = true,
        Acks = Acks.All,
        MessageTimeoutMs = (int)within.TotalMilliseconds,
        RequestTimeoutMs = (int)within.TotalMilliseconds,
        LingerMs = 5,
        QueueBufferingMaxKbytes = UnsentKib,
        MessageMaxBytes = RecordLimit + (16 * 1024),
        // Not every client can read every compression; kafkajs reads none but gzip by itself.
        CompressionType = CompressionType.None,
        // The same key goes to the same partition whoever produces it: Java's own clients count like this.
        Partitioner = Confluent.Kafka.Partitioner.Murmur2Random,
    }).SetLogHandler((_, line) => Log(line)).SetErrorHandler((_, error) =>
    {
        Tell(error);
        if (error.IsFatal)
            broken();
    }).Build();

    /// <summary>A client for topics and their settings.</summary>
    public IAdminClient Admin() => new AdminClientBuilder(new AdminClientConfig(Common()))
        .SetLogHandler((_, line) => Log(line)).SetErrorHandler((_, error) => Tell(error)).Build();

    private ClientConfig Common()
    {
        var config = new ClientConfig
        {
            ClientId = $"fte-{options.Silo}",
            BootstrapServers = options.BootstrapServers,
            SecurityProtocol = options.Security switch
            {
                KafkaSecurity.Ssl => SecurityProtocol.Ssl,
                KafkaSecurity.SaslPlaintext => SecurityProtocol.SaslPlaintext,
                KafkaSecurity.SaslSsl => SecurityProtocol.SaslSsl,
                _ => SecurityProtocol.Plaintext,
            },
            // Fly's private network has IPv6 only, others IPv4.
            BrokerAddressFamily = BrokerAddressFamily.Any,
            SocketKeepaliveEnable = true,
            ReconnectBackoffMs = 100,
            ReconnectBackoffMaxMs = 2_000,
            LogConnectionClose = false,
            // What nobody has made is told, and not made by accident with settings that are nobody's.
            AllowAutoCreateTopics = false,
            // No facts about us for the broker's owner.
            EnableMetricsPush = false,
        };
        if (options.Username is { Length: > 0 } username)
        {
            config.SaslMechanism = options.Mechanism switch
            {
                KafkaMechanism.Plain => SaslMechanism.Plain,
                KafkaMechanism.ScramSha256 => SaslMechanism.ScramSha256,
                _ => SaslMechanism.ScramSha512,
            };
            config.SaslUsername = username;
            config.SaslPassword = options.Password;
        }

        if (options.CertificateAuthorities is { Length: > 0 } authorities)
            config.SslCaPem = authorities;
        return config;
    }

    /// <summary>librdkafka's lines name brokers and what failed, never a record's content. Their levels are syslog's.</summary>
    private void Log(LogMessage line)
    {
        var level = line.Level switch
        {
            <= SyslogLevel.Critical => LogLevel.Error,
            SyslogLevel.Error or SyslogLevel.Warning => LogLevel.Warning,
            SyslogLevel.Notice => LogLevel.Information,
            _ => LogLevel.Debug,
        };
        if (level < LogLevel.Information || IsNews($"{line.Facility} {level}"))
            LogLine(logger, level, line.Facility, line.Message);
    }

    private void Tell(Error error)
    {
        if (IsNews($"{error.Code}"))
            LogError(logger, error.Code, error.Reason);
    }

    /// <summary>Whether such a line was not told in the last minute.</summary>
    public bool IsNews(string kind)
    {
        var now = TimeProvider.System.GetTimestamp();
        return told.TryGetValue(kind, out var last)
            ? TimeProvider.System.GetElapsedTime(last, now) >= SameLineAgainAfter && told.TryUpdate(kind, now, last)
            : told.TryAdd(kind, now);
    }

    [LoggerMessage(EventId = 3001, Message = "Kafka's client ({Facility}): {Line}")]
    private static partial void LogLine(ILogger logger, LogLevel level, string facility, string line);

    [LoggerMessage(3002, LogLevel.Warning, "Kafka: {Code} ({Reason}).")]
    private static partial void LogError(ILogger logger, ErrorCode code, string reason);
}
