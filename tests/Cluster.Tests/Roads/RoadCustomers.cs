using System.Collections.Concurrent;
using FteAgent.Cluster.Load;

namespace FteAgent.Cluster.Roads;

/// <summary>Customers on the pages of a deployment whose messages come in through Kafka: each writes on, and sends again what was not taken.</summary>
internal sealed class RoadCustomers(FleetClient client, int customers)
{
    private const int WantsAPerson = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly string run = Guid.NewGuid().ToString("N");

    /// <summary>The marks of what was answered by a 2xx.</summary>
    public ConcurrentBag<string> Acknowledged { get; } = [];

    /// <summary>The conversations' tokens.</summary>
    public ConcurrentDictionary<int, string> Tokens { get; } = new();

    /// <summary>Writes until it is enough.</summary>
    public Task Write(int seed, CancellationToken enough) => Task.WhenAll(Enumerable.Range(0, customers).Select(customer => Write(customer, Seed.For(seed, "road", customer), enough)));

    private async Task Write(int customer, Random random, CancellationToken enough)
    {
        for (var number = 0; !enough.IsCancellationRequested; number++)
        {
            var mark = Mark.Of(customer, number);
            // Some want a person, so that there are escalations to tell of.
            var body = new { text = customer % WantsAPerson == 0 && number == 0 ? $"I want my money back, please. {mark}" : $"How do I make a backup? {mark}" };
            Tokens.TryGetValue(customer, out var token);
            var answer = await client.Send(
                random, HttpMethod.Post, token is null ? "/support/conversation" : "/support/conversation/messages", token, key: $"road-{mark}-{run}", body: body,
                cancellationToken: CancellationToken.None);
            if (!answer.IsSuccess)
                throw new InvalidOperationException($"{mark} was answered with {answer.Status}.");
            if (token is null)
                Tokens[customer] = answer.Body.GetProperty("conversation_token").GetString()!;
            Acknowledged.Add(mark);
            await Task.Delay(Pause, CancellationToken.None);
        }
    }
}
