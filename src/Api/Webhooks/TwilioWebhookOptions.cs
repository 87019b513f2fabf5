namespace FteAgent.Api.Webhooks;

/// <summary>What tells Twilio's requests from anybody else's. A class, since a record would print its secret.</summary>
public sealed class TwilioWebhookOptions
{
    /// <summary>Where an incoming message arrives, below the address of this deployment.</summary>
    public const string Path = "/webhooks/whatsapp";

    /// <summary>Where Twilio tells of a message of ours, below <see cref="Url"/>.</summary>
    public const string StatusPath = "/status";

    /// <summary>The account whose requests are taken.</summary>
    public required string AccountSid { get; init; }

    /// <summary>The secret that they are signed with.</summary>
    public required string AuthToken { get; init; }

    /// <summary>
    /// The address of incoming messages as Twilio knows it, without query and fragment: it is part of what is signed. Never the address that a
    /// request says it came to.
    /// </summary>
    public required Uri Url { get; init; }

    /// <summary>The address to which Twilio tells of a message of ours.</summary>
    public Uri StatusUrl => new(Url.AbsoluteUri + StatusPath);
}
