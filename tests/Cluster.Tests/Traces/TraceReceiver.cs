using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FteAgent.Cluster.Traces;

/// <summary>Where silos send their traces: takes OTLP over HTTP, in Protocol Buffers, and keeps the spans. Field numbers are those of opentelemetry-proto.</summary>
internal sealed class TraceReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Span> spans = new();
    private readonly ConcurrentQueue<byte[]> bodies = new();

    private TraceReceiver(WebApplication app) => this.app = app;

    /// <summary>What makes a silo send its traces here, each soon after it has ended.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = app.Urls.First(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_METRICS_EXPORTER"] = "none",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
    };

    /// <summary>All that was sent, as text: what must not be told is not in there.</summary>
    public string Everything => string.Concat(bodies.Select(Encoding.Latin1.GetString));

    public ImmutableArray<Span> Of(string traceId) => [.. spans.Where(span => span.TraceId == traceId)];

    public static async Task<TraceReceiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var receiver = new TraceReceiver(app);
        app.MapPost("/v1/traces", async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            receiver.bodies.Enqueue(body.ToArray());
            receiver.Request(body.ToArray());
        });
        await app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private void Request(ReadOnlySpan<byte> request)
    {
        for (var reader = new ProtoReader(request); reader.Next();)
            if (reader.Field is 1)
                Resource(reader.Bytes);
    }

    private void Resource(ReadOnlySpan<byte> resourceSpans)
    {
        var silo = "";
        for (var reader = new ProtoReader(resourceSpans); reader.Next();)
            if (reader.Field is 1)
                silo = Attribute(reader.Bytes, "service.instance.id");
            else if (reader.Field is 2)
                Scope(silo, reader.Bytes);
    }

    private void Scope(string silo, ReadOnlySpan<byte> scopeSpans)
    {
        var source = "";
        for (var reader = new ProtoReader(scopeSpans); reader.Next();)
            if (reader.Field is 1)
                source = Field(reader.Bytes, 1);
            else if (reader.Field is 2)
                spans.Enqueue(Read(silo, source, reader.Bytes));
    }

    private static Span Read(string silo, string source, ReadOnlySpan<byte> span)
    {
        var (trace, id, parent, name) = ("", "", "", "");
        var links = new List<string>();
        for (var reader = new ProtoReader(span); reader.Next();)
            switch (reader.Field)
            {
                case 1:
                    trace = reader.Hex;
                    break;
                case 2:
                    id = reader.Hex;
                    break;
                case 4:
                    parent = reader.Hex;
                    break;
                case 5:
                    name = reader.Text;
                    break;
                case 13:
                    for (var link = new ProtoReader(reader.Bytes); link.Next();)
                        if (link.Field is 1)
                            links.Add(link.Hex);
                    break;
            }

        return new(silo, source, name, trace, id, parent, links);
    }

    private static string Attribute(ReadOnlySpan<byte> resource, string key)
    {
        for (var reader = new ProtoReader(resource); reader.Next();)
            if (reader.Field is 1 && Field(reader.Bytes, 1) == key)
                for (var pair = new ProtoReader(reader.Bytes); pair.Next();)
                    if (pair.Field is 2)
                        return Field(pair.Bytes, 1);
        return "";
    }

    private static string Field(ReadOnlySpan<byte> message, int number)
    {
        for (var reader = new ProtoReader(message); reader.Next();)
            if (reader.Field == number)
                return reader.Text;
        return "";
    }
}
