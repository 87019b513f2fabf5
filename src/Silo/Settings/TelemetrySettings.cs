using System.Net;
using System.Reflection;
using FteAgent.Silo.Commands;
using FteAgent.Telemetry;

namespace FteAgent.Silo.Settings;

/// <summary>
/// Where a silo tells how it does, and in which form: <c>METRICS_PORT</c>, <c>METRICS_ADDRESS</c>, <c>LOG_FORMAT</c>, <c>INCOMING_TRACES</c>,
/// and OpenTelemetry's own variables, of which only those are read here that turn something on.
/// </summary>
/// <param name="Options">What leaves the silo.</param>
/// <param name="LogsJson">Whether log lines are JSON: <c>LOG_FORMAT</c>, <c>json</c> or <c>text</c>; by default text at a terminal only.</param>
/// <param name="GoesOnWithIncomingTraces">Whether a request's own trace goes on: <c>INCOMING_TRACES</c>, <c>restart</c> (the default) or <c>continue</c>.</param>
internal sealed record TelemetrySettings(TelemetryOptions Options, bool LogsJson, bool GoesOnWithIncomingTraces)
{
    /// <summary>OpenTelemetry's usual port for this.</summary>
    private const int DefaultPort = 9464;

    private const string Alone = "fte";

    public static TelemetrySettings Read(IConfiguration configuration, ClusterSettings? cluster) => new(
        new(
            cluster?.Name ?? Alone, Version, Metrics(configuration, cluster),
            Exports(configuration, "OTEL_TRACES_EXPORTER", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"),
            Exports(configuration, "OTEL_METRICS_EXPORTER", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT")),
        OneOf(configuration, "LOG_FORMAT", ("json", true), ("text", false)) ?? Console.IsOutputRedirected,
        OneOf(configuration, "INCOMING_TRACES", ("continue", true), ("restart", false)) ?? false);

    private static string Version { get; } =
        typeof(TelemetrySettings).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    private static IPEndPoint? Metrics(IConfiguration configuration, ClusterSettings? cluster)
    {
        var port = configuration["METRICS_PORT"] switch
        {
            null or "" => DefaultPort,
            var text when int.TryParse(text, out var given) && given is >= 0 and <= IPEndPoint.MaxPort => given,
            _ => throw new UsageException($"METRICS_PORT must be a port between 1 and {IPEndPoint.MaxPort}, or 0 for no metrics."),
        };
        var address = configuration["METRICS_ADDRESS"] switch
        {
            null or "" => cluster?.ListenAddress ?? IPAddress.Loopback,
            var text when IPAddress.TryParse(text, out var given) => given,
            _ => throw new UsageException("METRICS_ADDRESS must be an IP address to listen on, such as 127.0.0.1, 0.0.0.0 or ::."),
        };
        return port == 0 ? null : new(address, port);
    }

    private static bool Exports(IConfiguration configuration, string exporter, string endpoint) =>
        configuration[exporter] is not "none"
        && !string.Equals(configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase)
        && (IsGiven(configuration, "OTEL_EXPORTER_OTLP_ENDPOINT") | IsGiven(configuration, endpoint));

    // What cannot be read OpenTelemetry leaves out without a word, and sends to this machine. The value itself may hold a secret.
    private static bool IsGiven(IConfiguration configuration, string endpoint) => configuration[endpoint] switch
    {
        null or "" => false,
        var text when Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" => true,
        _ => throw new UsageException($"{endpoint} must be an http or https address such as http://collector:4317."),
    };

    private static bool? OneOf(IConfiguration configuration, string name, (string Word, bool Means) one, (string Word, bool Means) other) => configuration[name] switch
    {
        null or "" => null,
        var text when string.Equals(text, one.Word, StringComparison.OrdinalIgnoreCase) => one.Means,
        var text when string.Equals(text, other.Word, StringComparison.OrdinalIgnoreCase) => other.Means,
        _ => throw new UsageException($"{name} must be {one.Word} or {other.Word}."),
    };
}
