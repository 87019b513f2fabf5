using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using FteAgent.Cluster.Silos;

namespace FteAgent.Cluster.Load;

/// <summary>A call that did not get through at the first attempt.</summary>
/// <param name="Silo">Who was called.</param>
/// <param name="State">How its process stood when the call ended.</param>
/// <param name="What">The status, or what became of the connection.</param>
/// <param name="At">When, in ticks of one clock.</param>
internal sealed record Complaint(int Silo, SiloState State, string What, long At);

/// <summary>An answer that the fleet gave.</summary>
internal sealed record Answer(HttpStatusCode Status, JsonElement Body, FleetSilo By)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;
}

/// <summary>
/// A careful caller behind a balancer: what is refused with 5xx, breaks off or takes too long is sent again to another silo, under the
/// same Idempotency-Key.
/// </summary>
internal sealed class FleetClient(Balancer balancer, TimeSpan? patience = null) : IDisposable
{
    /// <summary>How long one attempt may take, unless the client has another patience.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>After this a call has failed for good: the fleet is broken.</summary>
    private static readonly TimeSpan GivesUpAfter = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan ConnectsWithin = TimeSpan.FromSeconds(2);
    private const int ShortestPause = 50;
    private const int LongestPause = 400;

    private readonly HttpClient http = new(new SocketsHttpHandler { ConnectTimeout = ConnectsWithin, PooledConnectionLifetime = TimeSpan.FromMinutes(1) }) { Timeout = patience ?? Patience };
    private readonly ConcurrentQueue<Complaint> complaints = new();

    /// <summary>Every attempt that failed.</summary>
    public ImmutableArray<Complaint> Complaints => [.. complaints];

    /// <summary>Answers other than 2xx, 503 and 429, which nothing should have brought about.</summary>
    public ConcurrentQueue<string> Unexpected { get; } = new();

    /// <summary>Sends it until it is answered with something other than "later". However often that is, it draws once from the caller's chance.</summary>
    public async Task<Answer> Send(
        Random random, HttpMethod method, string path, string? token, string? key = null, object? body = null, FleetSilo? first = null, CancellationToken cancellationToken = default)
    {
        // How many attempts there are depends on the machine; what the caller does next must not.
        var own = new Random(random.Next());
        var since = TimeProvider.System.GetTimestamp();
        var from = own.Next();
        for (FleetSilo? tried = null; ;)
        {
            var silo = first ?? balancer.Pick(own, tried);
            first = null;
            if (silo is not null && await Try(silo, method, path, token, key, body, new Random(from), cancellationToken) is { } answer)
                return answer;
            tried = silo;
            if (balancer.AllFallen() is { } fallen)
                throw new InvalidOperationException($"{string.Join(" and ", fallen.Select(each => each.Name))} ended by themselves. The last of it:\n{fallen[^1].Output}");
            if (TimeProvider.System.GetElapsedTime(since) > GivesUpAfter)
                throw new TimeoutException($"{method} {path} was not answered within {GivesUpAfter}.");
            await Task.Delay(own.Next(ShortestPause, LongestPause), cancellationToken);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<Answer?> Try(FleetSilo silo, HttpMethod method, string path, string? token, string? key, object? body, Random from, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(silo.Http, path));
        CallerAddress.Tell(request, token, from);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            if ((int)response.StatusCode < 500 && response.StatusCode is not HttpStatusCode.TooManyRequests)
                return new(response.StatusCode, response.Content.Headers.ContentLength is 0 ? default : await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken), silo);
            if (response.StatusCode is HttpStatusCode.ServiceUnavailable && response.Headers.RetryAfter is null)
                Unexpected.Enqueue($"{method} {path}: 503 without Retry-After from {silo.Name}");
            else if (response.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests))
                Unexpected.Enqueue($"{method} {path}: {(int)response.StatusCode} from {silo.Name}");
            Complain(silo, ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or JsonException || (cut is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Complain(silo, cut is HttpRequestException { HttpRequestError: var error } ? error.ToString() : cut.GetType().Name);
            if (cut is HttpRequestException)
                balancer.Failed(silo);
        }

        return null;
    }

    private void Complain(FleetSilo silo, string what) => complaints.Enqueue(new(silo.Number, silo.State, what, TimeProvider.System.GetTimestamp()));
}
