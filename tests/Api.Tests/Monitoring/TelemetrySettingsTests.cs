using System.Net;
using FteAgent.Silo.Commands;
using FteAgent.Silo.Settings;
using Microsoft.Extensions.Configuration;

namespace FteAgent.Api.Monitoring;

public sealed class TelemetrySettingsTests
{
    private static readonly ClusterSettings Fleet = new(IPAddress.Parse("fdaa::7"), 11111, 0, "silo-7");

    [Fact]
    public void Alone_a_silo_tells_its_metrics_to_its_own_machine_only()
    {
        var settings = Read(null);

        Assert.Equal(new IPEndPoint(IPAddress.Loopback, 9464), settings.Options.Metrics);
        Assert.Equal((false, false, false), (settings.Options.ExportsTraces, settings.Options.ExportsMetrics, settings.GoesOnWithIncomingTraces));
    }

    [Fact]
    public void In_a_fleet_it_listens_as_it_does_for_other_silos_and_bears_its_name()
    {
        var settings = Read(Fleet, ("METRICS_PORT", "9500"));

        Assert.Equal((new IPEndPoint(IPAddress.IPv6Any, 9500), "silo-7"), (settings.Options.Metrics, settings.Options.Silo));
        Assert.Equal(IPAddress.Loopback, Read(Fleet, ("METRICS_ADDRESS", "127.0.0.1")).Options.Metrics!.Address);
    }

    [Fact]
    public void Nothing_is_told_where_the_port_is_nought() => Assert.Null(Read(Fleet, ("METRICS_PORT", "0")).Options.Metrics);

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", null, true, true)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", null, true, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_METRICS_EXPORTER", true, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_TRACES_EXPORTER", false, true)]
    public void OpenTelemetrys_own_variables_turn_it_on(string endpoint, string? off, bool traces, bool metrics)
    {
        var settings = Read(null, (endpoint, "http://collector:4317"), (off ?? "NOTHING", "none"));

        Assert.Equal((traces, metrics), (settings.Options.ExportsTraces, settings.Options.ExportsMetrics));
    }

    [Theory]
    [InlineData("METRICS_PORT", "many")]
    [InlineData("METRICS_PORT", "-1")]
    [InlineData("METRICS_PORT", "65536")]
    [InlineData("METRICS_ADDRESS", "everywhere")]
    [InlineData("LOG_FORMAT", "xml")]
    [InlineData("INCOMING_TRACES", "maybe")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "grpc://collector:4317")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "the collector")]
    public void A_bad_setting_stops_the_start_with_a_sentence_that_names_it(string name, string value) =>
        Assert.StartsWith($"{name} must be ", Assert.Throws<UsageException>(() => Read(null, (name, value))).Message, StringComparison.Ordinal);

    private static TelemetrySettings Read(ClusterSettings? cluster, params (string Name, string Value)[] settings) => TelemetrySettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build(), cluster);
}
