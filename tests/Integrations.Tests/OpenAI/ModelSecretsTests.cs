using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using FteAgent.Testing;

namespace FteAgent.OpenAI;

public sealed class ModelSecretsTests
{
    private const string Secret = "sk-wrong-9876543210zyxwvutsrqponmlk";
    private const string Words = "My name is Perpetua Quillfeather and my code is 4711-0815";

    [Fact]
    public async Task The_key_and_the_customers_words_never_stand_in_a_log_an_exception_or_a_trace()
    {
        TestLogs.Secret(Secret);
        TestLogs.Secret(Words);
        await using var world = await ModelWorld.Open(url => new() { BaseUrl = url, Key = Secret, Model = "model-a", Attempts = 1 });
        using var traces = new HeardTraces();
        using var events = new HeardEvents();

        // The endpoint says the key back.
        var failures = new List<ModelFailure>();
        for (var time = 0; time < 12; time++)
            failures.Add(await Assert.ThrowsAsync<ModelFailure>(() => world.Send(ModelWorld.Question(Words))));

        Assert.Equal(ModelFault.Denied, failures[0].Fault);
        Assert.Equal(ModelFault.CircuitOpen, failures[^1].Fault);
        Assert.NotEmpty(world.Log.Lines);
        string[] told = [.. failures.Select(failure => failure.ToString()), .. world.Log.Lines.Select(line => line.Line), .. traces.Told, .. events.Told, $"{world.Options}"];
        Assert.All(told, line =>
        {
            Assert.DoesNotContain(Secret, line);
            Assert.DoesNotContain("Quillfeather", line);
        });
    }

    private sealed class HeardTraces : IDisposable
    {
        private readonly ActivityListener listener;

        public HeardTraces()
        {
            listener = new()
            {
                ShouldListenTo = _ => true,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = activity => Told.Enqueue(Words(activity)),
            };
            ActivitySource.AddActivityListener(listener);
        }

        public ConcurrentQueue<string> Told { get; } = new();

        public void Dispose() => listener.Dispose();

        private static string Words(Activity activity)
        {
            List<object?> words = [activity.DisplayName, activity.StatusDescription, .. activity.TagObjects, .. activity.Baggage];
            words.AddRange(activity.Events.SelectMany(each => each.Tags).Cast<object?>());
            return string.Join(' ', words);
        }
    }

    /// <summary>What the client library tells whoever listens to its events.</summary>
    private sealed class HeardEvents : EventListener
    {
        public ConcurrentQueue<string> Told { get; } = new();

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name.Contains("ClientModel", StringComparison.Ordinal) || eventSource.Name.Contains("OpenAI", StringComparison.Ordinal))
                EnableEvents(eventSource, EventLevel.Verbose);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
            Told.Enqueue($"{eventData.EventName} {(eventData.Payload is { } payload ? string.Join(' ', payload) : "")}");
    }
}
