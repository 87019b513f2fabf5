using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FteAgent.Api.Live;

/// <summary>Writes server-sent events (WHATWG HTML, section 9.2): each is flushed at once; comments keep the connection open.</summary>
internal sealed class EventStream(HttpContext context)
{
    public const string ContentType = "text/event-stream";

    /// <summary>How often a comment shows that the connection lives.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private const string LastEventId = "Last-Event-ID";

    /// <summary>The last event that the reader has, by its header or, where it cannot set one, by <c>?after=</c>; 0 for none.</summary>
    public long After => Number(context.Request.Headers[LastEventId].ToString()) ?? Number(context.Request.Query["after"].ToString()) ?? 0;

    public Task Open()
    {
        context.Response.ContentType = ContentType;
        context.Response.Headers.CacheControl = "no-store";
        // A buffering proxy would hold back what is meant to be live.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return Comment("open");
    }

    public Task Send<T>(string name, T data, long? id = null)
    {
        var text = new StringBuilder();
        if (id is not null)
            text.Append(CultureInfo.InvariantCulture, $"id: {id}\n");
        text.Append(CultureInfo.InvariantCulture, $"event: {name}\ndata: {JsonSerializer.Serialize(data, Wire.Json)}\n\n");
        return Write(text.ToString());
    }

    public Task Comment(string words) => Write($": {words}\n\n");

    private async Task Write(string text)
    {
        await context.Response.WriteAsync(text, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
