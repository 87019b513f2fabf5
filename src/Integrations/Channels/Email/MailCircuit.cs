using FteAgent.Conversations;
using Polly;
using Polly.CircuitBreaker;

namespace FteAgent.Channels.Email;

/// <summary>
/// Leaves a mail server in peace that has failed again and again: each try costs a worker seconds that other mails wait for. It also remembers
/// how the last try ended, for whoever asks how mail does.
/// </summary>
internal sealed class MailCircuit
{
    /// <summary>So many failures, and nothing else, are no accident.</summary>
    private const int Failures = 5;

    private static readonly TimeSpan Within = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PeaceFor = TimeSpan.FromSeconds(30);

    private readonly ResiliencePipeline<HandedOver> pipeline;
    private readonly TimeProvider time;
    private volatile MailTry? last;

    public MailCircuit(TimeProvider time)
    {
        this.time = time;
        pipeline = new ResiliencePipelineBuilder<HandedOver> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HandedOver>
            {
                ShouldHandle = static tried => ValueTask.FromResult(tried.Outcome is { Exception: not null } or { Result.Fault: not null }),
                FailureRatio = 1,
                MinimumThroughput = Failures,
                SamplingDuration = Within,
                BreakDuration = PeaceFor,
            })
            .Build();
    }

    /// <summary>How the last try ended; null before the first.</summary>
    public MailTry? Last => last;

    /// <summary>Tries it, unless the server is left in peace.</summary>
    public async Task<SendResult> Through(Func<CancellationToken, Task<HandedOver>> send, CancellationToken cancellationToken)
    {
        try
        {
            var handed = await pipeline.ExecuteAsync(async token => await send(token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            Note(handed.Fault);
            return handed.Result;
        }
        catch (BrokenCircuitException open)
        {
            return new(SendOutcome.TryAgain, "the mail server failed again and again and is left in peace for a while", open.RetryAfter);
        }
        catch (OperationCanceledException)
        {
            Note("the mail server did not answer in time");
            throw;
        }
    }

    /// <summary>Notes how a try ended that sent nothing.</summary>
    public void Note(string? fault) => last = new(time.GetUtcNow(), fault);
}

/// <summary>When something was tried, and what was wrong then; null for nothing.</summary>
internal sealed record MailTry(DateTimeOffset At, string? Fault);
