using System.Net;
using FteAgent.Cluster.History;

namespace FteAgent.Cluster.Load;

/// <summary>An operator: takes conversations that need a person, and now and then one that does not, writes, and gives them back or settles them.</summary>
internal sealed class OperatorAtWork(int number, string key, int seed, FleetClient client, Happenings happenings)
{
    // An operator's messages bear the customer's mark with a second half that customers do not come to.
    private const int FirstMessage = 40_000;
    private const int MessagesEach = 5_000;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(3);

    private readonly Random rounds = Seed.For(seed, "operator", number);
    private Random random = new(seed);
    private int messages;

    public async Task Run(CancellationToken ending)
    {
        while (!ending.IsCancellationRequested)
        {
            // What there is to choose from depends on the machine; what this operator does in the next round must not.
            random = new(rounds.Next());
            await Pause(ending);
            if (await Choose() is { } conversation)
                await Serve(conversation, ending);
        }
    }

    /// <summary>Settles what still needs a person, so that the run ends with nothing open; false when there was nothing that this operator can settle.</summary>
    public async Task<bool> Settle()
    {
        var settled = false;
        foreach (var conversation in await List("person"))
            settled |= (await Act(HttpMethod.Put, conversation, "resolution", new { notes = "" })).IsSuccess;
        return settled;
    }

    private async Task<string?> Choose()
    {
        var list = await List(random.Next(10) == 0 ? "all" : "person");
        return list.Count == 0 ? null : list[random.Next(list.Count)];
    }

    private async Task<List<string>> List(string needs)
    {
        var answer = await client.Send(random, HttpMethod.Get, $"/api/conversations?needs={needs}&limit=50", key);
        return [.. answer.Body.GetProperty("conversations").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
    }

    private async Task Serve(string conversation, CancellationToken ending)
    {
        // Another operator may have it.
        if (!(await Act(HttpMethod.Put, conversation, "handoff", null)).IsSuccess)
            return;
        for (var i = random.Next(3); i > 0; i--)
        {
            await Pause(ending);
            await Write(conversation);
        }

        await Read(conversation);
        await Pause(ending);
        // An operator finishes what they began, even when the day is over.
        if (random.Next(2) == 0)
            await Act(HttpMethod.Delete, conversation, "handoff", null);
        else
            await Act(HttpMethod.Put, conversation, "resolution", new { notes = "settled" });
    }

    private async Task Write(string conversation)
    {
        if (!happenings.Owners.TryGetValue(conversation, out var owner))
            return;
        var mark = Mark.With(owner, FirstMessage + number * MessagesEach + messages++);
        var sentAt = TimeProvider.System.GetTimestamp();
        var answer = await Act(HttpMethod.Post, conversation, "messages", new { text = $"I look into it for you. (Reference {mark}.)" });
        // The holder's time may have run out meanwhile; then nothing was accepted.
        if (answer.IsSuccess)
            happenings.Add(new Acceptance(
                conversation, "operator", mark, answer.Body.GetProperty("message_id").GetString(), answer.Body.GetProperty("sequence").GetInt64(), sentAt, TimeProvider.System.GetTimestamp()));
    }

    private async Task Read(string conversation)
    {
        var answer = await client.Send(random, HttpMethod.Get, $"/api/conversations/{conversation}", key);
        happenings.Add(new Glimpse(conversation, $"console {number}", answer.Body.GetRawText()));
    }

    private async Task<Answer> Act(HttpMethod method, string conversation, string what, object? body)
    {
        var answer = await client.Send(random, method, $"/api/conversations/{conversation}/{what}", key, Guid.NewGuid().ToString(), body);
        return answer.IsSuccess || answer.Status is HttpStatusCode.Conflict
            ? answer
            : throw new InvalidOperationException($"An operator's {method} {what} was answered with {(int)answer.Status}: {answer.Body}");
    }

    private Task Pause(CancellationToken ending) =>
        Task.Delay(TimeSpan.FromMilliseconds(random.Next((int)ShortestPause.TotalMilliseconds, (int)LongestPause.TotalMilliseconds)), ending)
            .ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
