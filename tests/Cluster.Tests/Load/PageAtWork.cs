using System.Collections.Concurrent;
using System.Net.Http.Headers;
using FteAgent.Cluster.Silos;

namespace FteAgent.Cluster.Load;

/// <summary>What a customer's page was shown.</summary>
/// <param name="Name">The event: message, state, status …</param>
/// <param name="Data">Its words.</param>
/// <param name="After">How long after the page was opened.</param>
internal sealed record PageEvent(string Name, string Data, TimeSpan After);

/// <summary>A customer's page that is open on one silo and keeps all that it is shown.</summary>
internal sealed class PageAtWork : IAsyncDisposable
{
    private readonly HttpClient http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentQueue<PageEvent> shown = new();
    private readonly long since = TimeProvider.System.GetTimestamp();
    private readonly Task reading;

    /// <summary>Opens it.</summary>
    public PageAtWork(FleetSilo silo, string token) => reading = Read(silo, token);

    /// <summary>All that was shown until now.</summary>
    public IReadOnlyList<PageEvent> Shown => [.. shown];

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
        http.Dispose();
    }

    private async Task Read(FleetSilo silo, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(silo.Http, "/support/conversation/events"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ending.Token);
        using var lines = new StreamReader(await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(ending.Token));
        var name = "";
        while (await lines.ReadLineAsync(ending.Token) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                name = line["event: ".Length..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                shown.Enqueue(new(name, line["data: ".Length..], TimeProvider.System.GetElapsedTime(since)));
        }
    }
}
