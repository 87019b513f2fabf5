using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using FteAgent.Cluster.History;
using FteAgent.Cluster.Load;
using FteAgent.Cluster.Silos;

namespace FteAgent.Cluster.Soaking;

/// <summary>How a request ended.</summary>
/// <param name="Way">By which way it came.</param>
/// <param name="Milliseconds">From the moment at which it was meant to be sent to its answer.</param>
/// <param name="Silo">The number of the silo that it was sent to; 0 where there was none.</param>
/// <param name="SentAt">When it was sent, as a timestamp.</param>
/// <param name="Failure">Why it was no good; null when it was.</param>
internal sealed record SoakRequest(Way Way, double Milliseconds, int Silo, long SentAt, string? Failure);

/// <summary>
/// So many messages a second, at their times, whether or not those before were answered. Each goes once to a silo that the balancer last saw
/// ready: what fails, failed. A message that failed may have been taken all the same, so it is not looked for.
/// </summary>
internal sealed class OpenLoop : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(2);

    private readonly Balancer balancer;
    private readonly Happenings happenings;
    private readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 1_000 }) { Timeout = Patience };
    private readonly ConcurrentDictionary<Task, bool> underWay = new();

    public OpenLoop(Balancer balancer, Happenings happenings) => (this.balancer, this.happenings) = (balancer, happenings);

    /// <summary>Every request that has ended.</summary>
    public ConcurrentQueue<SoakRequest> Requests { get; } = new();

    /// <summary>Sends for so long, customers in turn.</summary>
    public async Task Run(IReadOnlyList<SoakCustomer> customers, int perSecond, TimeSpan time, Random random)
    {
        var (began, sent) = (TimeProvider.System.GetTimestamp(), 0);
        while (TimeProvider.System.GetElapsedTime(began) is var elapsed && elapsed < time)
        {
            for (var due = (int)(elapsed.TotalSeconds * perSecond); sent < due; sent++)
            {
                var request = Send(customers[sent % customers.Count], balancer.Pick(random), began, TimeSpan.FromSeconds((double)sent / perSecond));
                underWay[request] = true;
                // One that broke in our own hands stays, and breaks the run off at its end: it must not count as never sent.
                _ = request.ContinueWith(
                    done => underWay.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            }

            await Task.Delay(Tick);
        }

        await Task.WhenAll(underWay.Keys);
    }

    /// <summary>
    /// Sends a message by each of a customer's ways, as often as it takes, and gives the messages' marks. What our pages tell of the first is learned.
    /// </summary>
    /// <exception cref="InvalidOperationException">One was refused for too long.</exception>
    public async Task<IReadOnlyDictionary<Way, string>> Begin(SoakCustomer customer, Random random)
    {
        var marks = new Dictionary<Way, string>();
        foreach (var _ in customer.Ways)
        {
            var (way, mark, text) = customer.Next();
            marks[way] = mark;
            for (var since = TimeProvider.System.GetTimestamp(); ; await Task.Delay(Patience / 100))
            {
                using var request = customer.Request(balancer.Pick(random)!.Http, way, mark, text);
                using var response = await http.SendAsync(request);
                if (response.IsSuccessStatusCode)
                {
                    if (way is Way.Web)
                        customer.Token ??= (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("conversation_token").GetString()!;
                    break;
                }

                if (TimeProvider.System.GetElapsedTime(since) > Patience)
                    throw new InvalidOperationException($"{customer.Number} could not begin by {way}: {(int)response.StatusCode}");
            }
        }

        return marks;
    }

    public void Dispose() => http.Dispose();

    private async Task Send(SoakCustomer customer, FleetSilo? silo, long began, TimeSpan meant)
    {
        var (way, mark, text) = customer.Next();
        var sentAt = TimeProvider.System.GetTimestamp();
        var failure = silo is null ? "no silo to send it to" : await Once(customer, silo, way, mark, text);
        var took = TimeProvider.System.GetElapsedTime(began) - meant;
        Requests.Enqueue(new(way, took.TotalMilliseconds, silo?.Number ?? 0, sentAt, failure ?? (took > Patience ? $"answered after {took.TotalSeconds:0} s" : null)));
        if (failure is null)
            happenings.Add(new Acceptance(customer.Conversations[way], "customer", mark, null, null, sentAt, TimeProvider.System.GetTimestamp()));
    }

    private async Task<string?> Once(SoakCustomer customer, FleetSilo silo, Way way, string mark, string text)
    {
        try
        {
            using var request = customer.Request(silo.Http, way, mark, text);
            using var response = await http.SendAsync(request);
            return response.IsSuccessStatusCode ? null : $"{(int)response.StatusCode} from {silo.Name} ({silo.State})";
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or OperationCanceledException)
        {
            // Whoever cannot be connected to, or cuts a connection, gets nothing more until it answers the balancer's next question: balancers
            // take that for a sign without being told to send anything again.
            if (cut is HttpRequestException or IOException)
                balancer.Failed(silo);
            return $"{(cut is HttpRequestException { HttpRequestError: var error } ? error.ToString() : cut.GetType().Name)} from {silo.Name} ({silo.State})";
        }
    }
}
