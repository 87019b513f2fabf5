using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FteAgent.Api.Live;

/// <summary>
/// Writes server-sent events (WHATWG HTML, section 9.2): each is flushed at once. Whenever nothing was written for a while it writes a
/// comment by itself, whatever its owner waits for: a proxy or a page takes silence for a connection that has died.
/// </summary>
internal sealed class EventStream(HttpContext context, TimeProvider time) : IAsyncDisposable
{
    public const string ContentType = "text/event-stream";

    /// <summary>How long there is silence at most. Fly's proxy hangs up after 60 seconds of it, others after 30.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private const string LastEventId = "Last-Event-ID";

    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
    private Task beating = Task.CompletedTask;
    private long wroteAt;

    /// <summary>The last event that the reader has, by its header or, where it cannot set one, by <c>?after=</c>; empty for none.</summary>
    public string After => context.Request.Headers[LastEventId].ToString() is { Length: > 0 } header ? header : context.Request.Query["after"].ToString();

    public async Task Open()
    {
        context.Response.ContentType = ContentType;
        context.Response.Headers.CacheControl = "no-store";
        // A buffering proxy would hold back what is meant to be live.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        await Comment("open");
        beating = Beat();
    }

    public Task Send<T>(string name, T data, string? id = null)
    {
        var text = new StringBuilder();
        if (id is not null)
            text.Append(CultureInfo.InvariantCulture, $"id: {id}\n");
        text.Append(CultureInfo.InvariantCulture, $"event: {name}\ndata: {JsonSerializer.Serialize(data, Wire.Json)}\n\n");
        return Write(text.ToString());
    }

    /// <summary>Ends the heartbeat before the response ends: nothing may be written to it then.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await beating;
        ending.Dispose();
        writing.Dispose();
    }

    private async Task Beat()
    {
        try
        {
            while (true)
            {
                if (Heartbeat - time.GetElapsedTime(Volatile.Read(ref wroteAt)) is { Ticks: > 0 } left)
                    await Task.Delay(left, time, ending.Token);
                else
                    await Comment("still here");
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // The stream has ended, or the reader has left: its owner notices by itself.
        }
    }

    private Task Comment(string words) => Write($": {words}\n\n");

    // One at a time: a heartbeat must not stand in the middle of an event.
    private async Task Write(string text)
    {
        await writing.WaitAsync(ending.Token);
        try
        {
            await context.Response.WriteAsync(text, ending.Token);
            await context.Response.Body.FlushAsync(ending.Token);
            Volatile.Write(ref wroteAt, time.GetTimestamp());
        }
        finally
        {
            writing.Release();
        }
    }
}
