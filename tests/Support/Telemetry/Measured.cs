using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace FteAgent.Telemetry;

/// <summary>Hears what one silo measures: tests run beside each other, and a meter's name is the same in all of them.</summary>
internal sealed class Measured : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentQueue<(string Instrument, double Value, string Labels)> heard = new();

    public Measured(IMeterFactory meters)
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Meter.Name == Traces.Name)
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, labels, _) => Hear(instrument, value, labels));
        listener.SetMeasurementEventCallback<double>((instrument, value, labels, _) => Hear(instrument, value, labels));
        listener.SetMeasurementEventCallback<int>((instrument, value, labels, _) => Hear(instrument, value, labels));
        listener.Start();
    }

    /// <summary>What was measured by this instrument, with its labels as <c>name=value</c>, apart by a blank.</summary>
    public IReadOnlyList<(double Value, string Labels)> Of(string instrument) =>
        [.. heard.Where(measured => measured.Instrument == instrument).Select(measured => (measured.Value, measured.Labels))];

    /// <summary>What an observed instrument tells now; null when it tells nothing.</summary>
    public double? Now(string instrument)
    {
        heard.Clear();
        listener.RecordObservableInstruments();
        return Of(instrument) is [var (value, _)] ? value : null;
    }

    public void Dispose() => listener.Dispose();

    private void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        var words = new List<string>();
        foreach (var (name, label) in labels)
            words.Add($"{name}={label}");
        heard.Enqueue((instrument.Name, value, string.Join(' ', words)));
    }
}
