using System.Collections.Concurrent;
using FteAgent.Cluster.History;
using FteAgent.Cluster.Load;

namespace FteAgent.Bench.Fleets;

/// <summary>
/// Customers whose conversations were open before the base backup: they write on while the database is destroyed and restored, each call
/// sent again until it is answered. Every fourth asks for a refund sooner or later, so that something is always being sent out.
/// </summary>
internal sealed class DrillLoad : IAsyncDisposable
{
    private const int Customers = 80;
    private const int FirstNumber = 700_000;
    private const int RefundEvery = 4;
    private const int ShortestPause = 1_000;
    private const int LongestPause = 4_000;

    private readonly FleetClient client;
    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentQueue<Acceptance> accepted = new();
    private readonly Task working;

    private DrillLoad(FleetClient client, IReadOnlyList<Opened> customers, int seed)
    {
        this.client = client;
        working = Task.WhenAll(customers.Select(customer => Task.Run(() => Write(customer, Seed.For(seed, "drill", customer.Number)))));
    }

    /// <summary>Every message that got a 2xx.</summary>
    public IReadOnlyCollection<Acceptance> Accepted => accepted;

    /// <summary>Opens the conversations, waits until all of that is in the record, and begins.</summary>
    public static async Task<DrillLoad> Begin(Balancer balancer, int seed)
    {
        var client = new FleetClient(balancer);
        var customers = new List<Opened>();
        var openings = new List<Acceptance>();
        foreach (var number in Enumerable.Range(FirstNumber, Customers))
        {
            var (mark, sentAt) = (Mark.Of(number, 0), TimeProvider.System.GetTimestamp());
            var answer = await client.Send(Seed.For(seed, "opening", number), HttpMethod.Post, "/support/conversation", null, Guid.NewGuid().ToString(), new { text = Questions.Of(number, mark) });
            var token = answer.Body.GetProperty("conversation_token").GetString()!;
            customers.Add(new(number, token, CustomerAtWork.ConversationOf(token)));
            openings.Add(new(customers[^1].Conversation, "customer", mark, null, null, sentAt, TimeProvider.System.GetTimestamp()));
        }

        var load = new DrillLoad(client, customers, seed);
        openings.ForEach(load.accepted.Enqueue);
        return load;
    }

    /// <summary>Waits until a message was accepted that was sent after this moment, in ticks of one clock; returns when it was.</summary>
    public async Task<long> AcceptedAfter(long moment, TimeSpan within)
    {
        for (var since = TimeProvider.System.GetTimestamp(); ; await Task.Delay(TimeSpan.FromMilliseconds(20)))
            if (accepted.FirstOrDefault(acceptance => acceptance.AcceptedAt > moment) is { } first)
                return first.AcceptedAt;
            else if (TimeProvider.System.GetElapsedTime(since) > within)
                throw new TimeoutException($"No message was accepted within {within}.");
    }

    public async Task End()
    {
        await ending.CancelAsync();
        await working;
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        client.Dispose();
        ending.Dispose();
    }

    private async Task Write(Opened customer, Random random)
    {
        for (var turn = 1; !ending.IsCancellationRequested; turn++)
        {
            await Task.Delay(random.Next(ShortestPause, LongestPause), ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var (mark, sentAt) = (Mark.Of(customer.Number, turn), TimeProvider.System.GetTimestamp());
            // Spread over the run: each asks once only, for a need that was told is not told again.
            var asks = customer.Number % RefundEvery == 0 && turn == 3 + (customer.Number / RefundEvery % 20);
            var answer = await client.Send(
                random, HttpMethod.Post, "/support/conversation/messages", customer.Token, Guid.NewGuid().ToString(), new { text = asks ? Questions.Refund(random, mark) : Questions.Of(customer.Number + turn, mark) });
            if (!answer.IsSuccess)
                throw new InvalidOperationException($"A message was answered with {answer.Status}: {answer.Body}");
            accepted.Enqueue(new(
                customer.Conversation, "customer", mark, answer.Body.GetProperty("message_id").GetString(), answer.Body.GetProperty("sequence").GetInt64(), sentAt, TimeProvider.System.GetTimestamp()));
        }
    }

    private sealed record Opened(int Number, string Token, string Conversation);
}
