using System.Net;

namespace FteAgent.Telemetry;

/// <summary>Where this silo tells how it does.</summary>
/// <param name="Silo">What the silo is called: <c>service.instance.id</c>.</param>
/// <param name="Version">The product's version.</param>
/// <param name="Metrics">Where Prometheus finds the metrics; null for nowhere.</param>
/// <param name="ExportsTraces">Whether traces go out by OTLP. Where to, and which of them, say OpenTelemetry's own variables.</param>
/// <param name="ExportsMetrics">Whether metrics go out by OTLP as well.</param>
public sealed record TelemetryOptions(string Silo, string Version, IPEndPoint? Metrics, bool ExportsTraces, bool ExportsMetrics);
