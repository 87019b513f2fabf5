using System.Net;

namespace FteAgent.Channels.WhatsApp;

/// <summary>How an account at Twilio stands.</summary>
public enum WhatsAppStanding
{
    /// <summary>It is active, and takes our token.</summary>
    Active,

    /// <summary>It does not take our token.</summary>
    Refused,

    /// <summary>It is suspended or closed.</summary>
    Suspended,

    /// <summary>Twilio did not answer, or not in its own words.</summary>
    Unreachable,
}

/// <summary>Asks Twilio how the account stands. No message is sent.</summary>
public sealed class WhatsAppExamination
{
    private readonly TwilioApi twilio;

    /// <summary>For one account.</summary>
    public WhatsAppExamination(WhatsAppOptions options) : this(TwilioApi.Create(options))
    {
    }

    internal WhatsAppExamination(TwilioApi twilio) => this.twilio = twilio;

    /// <summary>Looks.</summary>
    public async Task<WhatsAppStanding> Look(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await twilio.Account(cancellationToken);
            return answer.Status switch
            {
                _ when answer.Value is { Status: "active" } => WhatsAppStanding.Active,
                _ when answer.Value is { Status: not null } => WhatsAppStanding.Suspended,
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound => WhatsAppStanding.Refused,
                _ => WhatsAppStanding.Unreachable,
            };
        }
        catch (HttpRequestException)
        {
            return WhatsAppStanding.Unreachable;
        }
    }
}
