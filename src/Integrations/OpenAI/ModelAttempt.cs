namespace FteAgent.OpenAI;

/// <summary>One attempt, with its patience: for the first token, and for the whole.</summary>
internal sealed class ModelAttempt : IDisposable
{
    private readonly CancellationTokenSource first;
    private readonly CancellationTokenSource whole;
    private readonly CancellationTokenSource all;

    public ModelAttempt(OpenAiOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        first = new(options.FirstToken, time);
        whole = new(options.Timeout, time);
        all = CancellationTokenSource.CreateLinkedTokenSource(first.Token, whole.Token, cancellationToken);
    }

    /// <summary>Ends the attempt, for whatever reason.</summary>
    public CancellationToken Token => all.Token;

    /// <summary>Whether our own patience ended it.</summary>
    public bool TookTooLong => first.IsCancellationRequested || whole.IsCancellationRequested;

    /// <summary>The answer has begun; or it comes in one piece, as vectors do, and there is no beginning to wait for.</summary>
    public void Heard() => first.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <inheritdoc/>
    public void Dispose()
    {
        all.Dispose();
        whole.Dispose();
        first.Dispose();
    }
}
