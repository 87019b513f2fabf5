using FteAgent.Conversations;
using MimeKit;

namespace FteAgent.Channels.Email;

/// <summary>Hands a finished mail to whoever carries it.</summary>
internal interface IMailTransport
{
    /// <summary>Hands it over.</summary>
    /// <param name="mail">The mail, whose Message-ID says which one it is.</param>
    /// <param name="slip">What was noted of it when it was tried before, and where more is noted.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<HandedOver> Send(MimeMessage mail, MailSlip slip, CancellationToken cancellationToken);

    /// <summary>Whether it can be reached and lets us in, without sending anything; null when it does, else what is wrong.</summary>
    Task<string?> Fault(CancellationToken cancellationToken);
}

/// <summary>How handing over a mail ended.</summary>
/// <param name="Result">What became of the mail.</param>
/// <param name="Fault">What is wrong with the carrier itself, whatever mail it is; null when it gave an answer, even one that refuses this mail.</param>
internal sealed record HandedOver(SendResult Result, string? Fault = null)
{
    /// <summary>It was taken.</summary>
    public static HandedOver Taken { get; } = new(SendResult.Sent);

    /// <summary>The carrier works, and does not take this mail: for ever, or for now.</summary>
    public static HandedOver Refused(string cause, bool forEver) =>
        new(new SendResult(forEver ? SendOutcome.Refused : SendOutcome.TryAgain, cause, IsItems: true));

    /// <summary>The carrier cannot take any mail now.</summary>
    public static HandedOver Unavailable(string fault, TimeSpan? retryAfter = null) => new(new(SendOutcome.TryAgain, fault, retryAfter), fault);
}
