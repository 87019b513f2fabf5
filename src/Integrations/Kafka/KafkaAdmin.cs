using Confluent.Kafka;

namespace FteAgent.Kafka;

/// <summary>The silo's one client for questions about topics and the group. It is made when it is first needed, and again where that failed.</summary>
internal sealed class KafkaAdmin(KafkaClients clients) : IDisposable
{
    private readonly Lock gate = new();
    private IAdminClient? client;
    private bool disposed;

    /// <summary>The client.</summary>
    public IAdminClient Client
    {
        get
        {
            lock (gate)
            {
                ObjectDisposedException.ThrowIf(disposed, this);
                return client ??= clients.Admin();
            }
        }
    }

    public void Dispose()
    {
        IAdminClient? last;
        lock (gate)
            (last, client, disposed) = (client, null, true);
        last?.Dispose();
    }
}
