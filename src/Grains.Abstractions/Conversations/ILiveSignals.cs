using FteAgent.Customers;

namespace FteAgent.Conversations;

/// <summary>
/// Wakes those who watch. It carries no content that matters: live views read the record, and poll each second when no signal comes.
/// </summary>
public interface ILiveSignals
{
    /// <summary>Something was committed to this conversation.</summary>
    void Wake(CustomerId customer);

    /// <summary>What the assistant is doing now ("reading 3 sources"); shown while it lasts, kept nowhere.</summary>
    void Status(CustomerId customer, string text);

    /// <summary>Watches one conversation, or all of them when <paramref name="customer"/> is null, until disposed.</summary>
    ILiveWatch Watch(CustomerId? customer);
}

/// <summary>One who watches.</summary>
public interface ILiveWatch : IDisposable
{
    /// <summary>
    /// Waits until something happened since the last call, or <paramref name="atMost"/> has passed. Signals that come together are joined.
    /// </summary>
    Task<LiveWake> Next(TimeSpan atMost, CancellationToken cancellationToken);
}

/// <summary>Why a watch woke.</summary>
/// <param name="Signalled">Something happened; else the time passed.</param>
/// <param name="Status">The latest status text not yet returned, if there is one.</param>
public readonly record struct LiveWake(bool Signalled, string? Status);
