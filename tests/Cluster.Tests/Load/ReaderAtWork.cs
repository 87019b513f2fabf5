using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using FteAgent.Cluster.History;
using FteAgent.Cluster.Silos;

namespace FteAgent.Cluster.Load;

/// <summary>A page that follows a conversation live, from any silo; when its stream ends or falls silent it goes on where it stopped, elsewhere.</summary>
internal sealed class ReaderAtWork(int number, int seed, Balancer balancer, Happenings happenings) : IDisposable
{
    // A stream shows a sign of life every 15 seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ComesBackAfter = TimeSpan.FromMilliseconds(500);

    private readonly Random random = Seed.For(seed, "reader", number);
    private readonly HttpClient http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2) }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>What it is called in findings.</summary>
    public string Name { get; } = $"stream {number}";

    /// <summary>The conversation that it follows.</summary>
    public string? Conversation { get; private set; }

    /// <summary>The last message that was shown.</summary>
    public long LastSequence { get; private set; }

    public async Task Run(string conversation, string token, CancellationToken ending)
    {
        Conversation = conversation;
        while (!ending.IsCancellationRequested)
        {
            try
            {
                await Follow(conversation, token, ending);
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException)
            {
            }

            await Task.Delay(ComesBackAfter, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task Follow(string conversation, string token, CancellationToken ending)
    {
        if (balancer.Pick(random) is not { } silo)
            return;
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(ending);
        silence.CancelAfter(Patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(silo.Http, "/support/conversation/events"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        CallerAddress.Tell(request, token, random);
        if (LastSequence > 0)
            request.Headers.Add("Last-Event-ID", LastSequence.ToString(CultureInfo.InvariantCulture));
        using var response = await Open(silo, request, silence.Token);
        if (!response.IsSuccessStatusCode)
            return;

        using var lines = new System.IO.StreamReader(await response.Content.ReadAsStreamAsync(silence.Token));
        var name = "";
        while (await lines.ReadLineAsync(silence.Token) is { } line)
        {
            silence.CancelAfter(Patience);
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                name = line["event: ".Length..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                Note(conversation, name, line["data: ".Length..]);
        }
    }

    private async Task<HttpResponseMessage> Open(FleetSilo silo, HttpRequestMessage request, CancellationToken silence)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, silence);
        }
        catch (HttpRequestException)
        {
            balancer.Failed(silo);
            throw;
        }
    }

    private void Note(string conversation, string name, string data)
    {
        if (name != "message")
        {
            happenings.Add(new Glimpse(conversation, Name, data));
            return;
        }

        using var json = JsonDocument.Parse(data);
        var showing = Shown.Of(conversation, Name, json.RootElement);
        LastSequence = showing.Sequence;
        happenings.Add(showing);
    }
}
