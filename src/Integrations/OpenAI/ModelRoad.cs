using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace FteAgent.OpenAI;

/// <summary>
/// The road to one model: past the circuit, through the gate, with a limit of time, and once more after a pause where that may help. All
/// waiting is on the given clock.
/// </summary>
internal sealed partial class ModelRoad
{
    /// <summary>The pause after the first failure; doubled with each.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest pause of our own.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);

    /// <summary>An endpoint that asks for more than this is not waited for: the customer is better served by what comes after it.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    /// <summary>So much of it is added to what an endpoint asks for, at random: else all whom it refused would be back at one moment.</summary>
    private const double Spread = 0.2;

    /// <summary>The circuit opens when half of at least ten attempts within half a minute failed, and is tried again after ten seconds.</summary>
    private const double FailureRatio = 0.5;
    private const int FewestAttempts = 10;
    private static readonly TimeSpan Sampled = TimeSpan.FromSeconds(30);

    /// <summary>How long an open circuit asks nobody.</summary>
    public static readonly TimeSpan OpenFor = TimeSpan.FromSeconds(10);

    /// <summary>Whoever waits longer at the gate is better served by what comes after this model.</summary>
    public static readonly TimeSpan LongestQueue = TimeSpan.FromSeconds(5);

    private readonly string model;
    private readonly OpenAiOptions options;
    private readonly ModelGate gate;
    private readonly TimeProvider time;
    private readonly ILogger<ModelRoad> logger;
    private readonly Func<double> random;
    private readonly ResiliencePipeline again;
    private readonly ResiliencePipeline circuit;
    private readonly CircuitBreakerStateProvider state = new();
    private long opened;
    private volatile Refusal? refusal;

    /// <summary>Lays a road.</summary>
    /// <param name="model">Which model it leads to, for the log.</param>
    /// <param name="options">Its limits.</param>
    /// <param name="gate">Its gate: how much a provider takes is told for each model by itself.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears of the circuit.</param>
    /// <param name="random">Numbers from 0 to 1; null for real chance.</param>
    public ModelRoad(string model, OpenAiOptions options, ModelGate gate, TimeProvider time, ILogger<ModelRoad> logger, Func<double>? random = null)
    {
        (this.model, this.options, this.gate, this.time, this.logger) = (model, options, gate, time, logger);
        this.random = random ?? Random.Shared.NextDouble;
        again = Again();
        circuit = Circuit();
    }

    /// <summary>Which model it leads to.</summary>
    public string Model => model;

    /// <summary>Its gate.</summary>
    public ModelGate Gate => gate;

    /// <summary>Told of each attempt that failed.</summary>
    public Action<ModelFault>? Failed { get; set; }

    /// <summary>Whether the model is left alone, since it failed too often, or just tried again after that.</summary>
    public bool IsOpen => state.CircuitState switch
    {
        CircuitState.Closed => false,
        // The circuit itself notices only when somebody asks that the time is over.
        CircuitState.Open => time.GetElapsedTime(Interlocked.Read(ref opened)) < OpenFor,
        _ => true,
    };

    /// <summary>Why the model's account does not open it (<see cref="ModelFault.Denied"/>, <see cref="ModelFault.QuotaSpent"/>), as it said last; null where it does.</summary>
    public ModelFault? Refused => refusal?.Fault;

    /// <summary>Asks, and asks again where that may help. Fails with a <see cref="ModelFailure"/>, or by the token that was given.</summary>
    /// <param name="ask">Makes one attempt.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <param name="before">
    /// What has to be done before each attempt. It stands before the gate: while it takes long nobody else waits for it, and neither its time nor its
    /// failure is laid to the model.
    /// </param>
    /// <param name="timeIsOver">
    /// Cancelled where <paramref name="cancellationToken"/> is since the draft's time is over: an attempt that it cuts off has failed if it took long,
    /// as one has not that ends since the customer wrote again.
    /// </param>
    public async Task<T> Send<T>(
        Func<ModelAttempt, Task<T>> ask, CancellationToken cancellationToken, Func<CancellationToken, Task>? before = null, CancellationToken timeIsOver = default)
    {
        try
        {
            return await again.ExecuteAsync(
                async token =>
                {
                    if (before is not null)
                        await before(token);
                    return await Once(ask, token, timeIsOver);
                },
                cancellationToken);
        }
        catch (ModelFailure) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (BrokenCircuitException open)
        {
            throw new ModelFailure(ModelFault.CircuitOpen, retryAfter: open.RetryAfter);
        }
    }

    /// <summary>The pause after a failed attempt; null where another would not help.</summary>
    internal TimeSpan? Pause(ModelFailure failure, int attempt)
    {
        if (!failure.MayPass || attempt >= options.Attempts || failure.RetryAfter > LongestWait)
            return null;
        if (failure.RetryAfter is { } asked && asked > TimeSpan.Zero)
            return asked * (1 + (Spread * random()));
        var doubled = FirstPause * Math.Pow(2, attempt - 1);
        return (doubled < LongestPause ? doubled : LongestPause) * (0.5 + (0.5 * random()));
    }

