using System.Text.RegularExpressions;
using FteAgent.Api.Webhooks;
using FteAgent.Channels.WhatsApp;
using FteAgent.Silo.Commands;

namespace FteAgent.Silo.Settings;

/// <summary>
/// WhatsApp by Twilio: <c>TWILIO_ACCOUNT_SID</c>, <c>TWILIO_AUTH_TOKEN</c> and <c>TWILIO_WHATSAPP_FROM</c> turn it on together, at
/// <c>TWILIO_WEBHOOK_URL</c> or else <c>PUBLIC_URL</c>; <c>TWILIO_TEMPLATE_SID</c> and <c>TWILIO_API_URL</c> say the rest.
/// </summary>
/// <param name="Sending">How messages go out.</param>
/// <param name="Webhook">What Twilio's requests are known by.</param>
internal sealed partial record WhatsAppSettings(WhatsAppOptions Sending, TwilioWebhookOptions Webhook)
{
    /// <summary>What is asked of Twilio beyond its habit of trying once: five more times within its 15 seconds, when we are away or cannot store.</summary>
    public const string Overrides = "#rc=5&rp=5xx,ct,rt";

    /// <summary>The address to give to Twilio for incoming messages.</summary>
    public string AddressForTwilio => Webhook.Url.AbsoluteUri + Overrides;

    /// <summary>Null where there is no WhatsApp.</summary>
    public static WhatsAppSettings? Read(IConfiguration configuration)
    {
        var (sid, token, from) = (configuration["TWILIO_ACCOUNT_SID"], configuration["TWILIO_AUTH_TOKEN"], configuration["TWILIO_WHATSAPP_FROM"]);
        var given = new[] { sid, token, from }.Count(value => value is { Length: > 0 });
        if (given == 0)
            return null;
        if (given < 3)
            throw new UsageException("TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_WHATSAPP_FROM turn WhatsApp on together; set all three or none.");
        if (!Account().IsMatch(sid!))
            throw new UsageException("TWILIO_ACCOUNT_SID must be AC and 32 hexadecimal digits, as Twilio's console shows it.");
        if (!Number().IsMatch(from!))
            throw new UsageException("TWILIO_WHATSAPP_FROM must be whatsapp: and a number in international form, such as whatsapp:+14155238886.");
        var template = configuration["TWILIO_TEMPLATE_SID"] is { Length: > 0 } asked ? asked : null;
        if (template is not null && !Template().IsMatch(template))
            throw new UsageException("TWILIO_TEMPLATE_SID must be HX and 32 hexadecimal digits, as Twilio's Content Template Builder shows it.");

        var webhook = new TwilioWebhookOptions { AccountSid = sid!, AuthToken = token!, Url = WebhookUrl(configuration) };
        return new(
            new()
            {
                AccountSid = sid!,
                AuthToken = token!,
                From = from!,
                StatusCallback = webhook.StatusUrl,
                TemplateSid = template,
                Api = configuration["TWILIO_API_URL"] is { Length: > 0 } api ? Api(api) : WhatsAppOptions.TwilioApi,
            },
            webhook);
    }

    /// <summary>Adds the webhooks, the sender and the health check.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(Webhook);
        services.AddWhatsApp(Sending);
    }

    private static Uri WebhookUrl(IConfiguration configuration)
    {
        if (configuration["TWILIO_WEBHOOK_URL"] is { Length: > 0 } given)
            return Uri.TryCreate(given, UriKind.Absolute, out var own) && IsPlain(own) && own.AbsolutePath.Length > 1 && !given.EndsWith('/')
                ? own
                : throw new UsageException(
                    "TWILIO_WEBHOOK_URL must be the http or https address that Twilio has for incoming messages, without query and fragment, such as https://example.com/webhooks/whatsapp.");
        if (configuration["PUBLIC_URL"] is { Length: > 0 } site)
            return Uri.TryCreate(site, UriKind.Absolute, out var address) && IsPlain(address)
                ? new Uri(address.AbsoluteUri.TrimEnd('/') + TwilioWebhookOptions.Path)
                : throw new UsageException("For WhatsApp PUBLIC_URL must be an http or https address without query, such as https://example.com.");
        throw new UsageException("WhatsApp needs PUBLIC_URL, or TWILIO_WEBHOOK_URL where Twilio reaches this deployment by another address: Twilio's signatures are over it.");
    }

    private static bool IsPlain(Uri address) => address is { Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" };

    private static Uri Api(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && IsPlain(address) && address.AbsolutePath == "/"
            ? address
            : throw new UsageException("TWILIO_API_URL must be an http or https address without a path, such as https://api.dublin.ie1.twilio.com.");

    [GeneratedRegex("^AC[0-9a-fA-F]{32}$")]
    private static partial Regex Account();

    [GeneratedRegex(@"^whatsapp:\+[1-9][0-9]{6,14}$")]
    private static partial Regex Number();

    [GeneratedRegex("^HX[0-9a-fA-F]{32}$")]
    private static partial Regex Template();
}
