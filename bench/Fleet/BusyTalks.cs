using System.Collections.Concurrent;
using FteAgent.Cluster.Load;
using FteAgent.Cluster.Silos;
using Npgsql;

namespace FteAgent.Bench.Fleets;

/// <summary>A message and what became of it.</summary>
internal sealed class Sent(string mark, long at)
{
    public string Mark => mark;

    /// <summary>When its caller sent it.</summary>
    public long At => at;

    /// <summary>When the record was first seen to hold its answer.</summary>
    public long? AnsweredAt { get; set; }
}

/// <summary>
/// Conversations that are always busy: each writes, waits until the record holds the committed answer, and writes again. The record is
/// looked at past the silos, so that looking changes nothing.
/// </summary>
internal sealed class BusyTalks : IAsyncDisposable
{
    /// <summary>
    /// How long a caller waits for a message's acceptance, which takes milliseconds, before it sends the message again elsewhere. What was
    /// sent to a frozen silo itself is answered by nobody before that.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource ending = new();
    private readonly ConcurrentDictionary<string, (Sent Sent, TaskCompletionSource Answered)> open = new();
    private readonly ConcurrentQueue<Sent> sent = new();
    private readonly string database;
    private readonly Task working;
    private readonly Task looking;

    public BusyTalks(Fleet fleet, Balancer balancer, int count, int firstNumber)
    {
        database = fleet.Database.Url;
        Client = new(balancer, Patience);
        working = Task.WhenAll(Enumerable.Range(firstNumber, count).Select(number => Task.Run(() => Talk(number))));
        looking = Task.Run(Look);
    }

    public FleetClient Client { get; }

    /// <summary>Every message so far.</summary>
    public IReadOnlyCollection<Sent> All => sent;

    /// <summary>No more is written; what was written is answered first.</summary>
    public async Task End(TimeSpan within)
    {
        await ending.CancelAsync();
        await working.WaitAsync(within);
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await looking;
        Client.Dispose();
        ending.Dispose();
    }

    private async Task Talk(int number)
    {
        var random = Seed.For(number, "talk");
        string? token = null;
        for (var turn = 0; !ending.IsCancellationRequested; turn++)
        {
            var mark = Mark.Of(number, turn);
            var message = new Sent(mark, TimeProvider.System.GetTimestamp());
            var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            open[mark] = (message, answered);
            sent.Enqueue(message);
            var answer = await Client.Send(
                random, HttpMethod.Post, token is null ? "/support/conversation" : "/support/conversation/messages", token, Guid.NewGuid().ToString(), new { text = Questions.Of(number + turn, mark) });
            if (!answer.IsSuccess)
                throw new InvalidOperationException($"A message was answered with {answer.Status}: {answer.Body}");
            token ??= answer.Body.GetProperty("conversation_token").GetString();
            await answered.Task;
        }
    }

    private async Task Look()
    {
        var after = DateTimeOffset.UnixEpoch;
        while (!ending.IsCancellationRequested || !working.IsCompleted)
        {
            try
            {
                await using var connection = new NpgsqlConnection(database);
                await connection.OpenAsync();
                // Answers bear the time at which they were decided, a little before the commit; so the last seconds are read again.
                await using var command = new NpgsqlCommand("select text, at from fte.messages where author = 'assistant' and at > $1", connection) { Parameters = { new() { Value = after.UtcDateTime } } };
                await using var reader = await command.ExecuteReaderAsync();
                var now = TimeProvider.System.GetTimestamp();
                var latest = after;
                while (await reader.ReadAsync())
                {
                    var at = new DateTimeOffset(reader.GetDateTime(1));
                    latest = at > latest ? at : latest;
                    foreach (var mark in Mark.In(reader.GetString(0)))
                        if (open.TryRemove(mark, out var waiting))
                        {
                            waiting.Sent.AnsweredAt = now;
                            waiting.Answered.SetResult();
                        }
                }

                if (latest - Overlap > after)
                    after = latest - Overlap;
            }
            catch (NpgsqlException)
            {
                // Away for a moment; the next look tries again.
            }

            await Task.Delay(LookEvery);
        }
    }

    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);
}