    private async Task<T> Once<T>(Func<ModelAttempt, Task<T>> ask, CancellationToken cancellationToken, CancellationToken timeIsOver)
    {
        // Nobody queues for a model that is left alone.
        if (IsOpen)
            throw new ModelFailure(ModelFault.CircuitOpen);
        try
        {
            // The gate stands before the circuit, which takes all that is no failure for a success: who did not get through has seen neither.
            using var passage = await Enter(cancellationToken);
            var answer = await circuit.ExecuteAsync(async token => await Through(passage, ask, token, timeIsOver), cancellationToken);
            refusal = null;
            return answer;
        }
        catch (ModelFailure failure)
        {
            if (failure.Fault is ModelFault.Denied or ModelFault.QuotaSpent)
                refusal = new(failure.Fault);
            Failed?.Invoke(failure.Fault);
            throw;
        }
    }

    private async Task<T> Through<T>(ModelGate.Passage passage, Func<ModelAttempt, Task<T>> ask, CancellationToken cancellationToken, CancellationToken timeIsOver)
    {
        try
        {
            var answer = await Within(ask, cancellationToken, timeIsOver);
            passage.Answered();
            return answer;
        }
        catch (ModelFailure failure) when (failure.Fault is ModelFault.RateLimited)
        {
            passage.Limited();
            throw;
        }
    }

    private async Task<ModelGate.Passage> Enter(CancellationToken cancellationToken)
    {
        if (gate.TryEnter() is { } passage)
            return passage;
        using var limit = new CancellationTokenSource(LongestQueue, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await gate.Enter(both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ModelFailure(ModelFault.Crowded);
        }
    }

    private async Task<T> Within<T>(Func<ModelAttempt, Task<T>> ask, CancellationToken cancellationToken, CancellationToken timeIsOver)
    {
        using var attempt = new ModelAttempt(options, time, cancellationToken);
        var since = time.GetTimestamp();
        try
        {
            return await ask(attempt);
        }
        // An aborted connection may show itself as a cut stream, too.
        catch (Exception ended) when (ended is OperationCanceledException or ModelFailure && attempt.TookTooLong && !cancellationToken.IsCancellationRequested)
        {
            throw new ModelFailure(ModelFault.TimedOut);
        }
        // It stalled for as long as we are patient with a beginning, until the draft had no time left. What had less has shown nothing.
        catch (Exception ended) when (ended is OperationCanceledException or ModelFailure && timeIsOver.IsCancellationRequested && time.GetElapsedTime(since) >= options.FirstToken)
        {
            throw new ModelFailure(ModelFault.TimedOut);
        }
        // Whoever asked has left, and the connection broke by that.
        catch (ModelFailure) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        // Nobody here ended it: the connection's own limit did.
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ModelFailure(ModelFault.Unreachable);
        }
    }

    private ResiliencePipeline Again() => options.Attempts < 2
        ? ResiliencePipeline.Empty
        : new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = options.Attempts - 1,
                ShouldHandle = retry => ValueTask.FromResult(
                    retry.Outcome.Exception is ModelFailure failure && !retry.Context.CancellationToken.IsCancellationRequested && Pause(failure, retry.AttemptNumber + 1) is not null),
                DelayGenerator = retry => ValueTask.FromResult(Pause((ModelFailure)retry.Outcome.Exception!, retry.AttemptNumber + 1)),
                OnRetry = retry =>
                {
                    LogRetry(logger, model, ((ModelFailure)retry.Outcome.Exception!).Fault, retry.AttemptNumber + 1, retry.RetryDelay.TotalSeconds);
                    return default;
                },
            })
            .Build();

    private ResiliencePipeline Circuit() => new ResiliencePipelineBuilder { TimeProvider = time }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = FailureRatio,
            MinimumThroughput = FewestAttempts,
            SamplingDuration = Sampled,
            BreakDuration = OpenFor,
            StateProvider = state,
            // One that is tried after a pause and left by whoever asked has not shown that it answers.
            ShouldHandle = attempt => ValueTask.FromResult(
                attempt.Outcome.Exception is ModelFailure { TellsOfEndpoint: true }
                || (attempt.Outcome.Exception is OperationCanceledException && state.CircuitState is CircuitState.HalfOpen)),
            OnOpened = since =>
            {
                Interlocked.Exchange(ref opened, time.GetTimestamp());
                LogOpened(logger, model, (since.Outcome.Exception as ModelFailure)?.Fault ?? ModelFault.Unavailable, since.BreakDuration.TotalSeconds);
                return default;
            },
            OnClosed = _ =>
            {
                LogClosed(logger, model);
                return default;
            },
        })
        .Build();

    private sealed record Refusal(ModelFault Fault);

    [LoggerMessage(2200, LogLevel.Debug, "The model {Model} gave no answer ({Fault}, attempt {Attempt}); it is asked again in {Seconds:0.0} s.")]
    private static partial void LogRetry(ILogger logger, string model, ModelFault fault, int attempt, double seconds);

    [LoggerMessage(2201, LogLevel.Warning, "The model {Model} failed too often, lastly with {Fault}; it is left alone for {Seconds:0} s.")]
    private static partial void LogOpened(ILogger logger, string model, ModelFault fault, double seconds);

    [LoggerMessage(2202, LogLevel.Information, "The model {Model} answers again.")]
    private static partial void LogClosed(ILogger logger, string model);
}
