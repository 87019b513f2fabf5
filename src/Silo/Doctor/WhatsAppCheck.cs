using System.Runtime.CompilerServices;
using FteAgent.Channels.WhatsApp;
using FteAgent.Silo.Commands;
using FteAgent.Silo.Settings;

namespace FteAgent.Silo.Doctor;

/// <summary>Whether Twilio takes our token, and which address it must be given.</summary>
internal sealed class WhatsAppCheck(IConfiguration configuration) : IDoctorCheck
{
    public string Name => "whatsapp";

    public async IAsyncEnumerable<Finding> Look([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        WhatsAppSettings? settings = null;
        var readable = true;
        try
        {
            settings = WhatsAppSettings.Read(configuration);
        }
        catch (UsageException)
        {
            readable = false;   // The first check says what is wrong.
        }

        if (settings is null)
        {
            yield return readable
                ? Finding.Ok("Not configured: customers do not come by WhatsApp.")
                : Finding.Warn("Not looked at, since its settings cannot be taken.", "See to the settings first.");
            yield break;
        }

        yield return settings.Webhook.Url.Scheme == Uri.UriSchemeHttps
            ? Finding.Ok($"Twilio is to bring incoming messages to {settings.AddressForTwilio} (by POST).")
            : Finding.Warn($"Twilio is to bring incoming messages to {settings.AddressForTwilio}: customers' words would go over the net in the open.", "Set PUBLIC_URL to an https address.");
        yield return await new WhatsAppExamination(settings.Sending).Look(cancellationToken) switch
        {
            WhatsAppStanding.Active => Finding.Ok("Twilio takes the account's token, and the account is active."),
            WhatsAppStanding.Refused => Finding.Fail("Twilio does not take the account's token.", "Set TWILIO_AUTH_TOKEN to the account's primary token."),
            WhatsAppStanding.Suspended => Finding.Fail("The account at Twilio is suspended or closed.", "See Twilio's console for why."),
            _ => Finding.Warn("Twilio does not answer.", "See whether this machine may connect to it by HTTPS, and whether TWILIO_API_URL is right if you set it."),
        };
    }
}
