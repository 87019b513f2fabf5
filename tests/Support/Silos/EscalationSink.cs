using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FteAgent.Testing;

/// <summary>A post that arrived.</summary>
/// <param name="Id">The id that it bears.</param>
/// <param name="Body">What it says.</param>
/// <param name="At">When it came, in ticks of one clock.</param>
internal sealed record Post(string Id, string Body, long At);

/// <summary>The address that a support team gives for escalations: keeps every post that arrives.</summary>
internal sealed class EscalationSink : IAsyncDisposable
{
    private readonly WebApplication app;

    private EscalationSink(WebApplication app) => this.app = app;

    public ConcurrentQueue<Post> Received { get; } = new();

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
            sink.Received.Enqueue(new(request.Headers["Idempotency-Key"].ToString(), await reader.ReadToEndAsync(), TimeProvider.System.GetTimestamp()));
        });
        await app.StartAsync();
        return sink;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
