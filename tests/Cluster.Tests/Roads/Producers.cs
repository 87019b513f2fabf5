using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Confluent.Kafka;
using FteAgent.Cluster.Load;

namespace FteAgent.Cluster.Roads;

/// <summary>Another company's system: brings its customers' messages by Kafka, each customer's in order.</summary>
internal sealed class Producers(string bootstrap, int customers, int each) : IDisposable
{
    /// <summary>Where they go.</summary>
    public const string Topic = "fte.tickets.incoming";

    /// <summary>Between what is written beyond that, so that it stays little.</summary>
    private static readonly TimeSpan Further = TimeSpan.FromMilliseconds(50);

    private readonly IProducer<string, string> producer = new ProducerBuilder<string, string>(
        new ProducerConfig { BootstrapServers = bootstrap, EnableIdempotence = true, LingerMs = 1, MessageTimeoutMs = 120_000 }).Build();

    /// <summary>The marks of what the broker has acknowledged.</summary>
    public ConcurrentBag<string> Acknowledged { get; } = [];

    /// <summary>
    /// Writes all of it, and on until something has happened; some are brought twice, as systems do that were not told of the first.
    /// </summary>
    public Task Write(int seed, Task happened) =>
        Task.WhenAll(Enumerable.Range(0, customers).Select(customer => Write(customer, Seed.For(seed, "producer", customer), happened)));

    public void Dispose() => producer.Dispose();

    private async Task Write(int customer, Random random, Task happened)
    {
        for (var number = 0; number < each || !happened.IsCompleted; number++)
        {
            if (number >= each)
                await Task.Delay(Further);
            var mark = Mark.Of(customer, number);
            for (var times = random.Next(10) == 0 ? 2 : 1; times > 0; times--)
                await producer.ProduceAsync(Topic, Record(customer, mark));
            Acknowledged.Add(mark);
        }
    }

    private static Message<string, string> Record(int customer, string mark) => new()
    {
        Key = customer.ToString(CultureInfo.InvariantCulture),
        Value = $$"""{"channel": "webform", "channel_message_id": "{{mark}}", "proved": true, "customer": {"external_id": "crm-{{customer}}"}, "text": "How do I make a backup? {{mark}}"}""",
        Headers = new Headers { { "ce_specversion", Encoding.ASCII.GetBytes("1.0") }, { "ce_id", Encoding.ASCII.GetBytes(mark) } },
    };
}
