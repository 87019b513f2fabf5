namespace FteAgent.Channels;

/// <summary>The times by which a mailbox is read.</summary>
/// <param name="PollEvery">How often it is asked though nothing was told.</param>
/// <param name="TurnFor">How long it is read at a stretch: a silo that stops waits for it.</param>
public sealed record MailboxTimes(TimeSpan PollEvery, TimeSpan TurnFor)
{
    /// <summary>Each minute, and for four seconds.</summary>
    public static MailboxTimes Default { get; } = new(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(4));
}
