using System.Diagnostics.Metrics;
using FteAgent.Telemetry;

namespace FteAgent.Api.Live;

/// <summary>Counts the live streams that are open on this silo.</summary>
internal sealed class StreamMetrics
{
    public const string Customer = "customer";
    public const string Operator = "operator";
    public const string Queue = "queue";

    private readonly UpDownCounter<long> streams;

    public StreamMetrics(IMeterFactory meters) =>
        streams = meters.Create(Traces.Name).CreateUpDownCounter<long>("fte.live.streams", "{stream}", "Live streams that are open, by who reads: a customer, an operator, or the console's queue.");

    /// <summary>A stream is open until what this returns is disposed of.</summary>
    public IDisposable Open(string reader) => new Stream(streams, reader);

    private sealed class Stream : IDisposable
    {
        private readonly UpDownCounter<long> streams;
        private readonly string reader;

        public Stream(UpDownCounter<long> streams, string reader)
        {
            (this.streams, this.reader) = (streams, reader);
            streams.Add(1, new KeyValuePair<string, object?>("reader", reader));
        }

        public void Dispose() => streams.Add(-1, new KeyValuePair<string, object?>("reader", reader));
    }
}
