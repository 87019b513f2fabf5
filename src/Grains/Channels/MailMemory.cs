using System.Threading.RateLimiting;
using FteAgent.Conversations;

namespace FteAgent.Channels;

/// <summary>Lets mails in by their size, in the order in which they came.</summary>
internal sealed class MailMemory : IMailMemory, IDisposable
{
    /// <summary>
    /// Mails of so many bytes over the wire are in work at once. While it is read each is held about twice, as it came and as what is kept of it;
    /// so they take at most half of the 256 MiB of heap that the image allows.
    /// </summary>
    public const int Budget = 64 * 1024 * 1024;

    /// <summary>So much waits for it: what comes beyond is brought again by whoever brings it.</summary>
    private const int Waiting = 16 * Budget;

    private const int Unit = 1024;

    private readonly ConcurrencyLimiter limiter = new(new()
    {
        PermitLimit = Budget / Unit,
        QueueLimit = Waiting / Unit,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <inheritdoc/>
    public async ValueTask<IDisposable> Enter(long bytes, CancellationToken cancellationToken)
    {
        var lease = await limiter.AcquireAsync(((int)Math.Clamp(bytes, 1, Budget) + Unit - 1) / Unit, cancellationToken);
        if (lease.IsAcquired)
            return lease;
        lease.Dispose();
        throw new RecordUnavailableException("Too many mails are in work.");
    }

    /// <inheritdoc/>
    public void Dispose() => limiter.Dispose();
}
