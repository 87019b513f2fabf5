using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using FteAgent.Testing;
using FteAgent.Testing.OpenAI;
using Microsoft.Extensions.Logging;

namespace FteAgent.OpenAI;

/// <summary>A scripted endpoint, the road to it, and a clock that both read.</summary>
internal sealed class ModelWorld : IAsyncDisposable
{
    /// <summary>No test waits so long for what should happen at once.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The log tells of each attempt that is made again, and of how long is waited first.</summary>
    private const int RetryEvent = 2200;

    private readonly Channel<RoadRetry> retries = Channel.CreateUnbounded<RoadRetry>();

    private ModelWorld(ScriptedEndpoint endpoint, FakeTime time, OpenAiOptions options)
    {
        (Endpoint, Time, Options) = (endpoint, time, options);
        Connection = new(options);
        Chat = new(Connection, options, time);
        Gate = new(options.Concurrency);
        Road = new(options.Model, options, Gate, time, Log, () => Chance);
        Log.Heard = (id, values) =>
        {
            if (id == RetryEvent)
                retries.Writer.TryWrite(RoadRetry.Of(values));
        };
    }

    public ScriptedEndpoint Endpoint { get; }

    public FakeTime Time { get; }

    public OpenAiOptions Options { get; }

    public OpenAiConnection Connection { get; }

    public OpenAiChat Chat { get; }

    public ModelGate Gate { get; }

    public ModelRoad Road { get; }

    public HeardLog<ModelRoad> Log { get; } = new();

    /// <summary>What chance gives, from 0 to 1.</summary>
    public double Chance { get; set; }

    public static async Task<ModelWorld> Open(Func<Uri, OpenAiOptions>? options = null)
    {
        var time = new FakeTime();
        var endpoint = await ScriptedEndpoint.Start(time);
        return new(endpoint, time, options?.Invoke(endpoint.BaseUrl) ?? new() { BaseUrl = endpoint.BaseUrl, Key = ScriptedEndpoint.Key, Model = "model-a" });
    }

    /// <summary>A question in plain text.</summary>
    public static ChatRequest Question(string words = "How do I export a report?") =>
        new("model-a", [new ChatLine.Instruction("Answer briefly."), new ChatLine.Material(words)], []);

    /// <summary>The same with the five tools.</summary>
    public static ChatRequest WithTools(params ImmutableArray<ChatLine> more) => Question() with { Lines = [.. Question().Lines, .. more], Tools = OpenAiTools.All };

    /// <summary>Asks once, past the road.</summary>
    public Task<ChatAnswer> Ask(ChatRequest? request = null) => Chat.Ask(request ?? Question(), () => { }, CancellationToken.None).WaitAsync(Patience);

    /// <summary>Asks by the road.</summary>
    public Task<ChatAnswer> Send(ChatRequest? request = null, CancellationToken cancellationToken = default) =>
        Road.Send(attempt => Chat.Ask(request ?? Question(), attempt.Heard, attempt.Token), cancellationToken).WaitAsync(Patience, CancellationToken.None);

    /// <summary>Waits until the road pauses before another attempt.</summary>
    public async Task<RoadRetry> Pausing()
    {
        var retry = await retries.Reader.ReadAsync().AsTask().WaitAsync(Patience);
        await Time.WhenWaiting().WaitAsync(Patience);
        return retry;
    }

    /// <summary>Lets such a pause pass.</summary>
    public async Task<RoadRetry> Pause()
    {
        var retry = await Pausing();
        Time.Advance(retry.Wait);
        return retry;
    }

    public async ValueTask DisposeAsync()
    {
        Connection.Dispose();
        await Endpoint.DisposeAsync();
    }
}

/// <summary>An attempt that failed and will be made again, as the log tells it.</summary>
/// <param name="Fault">Why it failed.</param>
/// <param name="Attempt">Which one failed: 1, 2 and so on.</param>
/// <param name="Wait">How long is waited first.</param>
internal readonly record struct RoadRetry(ModelFault Fault, int Attempt, TimeSpan Wait)
{
    public static RoadRetry Of(IReadOnlyDictionary<string, object?> values) =>
        new((ModelFault)values["Fault"]!, (int)values["Attempt"]!, TimeSpan.FromSeconds((double)values["Seconds"]!));
}

/// <summary>Keeps what is logged.</summary>
internal sealed class HeardLog<T> : ILogger<T>
{
    public ConcurrentQueue<(int Id, string Line)> Lines { get; } = new();

    /// <summary>Hears each event with its values, after it is kept.</summary>
    public Action<int, IReadOnlyDictionary<string, object?>>? Heard { get; set; }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Lines.Enqueue((eventId.Id, $"{formatter(state, exception)} {exception}"));
        if (state is IReadOnlyList<KeyValuePair<string, object?>> values)
            Heard?.Invoke(eventId.Id, values.ToDictionary());
    }
}
