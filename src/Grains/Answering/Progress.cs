using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Answering;

/// <summary>
/// Tells whoever looks at their page that an answer that takes long is still being worked on: first within five seconds of their message, then as
/// long as it takes. It says nothing of what a model writes: that is nobody's before it is committed.
/// </summary>
internal sealed class Progress : IAsyncDisposable
{
    /// <summary>When it is first told, from the message on.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(4);

    /// <summary>How often after that.</summary>
    public static readonly TimeSpan Further = TimeSpan.FromSeconds(8);

    private readonly ILiveSignals live;
    private readonly CustomerId customer;
    private readonly ITimer timer;
    private int told;

    /// <summary>Begins.</summary>
    /// <param name="live">Who is told.</param>
    /// <param name="customer">Whose page.</param>
    /// <param name="since">When the exchange was opened.</param>
    /// <param name="time">The clock.</param>
    public Progress(ILiveSignals live, CustomerId customer, DateTimeOffset since, TimeProvider time)
    {
        (this.live, this.customer) = (live, customer);
        var left = since + First - time.GetUtcNow();
        timer = time.CreateTimer(static self => ((Progress)self!).Tell(), this, left > TimeSpan.Zero ? left : TimeSpan.Zero, Further);
    }

    /// <summary>Ends it; when this completes, nothing is told any more.</summary>
    public ValueTask DisposeAsync() => timer.DisposeAsync();

    private void Tell() => live.Status(customer, told++ is 0 ? Wording.StillReading : Wording.StillReadingLong);
}
