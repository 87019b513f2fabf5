using System.Diagnostics.Metrics;

namespace FteAgent.Bench.Commits;

/// <summary>Counts what this process sends to databases and waits for, as the driver itself tells.</summary>
internal static class RoundTrips
{
    private static readonly MeterListener Listener = Listen();
    private static long count;

    /// <summary>Round trips so far.</summary>
    public static long Count
    {
        get
        {
            _ = Listener;
            return Interlocked.Read(ref count);
        }
    }

    private static MeterListener Listen()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Npgsql" && instrument.Name == "db.client.operation.duration")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>(static (_, _, _, _) => Interlocked.Increment(ref count));
        listener.Start();
        return listener;
    }
}
