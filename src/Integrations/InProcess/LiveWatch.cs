using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.InProcess;

/// <summary>One who watches. One call of <see cref="Next"/> at a time.</summary>
internal sealed class LiveWatch(TimeProvider time, CustomerId? customer, Action<LiveWatch, CustomerId?> remove) : ILiveWatch
{
    private readonly Lock gate = new();
    private TaskCompletionSource? sleeper;
    private bool signalled;
    private string? status;

    public async Task<LiveWake> Next(TimeSpan atMost, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource asleep;
        lock (gate)
        {
            if (signalled)
                return Take();
            asleep = sleeper = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        // A time-out is no exception here: it comes each second for each watcher.
        await using var timer = time.CreateTimer(static source => ((TaskCompletionSource)source!).TrySetResult(), asleep, atMost, Timeout.InfiniteTimeSpan);
        await using var registration = cancellationToken.UnsafeRegister(static (source, token) => ((TaskCompletionSource)source!).TrySetCanceled(token), asleep);
        await asleep.Task.ConfigureAwait(false);
        lock (gate)
            return Take();
    }

    public void Signal(string? text)
    {
        lock (gate)
        {
            signalled = true;
            status = text ?? status;
            sleeper?.TrySetResult();
        }
    }

    public void Dispose()
    {
        remove(this, customer);
        Signal(null);   // Whoever still waits goes on, and finds nothing.
    }

    private LiveWake Take()
    {
        var wake = new LiveWake(signalled, status);
        (signalled, status, sleeper) = (false, null, null);
        return wake;
    }
}
