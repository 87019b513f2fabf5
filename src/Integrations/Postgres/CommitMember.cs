using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Postgres;

/// <summary>One caller's commit on its way: it waits, is sent in a group, and gets its own result.</summary>
internal sealed class CommitMember(ConversationChanges changes, long waitsUntil)
{
    private const int Waiting = 0, Begun = 1, Over = 2;
    private readonly TaskCompletionSource<CommitOutcome> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int state = Waiting;

    public ConversationChanges Changes => changes;

    public CustomerId Customer => changes.Conversation.Customer;

    /// <summary>The timestamp after which it waits no longer.</summary>
    public long WaitsUntil => waitsUntil;

    /// <summary>It could not pass by itself, and may be what holds up others: it is sent alone from then on.</summary>
    public bool GoesAlone { get; set; }

    public Task<CommitOutcome> Result => source.Task;

    /// <summary>Takes it to be sent, unless it is over. From here on the caller gets what the record says and cannot cancel: nobody is left in doubt.</summary>
    public bool TryBegin() => Interlocked.CompareExchange(ref state, Begun, Waiting) == Waiting;

    /// <summary>It was not sent after all, and waits again.</summary>
    public void WaitAgain() => Volatile.Write(ref state, Waiting);

    public void Complete(CommitOutcome outcome) => source.TrySetResult(outcome);

    public void Fail(Exception failure) => source.TrySetException(failure);

    /// <summary>Ends it if it waits still; nothing of it was written.</summary>
    public bool TryGiveUp(Exception reason)
    {
        if (Interlocked.CompareExchange(ref state, Over, Waiting) != Waiting)
            return false;
        source.TrySetException(reason);
        return true;
    }

    public void CancelWaiting(CancellationToken token)
    {
        if (Interlocked.CompareExchange(ref state, Over, Waiting) == Waiting)
            source.TrySetCanceled(token);
    }
}
