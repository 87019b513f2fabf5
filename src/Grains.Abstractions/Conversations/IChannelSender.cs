namespace FteAgent.Conversations;

/// <summary>Takes one kind of outbox item to where it should go.</summary>
public interface IChannelSender
{
    /// <summary>The destination it serves, as written in <see cref="OutboxItem.Destination"/>.</summary>
    string Destination { get; }

    /// <summary>Who carries it. Destinations of one provider are left alone together when it fails again and again.</summary>
    string Provider => Destination;

    /// <summary>Sends it once, bearing <see cref="OutboxItem.Id"/>.</summary>
    Task<SendResult> Send(OutboxItem item, CancellationToken cancellationToken);
}

/// <summary>How a send ended.</summary>
public enum SendOutcome
{
    /// <summary>The receiver has it.</summary>
    Sent,

    /// <summary>It may work later.</summary>
    TryAgain,

    /// <summary>It will never work.</summary>
    Refused,
}

/// <summary>How a send ended, and why when it failed.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Cause">Why, in words without customer text; empty when it was sent.</param>
/// <param name="RetryAfter">How long the receiver asked us to wait.</param>
/// <param name="IsItems">Whether it failed for what this one item is, or whom it is for: the provider works, and takes others.</param>
/// <param name="IsUntried">Whether the provider was not asked: how it ended says nothing of it.</param>
public sealed record SendResult(SendOutcome Outcome, string Cause = "", TimeSpan? RetryAfter = null, bool IsItems = false, bool IsUntried = false)
{
    /// <summary>The receiver has it.</summary>
    public static SendResult Sent { get; } = new(SendOutcome.Sent);

    /// <summary>There is nothing to send any more.</summary>
    public static SendResult NothingToSend { get; } = new(SendOutcome.Sent, IsUntried: true);

    /// <summary>It cannot be sent, which shows before the provider is asked.</summary>
    public static SendResult Unsendable(string cause) => new(SendOutcome.Refused, cause, IsUntried: true);
}
