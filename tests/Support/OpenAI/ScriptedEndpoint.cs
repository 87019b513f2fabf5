using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FteAgent.Testing.OpenAI;

/// <summary>
/// An OpenAI-compatible endpoint on a port of its own that does what a <see cref="Testing.OpenAI.Script"/> says, over real HTTP, and takes only what
/// <see cref="ChatRules"/> allow. Forms of requests and answers after OpenAI's API reference, "Chat completions" and "Embeddings".
/// </summary>
internal sealed partial class ScriptedEndpoint : IAsyncDisposable
{
    public const string Key = "sk-scripted-0123456789abcdefghijklmnop";

    private readonly WebApplication app;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> watchers = [];
    private int arrived;
    private int open;
    private int made;

    private ScriptedEndpoint(WebApplication app, TimeProvider time) => (this.app, this.time) = (app, time);

    /// <summary>Where it is, as OPENAI_BASE_URL would name it.</summary>
    public Uri BaseUrl => new($"{app.Urls.Single()}/v1");

    /// <summary>What it does.</summary>
    public Script Script { get; } = new();

    /// <summary>The models that it has.</summary>
    public HashSet<string> Models { get; } = ["model-a", "model-b", "vectors-a"];

    /// <summary>Optional fields that it does not know, and so refuses as endpoints of this kind do.</summary>
    public HashSet<string> Unknown { get; } = [];

    /// <summary>In what words it refuses them.</summary>
    public RefusalStyle Refusal { get; set; }

    /// <summary>Steps for requests for vectors: failures come from here; without one the vectors are made.</summary>
    public Script Vectors { get; } = new();

    /// <summary>The vector that it makes of a text.</summary>
    public Func<string, float[]> Vector { get; set; } = EmbeddingRules.Vector;

    /// <summary>The requests that were taken, in order.</summary>
    public ConcurrentQueue<ScriptedRequest> Requests { get; } = new();

    /// <summary>What was wrong with requests, where the real one might have let them pass.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    /// <summary>How many are under way.</summary>
    public int Open { get { lock (gate) return open; } }

    /// <summary>How many were left by the client before their end.</summary>
    public int Left;

    /// <summary>Starts it.</summary>
    /// <param name="time">The clock of its slow answers; the machine's where none is given.</param>
    public static async Task<ScriptedEndpoint> Start(TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var endpoint = new ScriptedEndpoint(app, time ?? TimeProvider.System);
        app.MapPost("/v1/chat/completions", endpoint.Chat);
        app.MapPost("/v1/embeddings", endpoint.Embed);
        app.MapGet("/v1/models", endpoint.List);
        app.MapFallback((HttpContext context) => endpoint.Complain(context, $"{context.Request.Method} {context.Request.Path} is no request that we make", 404));
        await app.StartAsync();
        return endpoint;
    }

    /// <summary>Completes once so many requests were taken.</summary>
    public Task Arrived(int count = 1)
    {
        lock (gate)
        {
            if (arrived >= count)
                return Task.CompletedTask;
            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            watchers.Add((count, source));
            return source.Task;
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task List(HttpContext context)
    {
        if (context.Request.Headers.Authorization != $"Bearer {Key}")
            context.Response.StatusCode = 401;
        else
            await Json(context, 200, new { @object = "list", data = Models.Select(model => new { id = model, @object = "model" }) });
    }

    private async Task Chat(HttpContext context)
    {
        if (await Read(context) is not { } body || await IsElsewhere(context, body))
            return;
        if (Unknown.FirstOrDefault(field => ChatRules.Sends(body, field)) is { } refused)
        {
            var (status, words) = Refusals.Of(Refusal, refused, body);
            await Json(context, status, words);
            return;
        }

        if (Judge(() => ChatRules.Fault(body, Unknown)) is { } fault)
        {
            await Complain(context, fault, 400);
            return;
        }

        var request = new ScriptedRequest(context.Request.Path, body);
        await Serve(context, request, async () =>
        {
            if (Script.Next(request) is { } step)
                await Play(context, request, step);
            else
                await Complain(context, "the script has no step for this request", 500);
        });
    }

    private async Task Embed(HttpContext context)
    {
        if (await Read(context) is not { } body || await IsElsewhere(context, body))
            return;
        if (Judge(() => EmbeddingRules.Fault(body)) is { } fault)
        {
            await Complain(context, fault, 400);
            return;
        }

        var request = new ScriptedRequest(context.Request.Path, body);
        await Serve(context, request, async () =>
        {
            if (Vectors.Next(request) is { } step)
                await Play(context, request, step);
            else
                await Json(context, 200, EmbeddingRules.Answer(body, Vector));
        });
    }

    private async Task Serve(HttpContext context, ScriptedRequest request, Func<Task> serve)
    {
        Requests.Enqueue(request);
        lock (gate)
        {
            arrived++;
            open++;
            watchers.RemoveAll(watcher => arrived >= watcher.Count && watcher.Reached.TrySetResult());
        }

        try
        {
            await serve();
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            Interlocked.Increment(ref Left);
        }
        finally
        {
            lock (gate)
                open--;
        }
    }

    private async Task<JsonElement?> Read(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.Authorization.ToString() != $"Bearer {Key}")
        {
            // As careless as an endpoint can be: it says the key back.
            await Problem(context, 401, $"Incorrect API key provided: {request.Headers.Authorization}.", "invalid_api_key");
            return null;
        }

        if (request.ContentType is not ("application/json" or "application/json; charset=utf-8") || request.QueryString.HasValue)
        {
            await Complain(context, "a request is JSON, and has no query", 400);
            return null;
        }

        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, new() { AllowDuplicateProperties = false }, context.RequestAborted);
            if (document.RootElement.ValueKind is JsonValueKind.Object)
                return document.RootElement.Clone();
        }
        catch (JsonException)
        {
        }

        await Complain(context, "the body is no JSON object", 400);
        return null;
    }

    private async Task<bool> IsElsewhere(HttpContext context, JsonElement body)
    {
        var model = body.TryGetProperty("model", out var name) && name.ValueKind is JsonValueKind.String ? name.GetString()! : "";
        if (Models.Contains(model))
            return false;
        await Problem(context, 404, $"The model '{model}' does not exist or you do not have access to it.", "model_not_found");
        return true;
    }

    /// <summary>A rule that stumbles over the form of a request has found a fault as well.</summary>
    private static string? Judge(Func<string?> rules)
    {
        try
        {
            return rules();
        }
        catch (Exception unexpected) when (unexpected is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return $"a field is missing, or of another kind: {unexpected.Message}";
        }
    }

    private Task Complain(HttpContext context, string what, int status)
    {
        Complaints.Enqueue(what);
        return Problem(context, status, what, "strict");
    }

    private static Task Problem(HttpContext context, int status, string message, string? code) =>
        Json(context, status, new { error = new { message, type = status is 429 ? code : status < 500 ? "invalid_request_error" : "server_error", param = (string?)null, code } });

    private static Task Json(HttpContext context, int status, object value)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(value, JsonSerializerOptions.Default, context.RequestAborted);
    }
}
