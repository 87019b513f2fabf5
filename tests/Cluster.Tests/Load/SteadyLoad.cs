using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using FteAgent.Cluster.History;
using FteAgent.Cluster.Silos;

namespace FteAgent.Cluster.Load;

/// <summary>
/// So many requests a second, come what may, each sent once to a silo that the balancer last saw ready. Nothing is sent again: what
/// fails, failed. One in four is a message, the others read a conversation.
/// </summary>
internal sealed class SteadyLoad : IAsyncDisposable
{
    private const int WriteEvery = 4;

    // Apart from the numbers of every other load.
    private const int FirstNumber = 500_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    private readonly Balancer balancer;
    private readonly Happenings happenings;
    private readonly HttpClient http = new(new SocketsHttpHandler()) { Timeout = Patience };
    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentQueue<string> failures = new();
    private readonly ConcurrentQueue<double> milliseconds = new();
    private readonly ImmutableArray<Customer> customers;
    private readonly Task sending;

    private SteadyLoad(Balancer balancer, Happenings happenings, ImmutableArray<Customer> customers, int perSecond, int seed)
    {
        (this.balancer, this.happenings, this.customers) = (balancer, happenings, customers);
        sending = Task.Run(() => Send(perSecond, Seed.For(seed, "steady")));
    }

    /// <summary>What failed, in words, and of whom.</summary>
    public IReadOnlyCollection<string> Failures => failures;

    /// <summary>How long each request took that was answered with 2xx, in milliseconds.</summary>
    public IReadOnlyCollection<double> Milliseconds => milliseconds;

    /// <summary>Opens the conversations, and begins.</summary>
    public static async Task<SteadyLoad> Begin(Balancer balancer, Happenings happenings, int perSecond, int conversations, int seed)
    {
        using var opening = new FleetClient(balancer);
        var customers = new List<Customer>();
        for (var number = FirstNumber; number < FirstNumber + conversations; number++)
        {
            var (mark, sentAt) = (Mark.Of(number, 0), TimeProvider.System.GetTimestamp());
            var answer = await opening.Send(Seed.For(seed, "opening", number), HttpMethod.Post, "/support/conversation", null, Guid.NewGuid().ToString(), new { text = Questions.Of(number, mark) });
            var token = answer.Body.GetProperty("conversation_token").GetString()!;
            var conversation = CustomerAtWork.ConversationOf(token);
            happenings.Add(new Acceptance(conversation, "customer", mark, null, null, sentAt, TimeProvider.System.GetTimestamp()));
            customers.Add(new(number, token, conversation));
        }

        return new(balancer, happenings, [.. customers], perSecond, seed);
    }

    /// <summary>Sends no more, and waits for what is under way.</summary>
    public async Task End()
    {
        await ending.CancelAsync();
        await sending;
    }

    public async ValueTask DisposeAsync()
    {
        await End();
        http.Dispose();
        ending.Dispose();
    }

    private async Task Send(int perSecond, Random random)
    {
        var (began, sent, underWay) = (TimeProvider.System.GetTimestamp(), 0, new ConcurrentDictionary<Task, bool>());
        while (!ending.IsCancellationRequested)
        {
            for (var due = (int)(TimeProvider.System.GetElapsedTime(began).TotalSeconds * perSecond); sent < due; sent++)
            {
                var customer = customers[sent / WriteEvery % customers.Length];
                // Drawn here, in order, and not by the request, of which many run at a time.
                var silo = balancer.Pick(random);
                var request = sent % WriteEvery == 0 ? Write(customer, silo) : Once(HttpMethod.Get, "/support/conversation", customer, silo, null);
                underWay[request] = true;
                _ = request.ContinueWith(done => underWay.TryRemove(done, out _), TaskScheduler.Default);
            }

            await Task.Delay(Tick);
        }

        await Task.WhenAll(underWay.Keys);
    }

    private async Task Write(Customer customer, FleetSilo? silo)
    {
        // Each asks something else each time: whoever repeats a question gets a person, and then the assistant says no more.
        var (turn, sentAt) = (customer.NextTurn(), TimeProvider.System.GetTimestamp());
        var mark = Mark.Of(customer.Number, turn);
        if (await Once(HttpMethod.Post, "/support/conversation/messages", customer, silo, new { text = Questions.Of(customer.Number + turn, mark) }) is { } body)
            happenings.Add(new Acceptance(
                customer.Conversation, "customer", mark, body.GetProperty("message_id").GetString(), body.GetProperty("sequence").GetInt64(), sentAt, TimeProvider.System.GetTimestamp()));
    }

    private async Task<JsonElement?> Once(HttpMethod method, string path, Customer customer, FleetSilo? silo, object? body)
    {
        if (silo is null)
        {
            failures.Enqueue($"{method} {path}: no silo to send it to");
            return null;
        }

        var since = TimeProvider.System.GetTimestamp();
        using var request = new HttpRequestMessage(method, new Uri(silo.Http, path)) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", customer.Token) } };
        CallerAddress.Tell(request, customer.Token, Random.Shared);
        if (body is not null)
        {
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            request.Content = JsonContent.Create(body);
        }

        try
        {
            using var response = await http.SendAsync(request);
            if (!response.IsSuccessStatusCode)
            {
                failures.Enqueue($"{method} {path}: {(int)response.StatusCode} from {silo.Name} ({silo.State})");
                return null;
            }

            var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
            milliseconds.Enqueue(TimeProvider.System.GetElapsedTime(since).TotalMilliseconds);
            return answer;
        }
        catch (Exception cut) when (cut is HttpRequestException or IOException or JsonException or OperationCanceledException)
        {
            failures.Enqueue($"{method} {path}: {(cut is HttpRequestException { HttpRequestError: var error } ? error.ToString() : cut.GetType().Name)} from {silo.Name} ({silo.State})");
            return null;
        }
    }

    /// <summary>One who writes and reads.</summary>
    private sealed class Customer(int number, string token, string conversation)
    {
        private int messages;

        public int Number => number;

        public string Token => token;

        public string Conversation => conversation;

        public int NextTurn() => Interlocked.Increment(ref messages);
    }
}
