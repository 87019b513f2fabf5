using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.EndToEnd.Silos;
using FteAgent.Testing;
using FteAgent.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace FteAgent.EndToEnd.Stories;

/// <summary>
/// Power cuts at random moments, twenty times, while a thousand messages come in. Whatever was answered with a 2xx must be there
/// afterwards, decided exactly once and in order; and what was sent twice must bear the same id.
/// </summary>
public sealed class KillStory(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Kills = 20;
    private const int Customers = 200;
    private const int MessagesEach = 5;
    private const int Senders = 16;
    private static readonly TimeSpan SettleWithin = TimeSpan.FromMinutes(2);

    private readonly string folder = Directory.CreateTempSubdirectory("fte-kill-").FullName;
    private readonly ConcurrentDictionary<CustomerId, ConcurrentQueue<string>> acknowledged = new();
    private readonly Lock gate = new();
    private EscalationSink sink = null!;
    private TaskCompletionSource<SiloProcess> silo = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int acknowledgements;

    public async Task InitializeAsync() => sink = await EscalationSink.Start();

    public async Task DisposeAsync()
    {
        await sink.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Every_message_that_got_a_2xx_is_decided_exactly_once_in_order_through_twenty_kills()
    {
        var random = new Random(TestSeed.Take(output.WriteLine));

        silo.SetResult(await Start());
        var sending = SendAll();
        for (var kill = 1; kill <= Kills; kill++)
        {
            // A life ends after some share of the messages, and then at any moment: while they are stored, drafted, decided or sent.
            var target = (int)((kill - random.NextDouble()) * Customers * MessagesEach / (Kills + 1));
            await Until(() => Volatile.Read(ref acknowledgements) >= target || sending.IsCompleted);
            await Task.Delay(random.Next(0, 300));
            var running = await silo.Task;
            lock (gate)
                silo = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await running.Kill();
            await running.DisposeAsync();
            silo.SetResult(await Start());
        }

        await sending;
        var last = await silo.Task;
        await using var record = OpenRecord();
        var store = record.GetRequiredService<IConversationStore>();
        await Until(async () =>
        {
            foreach (var customer in acknowledged.Keys)
                if ((await store.Load(customer, default)).Exchange is not null)
                    return false;
            return true;
        });
        var escalations = 0;
        foreach (var customer in acknowledged.Keys)
            escalations += (await store.Escalations(customer, default)).Length;
        await Until(() => sink.Received.Select(received => received.Id).Distinct().Count() >= escalations);
        await last.DisposeAsync();

        await Judge(store, escalations);
    }

    private async Task Judge(IConversationStore store, int escalations)
    {
        var (lost, reordered, doubled, undecided) = (0, 0, 0, 0);
        foreach (var (customer, ids) in acknowledged)
        {
            var messages = await store.Read(customer, 0, 1000, includeNotes: true, default);
            var received = messages.Where(message => message.Author.Kind is ActorKind.Customer).Select(message => message.Id.ToString()).ToList();
            lost += ids.Count(id => !received.Contains(id));
            reordered += received.SequenceEqual(ids) ? 0 : 1;

            var replies = messages.Where(message => message.Author.Kind is ActorKind.Assistant).ToList();
            doubled += replies.GroupBy(reply => reply.Exchange).Count(exchange => exchange.Key is null || exchange.Count() > 1);
            // An exchange ends in the commit that decides it, and the next one starts behind it: whatever is decided is decided once.
            undecided += (await store.Load(customer, default)).DecidedThrough >= messages.Last(message => message.Author.Kind is ActorKind.Customer).Sequence ? 0 : 1;
            undecided += replies.Count == 0 ? 1 : 0;
        }

        var sends = sink.Received.GroupBy(received => received.Id).ToList();
        var resent = sends.Sum(send => send.Count() - 1);
        var escalationsSentUnderTwoIds = sends.Select(send => send.First().Body).GroupBy(body => body).Count(same => same.Count() > 1);
        output.WriteLine($"{acknowledgements} messages, {Kills} kills: lost {lost}, reordered {reordered}, doubled {doubled + escalationsSentUnderTwoIds}, undecided {undecided}, resent {resent} (same id)");

        Assert.Equal(Customers * MessagesEach, acknowledgements);
        Assert.Equal((0, 0, 0, 0, 0), (lost, reordered, doubled, undecided, escalationsSentUnderTwoIds));
        // Every other customer asks for a refund; each escalation was told to the support team, under one id.
        Assert.True(escalations >= Customers / 2, $"only {escalations} escalations");
        // A graver reason for the same escalation is told as well, so there may be more sends, never two of the same.
        Assert.True(sends.Count >= escalations, $"{sends.Count} sends for {escalations} escalations");
    }

    private Task<SiloProcess> Start() => ProductSilo.Start(folder, new Dictionary<string, string>
    {
        ["ESCALATION_URL"] = sink.Address,
        ["BusinessHours__AlwaysOpen"] = "true",
        ["Conversation__Settle"] = "00:00:00.020",
        ["Limits__SubmitPerMinute"] = "1000000",
        ["Limits__MessagesPerMinute"] = "1000000",
        ["Limits__RequestsPerMinute"] = "1000000",
        ["Logging__LogLevel__Default"] = "Warning",
    });

    private Task SendAll()
    {
        var waiting = new ConcurrentQueue<int>(Enumerable.Range(0, Customers));
        return Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(async () =>
        {
            while (waiting.TryDequeue(out var customer))
                await SendAsCustomer(customer);
        })));
    }

    private async Task SendAsCustomer(int number)
    {
        string? token = null;
        var ids = new ConcurrentQueue<string>();
        for (var i = 0; i < MessagesEach; i++)
        {
            var text = (number % 2, i) switch
            {
                (0, 2) => $"I would like a refund for order {number}, please.",
                (_, 0) => "Where does the product keep its data, and how do I make a backup?",
                (_, 1) => "How do I add an operator?",
                _ => $"And how do I import documents from folder number {i}?",
            };
            var answer = await SendUntilAcknowledged(token, text);
            if (token is null)
            {
                token = answer.GetProperty("conversation_token").GetString();
                ids.Enqueue(await FirstMessage(token!));
                acknowledged[CustomerOf(token!)] = ids;
            }
            else
            {
                ids.Enqueue(answer.GetProperty("message_id").GetString()!);
            }

            Interlocked.Increment(ref acknowledgements);
        }
    }

    /// <summary>Does what a careful client does: sends again under the same key until it is told that the message is stored.</summary>
    private async Task<JsonElement> SendUntilAcknowledged(string? token, string text)
    {
        TestLogs.Secret(text);
        var key = Guid.NewGuid().ToString();
        return await Call(async http =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, token is null ? "/support/conversation" : "/support/conversation/messages");
            request.Headers.Add("Idempotency-Key", key);
            request.Content = JsonContent.Create(new { text });
            return await http.SendAsync(request);
        }, token);
    }

    private async Task<string> FirstMessage(string token)
    {
        var conversation = await Call(http => http.GetAsync("/support/conversation"), token);
        return conversation.GetProperty("messages")[0].GetProperty("id").GetString()!;
    }

    private async Task<JsonElement> Call(Func<HttpClient, Task<HttpResponseMessage>> send, string? token)
    {
        while (true)
        {
            Task<SiloProcess> running;
            lock (gate)
                running = silo.Task;
            using var http = new HttpClient { BaseAddress = (await running).Address };
            if (token is not null)
                http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            try
            {
                using var response = await send(http);
                if (response.IsSuccessStatusCode)
                    return await response.Content.ReadFromJsonAsync<JsonElement>();
                Assert.True((int)response.StatusCode >= 500, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
            }
            catch (Exception cut) when (cut is HttpRequestException or IOException or TaskCanceledException)
            {
                // The silo was killed with this request in flight; whether it was stored is what the key is for.
            }

            await Task.Delay(20);
        }
    }

    /// <summary>A token begins with the customer's id (see SECURITY.md), so the record can be asked about the same customer.</summary>
    private static CustomerId CustomerOf(string token) => new(new Guid(System.Buffers.Text.Base64Url.DecodeFromChars(token).AsSpan(0, 16)));

    private ServiceProvider OpenRecord()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSqliteRecord(new SqliteOptions { Path = Path.Combine(folder, "fte.db") });
        return services.BuildServiceProvider();
    }

    private static Task Until(Func<bool> condition) => Until(() => Task.FromResult(condition()));

    private static async Task Until(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(SettleWithin);
        while (!await condition())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Delay(20);
        }
    }
}
