namespace FteAgent.Channels.WhatsApp;

/// <summary>The account at Twilio by which WhatsApp messages go. A class, since a record would print its secret.</summary>
public sealed class WhatsAppOptions
{
    /// <summary>Twilio's own API, in the United States.</summary>
    public static readonly Uri TwilioApi = new("https://api.twilio.com/");

    /// <summary>The account, such as <c>AC</c> and 32 hexadecimal digits.</summary>
    public required string AccountSid { get; init; }

    /// <summary>The account's secret.</summary>
    public required string AuthToken { get; init; }

    /// <summary>Our number, such as <c>whatsapp:+14155238886</c>.</summary>
    public required string From { get; init; }

    /// <summary>Where Twilio tells what becomes of a message; the item's id is added as its query.</summary>
    public required Uri StatusCallback { get; init; }

    /// <summary>The template for whoever wrote more than a day ago, with the words as its variable 1; null for none, so that they get a mail.</summary>
    public string? TemplateSid { get; init; }

    /// <summary>Where the API is. Nothing that comes from outside leads anywhere else.</summary>
    public Uri Api { get; init; } = TwilioApi;
}
