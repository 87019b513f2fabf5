using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FteAgent.Testing;

/// <summary>The address that a support team gives for escalations: keeps every post that arrives, with the id that it bears.</summary>
internal sealed class EscalationSink : IAsyncDisposable
{
    private readonly WebApplication app;

    private EscalationSink(WebApplication app) => this.app = app;

    public ConcurrentQueue<(string Id, string Body)> Received { get; } = new();

    public string Address => app.Urls.First() + "/hook";

    public static async Task<EscalationSink> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var sink = new EscalationSink(app);
        app.MapPost("/hook", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            sink.Received.Enqueue((request.Headers["Idempotency-Key"].ToString(), await reader.ReadToEndAsync()));
        });
        await app.StartAsync();
        return sink;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
