using Confluent.Kafka;

namespace FteAgent.Kafka;

/// <summary>
/// The silo's one client for questions about topics and the group. It is made when it is first needed, and again where that failed. It joins no group:
/// it only asks as one who might.
/// </summary>
internal sealed class KafkaAdmin(KafkaClients clients) : IDisposable
{
    private readonly Lock gate = new();
    private IConsumer<byte[]?, byte[]?>? group;
    private IAdminClient? client;
    private bool disposed;

    /// <summary>Asks about topics and their settings.</summary>
    public IAdminClient Client
    {
        get
        {
            lock (gate)
                return client ??= new DependentAdminClientBuilder(Asker().Handle).Build();
        }
    }

    /// <summary>Asks what the group has committed, and where partitions begin and end.</summary>
    public IConsumer<byte[]?, byte[]?> Group
    {
        get
        {
            lock (gate)
                return Asker();
        }
    }

    public void Dispose()
    {
        IConsumer<byte[]?, byte[]?>? last;
        IAdminClient? lastClient;
        lock (gate)
            (last, lastClient, group, client, disposed) = (group, client, null, null, true);
        lastClient?.Dispose();
        last?.Dispose();
    }

    private IConsumer<byte[]?, byte[]?> Asker()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return group ??= clients.Consumer().Build();
    }
}
