using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace FteAgent.Telemetry;

/// <summary>Wires OpenTelemetry: what is measured and traced is decided elsewhere, here it leaves the silo.</summary>
public static class TelemetryServices
{
    private const string ServiceName = "fte";

    /// <summary>
    /// How many different label sets one metric may have; what comes beyond is told as one. Room for all of them is taken at the start.
    /// Requests have one for each route, method and answer; of the others the escalations have most, one for each reason and urgency.
    /// </summary>
    private const int LabelSets = 100;

    private const int RequestLabelSets = 500;

    /// <summary>Ours and the framework's: HTTP, refusals for too many requests, .NET itself.</summary>
    private static readonly string[] Meters = [Traces.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.RateLimiting", "System.Runtime"];

    /// <summary>Of no use, and named as Prometheus names nothing but a part of a histogram.</summary>
    private static readonly string[] Left = ["dotnet.assembly.count", "dotnet.process.cpu.count", "dotnet.timer.count"];

    private static readonly string[] Sources =
        [Traces.Name, "Microsoft.AspNetCore", "Microsoft.Orleans.Application", "Npgsql", "System.Net.Http"];

    /// <summary>Adds what the options ask for; nothing is listened to, and nothing costs, where they ask for nothing.</summary>
    public static void AddTelemetry(this IServiceCollection services, TelemetryOptions options)
    {
        if (options is { Metrics: null, ExportsTraces: false, ExportsMetrics: false })
            return;

        // OpenTelemetry's own variables come last: whoever sets them knows better.
        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => resource
            .AddService(ServiceName, serviceVersion: options.Version, serviceInstanceId: options.Silo)
            .AddEnvironmentVariableDetector());
        if (options.Metrics is not null || options.ExportsMetrics)
            telemetry.WithMetrics(metrics => metrics.AddInstruments(options));
        if (options.ExportsTraces)
            telemetry.WithTracing(static tracing => tracing.AddSource(Sources).AddProcessor(new WhatLeaves()).AddOtlpExporter());
        if (options.Metrics is { } endpoint)
        {
            services.AddSingleton(endpoint);
            services.AddHostedService<MetricsEndpoint>();
        }
    }

    private static void AddInstruments(this MeterProviderBuilder metrics, TelemetryOptions options)
    {
        metrics.AddMeter(Meters).AddView(static instrument => instrument.Name switch
        {
            var name when Left.Contains(name) => MetricStreamConfiguration.Drop,
            "http.server.request.duration" => new() { CardinalityLimit = RequestLabelSets },
            _ => new() { CardinalityLimit = LabelSets },
        });
        if (options.Metrics is not null)
            metrics.AddPrometheusExporter(static prometheus => prometheus.ScopeInfoEnabled = false);
        if (options.ExportsMetrics)
            metrics.AddOtlpExporter();
    }
}
