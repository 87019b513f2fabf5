using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using FteAgent.Api.Live;
using FteAgent.Api.Limits;
using FteAgent.Api.Webhooks;
using FteAgent.Kafka;
using FteAgent.OpenAI;
using FteAgent.Telemetry;
using FteAgent.Testing;

namespace FteAgent.Api.Monitoring;

/// <summary>docs/metrics.md and the code are two lists of the same instruments.</summary>
public sealed class MetricsPageTests
{
    [Fact]
    public async Task Every_instrument_of_ours_is_documented_under_the_name_that_Prometheus_sees()
    {
        var instruments = new ConcurrentDictionary<string, string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => Note(instrument) };
        listener.Start();
        await using var mail = await GmailSilo.Start(GmailSilo.Never);
        var silo = mail.Silo;
        // Some are made when there is something to measure: a mailbox, a conversation, a reader, a limit.
        await (await silo.NewCustomer()).Settled();
        _ = silo.Service<StreamMetrics>();
        _ = silo.Service<ClusterLimits>();
        _ = new KafkaMetrics(silo.Service<IMeterFactory>());
        new ModelMetrics(silo.Service<IMeterFactory>()).Watch(new([]));

        void Note(Instrument instrument)
        {
            if (instrument.Meter.Name == Traces.Name)
                instruments[instrument.Name] = Told(instrument);
            Assert.False(string.IsNullOrEmpty(instrument.Description) && instrument.Meter.Name == Traces.Name, $"{instrument.Name} does not say what it is.");
        }

        var documented = MetricsPage.Rows().Where(row => row.Instrument.StartsWith("fte.", StringComparison.Ordinal));
        Assert.Equal(
            instruments.Select(pair => $"{pair.Value} {pair.Key}").Order(StringComparer.Ordinal),
            documented.Select(row => $"{row.Metric} {row.Instrument}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("# TYPE one gauge\none{} 1\n")]
    [InlineData("# TYPE one counter\none{a=\"b\",c=\"d\\\"e\"} 1.5e3 17\n")]
    [InlineData("# TYPE one histogram\none_bucket{le=\"+Inf\"} 1\none_sum 2\none_count 1\n")]
    public void An_exposition_is_read(string text) => Assert.Equal(["one"], MetricsPage.Names(text));

    [Theory]
    [InlineData("one 1\n")]
    [InlineData("# TYPE one gauge\none{a=b} 1\n")]
    [InlineData("# TYPE one gauge\none_sum 1\n")]
    [InlineData("# TYPE one gauge\none much\n")]
    [InlineData("# TYPE one gauge\n# TYPE one gauge\none 1\n")]
    public void What_is_no_exposition_is_noticed(string text) => Assert.Throws<FormatException>(() => MetricsPage.Names(text));

    /// <summary>OpenTelemetry's rule: dots become underscores, a unit and a counter's total are told at the end.</summary>
    private static string Told(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_');
        if (instrument.Unit == "s")
            name += "_seconds";
        return instrument is Counter<long> or Counter<double> or ObservableCounter<long> ? name + "_total" : name;
    }
}
