using System.Globalization;
using System.Text.Json;

namespace FteAgent.Api.Hosting;

/// <summary>An event of a stream.</summary>
internal sealed record ServerEvent(string Name, long? Id, JsonElement Data)
{
    public bool IsText(string text) => Name == "message" && Data.GetProperty("text").GetString() == text;
}

/// <summary>Reads server-sent events, and keeps what it has read.</summary>
internal sealed class EventReader : IDisposable
{
    private readonly HttpResponseMessage response;
    private readonly StreamReader reader;
    private readonly List<ServerEvent> read = [];

    private EventReader(HttpResponseMessage response, Stream stream)
    {
        this.response = response;
        reader = new(stream);
    }

    /// <summary>All that came so far.</summary>
    public IReadOnlyList<ServerEvent> Read => read;

    public IEnumerable<long> Ids => read.Where(e => e.Id is not null).Select(e => e.Id!.Value);

    public static async Task<EventReader> Open(Caller caller, string path, params (string Name, string Value)[] headers)
    {
        var response = await caller.Open(path, headers);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>Reads on until the event that is waited for.</summary>
    public async Task<ServerEvent> Next(Func<ServerEvent, bool> wanted)
    {
        using var limit = new CancellationTokenSource(Eventually.Limit);
        var (name, id, data) = ("", null as long?, "");
        while (true)
        {
            var line = await reader.ReadLineAsync(limit.Token) ?? throw new EndOfStreamException("The stream ended.");
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = long.Parse(line[4..].Split('.')[0], CultureInfo.InvariantCulture);
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
                name = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                data = line[6..];
            else if (line.Length == 0 && name.Length > 0)
            {
                var came = new ServerEvent(name, id, JsonDocument.Parse(data).RootElement);
                read.Add(came);
                if (wanted(came))
                    return came;
                (name, id, data) = ("", null, "");
            }
        }
    }

    public Task<ServerEvent> Next(string name) => Next(e => e.Name == name);

    /// <summary>How things stand once they are as wanted: it may have been told already, before what was read last.</summary>
    public async Task<ServerEvent> Latest(string name, Func<ServerEvent, bool> wanted) =>
        read.LastOrDefault(e => e.Name == name) is { } last && wanted(last) ? last : await Next(e => e.Name == name && wanted(e));

    public void Dispose()
    {
        reader.Dispose();
        response.Dispose();
    }
}
