using System.Text.Json;
using FteAgent.Cluster.History;

namespace FteAgent.Cluster.Load;

/// <summary>
/// One customer: writes, in bursts now and then, sends the same message twice to two silos at once, asks for a refund or a person, reads.
/// Every choice follows from the seed and the customer's number.
/// </summary>
internal sealed class CustomerAtWork(int number, int seed, FleetClient client, Happenings happenings, (TimeSpan Shortest, TimeSpan Longest) pause)
{
    private const int BurstLength = 3;

    private readonly Random random = Seed.For(seed, "customer", number);
    private int messages;

    /// <summary>Opens the conversation.</summary>
    public string? Token { get; private set; }

    /// <summary>The conversation's id, once it is open.</summary>
    public string? Conversation { get; private set; }

    /// <summary>Writes until it is told to end. What has begun is brought to an end: only what was accepted counts.</summary>
    public async Task Run(CancellationToken ending)
    {
        await Pause(ending);
        while (!ending.IsCancellationRequested)
        {
            await (random.Next(100) switch
            {
                _ when Token is null => Open(),
                < 62 => Write(Question),
                < 72 => Burst(),
                < 84 => Twice(),
                < 89 => Write(mark => Questions.Refund(random, mark)),
                < 92 => AskForPerson(),
                _ => Read(),
            });
            await Pause(ending);
        }
    }

    /// <summary>Reads the conversation and notes what is shown.</summary>
    /// <param name="through">How far the record goes already, once nothing else happens: all of that must be shown.</param>
    public async Task Read(long? through = null)
    {
        var reading = $"transcript {number}.{Guid.NewGuid():N}";
        var answer = await client.Send(random, HttpMethod.Get, "/support/conversation", Token);
        foreach (var message in answer.Body.GetProperty("messages").EnumerateArray())
            happenings.Add(Shown.Of(Conversation!, reading, message));
        if (through is { } all)
            happenings.Add(new Whole(Conversation!, reading, all));
        happenings.Add(new Glimpse(Conversation!, reading, answer.Body.GetProperty("state").GetRawText() + answer.Body.GetProperty("tickets").GetRawText()));
    }

    private string Question(string mark) => Questions.Of(number + messages, mark);

    private async Task Open()
    {
        var mark = NextMark();
        var (key, body) = (Guid.NewGuid().ToString(), new { text = Question(mark) });
        // A page that is reloaded sends its first message twice; both must open the same conversation.
        var deliveries = Enumerable.Range(0, random.Next(4) == 0 ? 2 : 1).Select(_ => Deliver("/support/conversation", null, key, body)).ToList();
        foreach (var (sentAt, answer, acceptedAt) in await Task.WhenAll(deliveries))
        {
            Token ??= answer.Body.GetProperty("conversation_token").GetString()!;
            Testing.TestLogs.Secret(Token);
            var conversation = ConversationOf(answer.Body.GetProperty("conversation_token").GetString()!);
            Conversation ??= conversation;
            happenings.Add(new Acceptance(conversation, "customer", mark, null, null, sentAt, acceptedAt));
        }
    }

    private async Task Write(Func<string, string> words)
    {
        var mark = NextMark();
        Note(mark, await Deliver("/support/conversation/messages", Token, Guid.NewGuid().ToString(), new { text = words(mark) }));
    }

    private async Task Burst()
    {
        // One after the other without a pause, or all at once.
        if (random.Next(2) == 0)
            for (var i = 0; i < BurstLength; i++)
                await Write(Question);
        else
            await Task.WhenAll(Enumerable.Range(0, BurstLength).Select(_ => Write(Question)).ToList());
    }

    private async Task Twice()
    {
        var mark = NextMark();
        var (key, body) = (Guid.NewGuid().ToString(), new { text = Question(mark) });
        var (one, other) = (Deliver("/support/conversation/messages", Token, key, body), Deliver("/support/conversation/messages", Token, key, body));
        Note(mark, await one);
        Note(mark, await other);
    }

    private Task AskForPerson() => client.Send(random, HttpMethod.Put, "/support/conversation/escalation", Token, Guid.NewGuid().ToString(), new { reason = "" });

    private async Task<(long SentAt, Answer Answer, long AcceptedAt)> Deliver(string path, string? token, string key, object body)
    {
        var sentAt = TimeProvider.System.GetTimestamp();
        var answer = await client.Send(random, HttpMethod.Post, path, token, key, body);
        if (!answer.IsSuccess)
            throw new InvalidOperationException($"A customer's message was answered with {(int)answer.Status}: {answer.Body}");
        return (sentAt, answer, TimeProvider.System.GetTimestamp());
    }

    private void Note(string mark, (long SentAt, Answer Answer, long AcceptedAt) delivery) => happenings.Add(new Acceptance(
        Conversation!, "customer", mark, delivery.Answer.Body.GetProperty("message_id").GetString(), delivery.Answer.Body.GetProperty("sequence").GetInt64(),
        delivery.SentAt, delivery.AcceptedAt));

    private string NextMark() => Mark.Of(number, messages++);

    private async Task Pause(CancellationToken ending) =>
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next((int)pause.Shortest.TotalMilliseconds, (int)pause.Longest.TotalMilliseconds)), ending)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>A token begins with the customer's id (see SECURITY.md).</summary>
    internal static string ConversationOf(string token) => new Guid(System.Buffers.Text.Base64Url.DecodeFromChars(token).AsSpan(0, 16)).ToString("N");
}

/// <summary>A message as the API shows it.</summary>
internal static class Shown
{
    public static Showing Of(string conversation, string reading, JsonElement message) => new(
        conversation, reading, message.GetProperty("sequence").GetInt64(), message.GetProperty("id").GetString()!, message.GetProperty("text").GetString()!, message.GetRawText());
}
