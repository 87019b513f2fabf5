namespace FteAgent.Sqlite;

/// <summary>A write that waits for, or takes part in, a transaction.</summary>
internal abstract class Write(bool durable)
{
    private const int Waiting = 0, Begun = 1, Cancelled = 2;
    private int state = Waiting;

    public bool Durable { get; } = durable;

    /// <summary>Takes it from the queue, unless its caller has cancelled it.</summary>
    public bool TryBegin() => Interlocked.CompareExchange(ref state, Begun, Waiting) == Waiting;

    /// <summary>Cancels it if it has not begun.</summary>
    public void CancelWaiting(CancellationToken token)
    {
        if (Interlocked.CompareExchange(ref state, Cancelled, Waiting) == Waiting)
            Cancel(token);
    }

    /// <summary>Runs it; called again when the transaction it was part of failed.</summary>
    public abstract void Run(SqliteSession session);

    /// <summary>Keeps a failure of its own, to be told when the others have been committed.</summary>
    public abstract void Remember(Exception failure);

    /// <summary>The transaction is committed: the caller gets the result, or the failure remembered.</summary>
    public abstract void Complete();

    /// <summary>The transaction failed for good.</summary>
    public abstract void Fail(Exception failure);

    protected abstract void Cancel(CancellationToken token);
}

/// <summary>A write with a result.</summary>
internal sealed class Write<T>(Func<SqliteSession, T> write, bool durable) : Write(durable)
{
    private readonly TaskCompletionSource<T> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;
    private Exception? remembered;

    public Task<T> Result => source.Task;

    public override void Run(SqliteSession session)
    {
        remembered = null;
        result = write(session);
    }

    public override void Remember(Exception failure) => remembered = failure;

    public override void Complete()
    {
        if (remembered is null)
            source.SetResult(result!);
        else
            source.SetException(remembered);
    }

    public override void Fail(Exception failure) => source.SetException(failure);

    protected override void Cancel(CancellationToken token) => source.SetCanceled(token);
}
