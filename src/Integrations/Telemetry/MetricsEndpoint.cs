using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;

namespace FteAgent.Telemetry;

/// <summary>
/// Answers Prometheus at <c>/metrics</c>, on a port of its own that belongs in the private network. A server of its own, and not another
/// address of the product's: so neither can be reached by way of the other, whatever a proxy does to a request, and scrapes are not counted
/// among the product's own requests.
/// </summary>
internal sealed class MetricsEndpoint(IPEndPoint endpoint, MeterProvider meters, IServiceProvider services, ILoggerFactory loggers) : IHostedService, IDisposable
{
    private const string Path = "/metrics";

    /// <summary>Scrapers are few. One answer is made at a time and kept for a moment, however many ask.</summary>
    private const int ConnectionLimit = 16;

    private static readonly TimeSpan RequestWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(1);

    private KestrelServer? server;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var options = new KestrelServerOptions { AddServerHeader = false, ApplicationServices = services };
        options.Limits.MaxConcurrentConnections = ConnectionLimit;
        options.Limits.MaxRequestBodySize = 0;
        options.Limits.RequestHeadersTimeout = RequestWithin;
        options.Listen(endpoint, static listen => listen.Protocols = HttpProtocols.Http1);
        server = new(Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers), loggers);
        try
        {
            await server.StartAsync(new Scrapes(Pipeline()), cancellationToken);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            throw new InvalidDataException($"The metrics' port {endpoint.Port} is in use; set METRICS_PORT to another, or to 0 for no metrics.");
        }
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (server is null)
            return;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StopWithin);
        await server.StopAsync(limit.Token);
    }

    /// <inheritdoc/>
    public void Dispose() => server?.Dispose();

    private RequestDelegate Pipeline()
    {
        var app = new ApplicationBuilder(services);
        app.Use(static (context, next) =>
        {
            if (HttpMethods.IsGet(context.Request.Method))
                return next(context);
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        });
        app.UseOpenTelemetryPrometheusScrapingEndpoint(meters, predicate: null, Path, configureBranchedPipeline: null, optionsName: null);
        return app.Build();
    }

    /// <summary>Requests as they are, without the host's own activities and metrics around them.</summary>
    private sealed class Scrapes(RequestDelegate pipeline) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => pipeline(context);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }
}
