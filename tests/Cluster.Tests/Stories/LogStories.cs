using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using FteAgent.Cluster.Load;
using FteAgent.Cluster.Silos;
using FteAgent.Testing;

namespace FteAgent.Cluster.Stories;

/// <summary>A message is followed through the logs of all silos by one id, as they come out of the box: nobody takes traces.</summary>
public sealed class LogStories : IAsyncLifetime
{
    private const int Taken = 1006;
    private const int Decided = 1002;
    private const int Sent = 1103;
    private const int Misspelt = 5010;
    private const int Attempts = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentQueue<Line> lines = new();
    private readonly HttpClient http = new();
    private Fleet fleet = null!;
    private Balancer balancer = null!;

    public async Task InitializeAsync()
    {
        fleet = await Fleet.Start(new()
        {
            Silos = 2,
            HasLinks = false,
            ModelTakes = TimeSpan.FromMilliseconds(100),
            // The product's own default; other fleets are quieter.
            Settings = new Dictionary<string, string> { ["Logging__LogLevel__Default"] = "Information" },
            Heard = Hear,
        });
        balancer = new(() => fleet.Silos);
        Assert.True(await fleet.AllReady(balancer, Patience));
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await balancer.DisposeAsync();
        await fleet.DisposeAsync();
    }

    [Fact]
    public async Task A_message_is_followed_through_the_logs_of_two_silos_by_the_id_that_its_request_was_answered_with()
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            // Refunds go to a person, so there is something to deliver.
            var trace = await Send(Questions.Refund(new Random(1), Mark.Of(710_000 + attempt, 0)));
            var story = await Until(() => lines.Where(line => line.Trace == trace && line.Event is Taken or Decided or Sent).ToList(), story => story.Count == 3);

            Assert.Equal([Taken, Decided, Sent], story.Select(line => line.Event));
            if (story.All(line => line.Silo != fleet.Silos[1].Name))
                continue;
            Assert.DoesNotContain(lines, line => line.Event == Misspelt);
            return;
        }

        Assert.Fail($"No conversation in {Attempts} has its place on the second silo.");
    }

    private async Task<string> Send(string text)
    {
        using var answer = await http.PostAsJsonAsync(new Uri(fleet.Silos[0].Http, "/support/conversation"), new { text });
        Assert.True(answer.IsSuccessStatusCode, answer.StatusCode.ToString());
        TestLogs.Secret((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("conversation_token").GetString());
        return answer.Headers.GetValues("traceresponse").Single().Split('-')[1];
    }

    private void Hear(string silo, string text)
    {
        Log.Lines?.Invoke(silo, text);
        if (!text.StartsWith('{'))
            return;
        using var json = JsonDocument.Parse(text);
        lines.Enqueue(new(
            silo, json.RootElement.GetProperty("event").GetInt32(), json.RootElement.TryGetProperty("trace_id", out var trace) ? trace.GetString() : null));
    }

    private static async Task<T> Until<T>(Func<T> look, Func<T, bool> condition)
    {
        for (var since = TimeProvider.System.GetTimestamp(); ; await Task.Delay(LookEvery))
        {
            var seen = look();
            if (condition(seen))
                return seen;
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, $"It did not come to pass within {Patience}.");
        }
    }

    private sealed record Line(string Silo, int Event, string? Trace);
}
