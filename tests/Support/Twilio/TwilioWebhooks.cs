using System.Security.Cryptography;
using System.Text;

namespace FteAgent.Testing;

/// <summary>
/// The requests that Twilio makes, with all the parameters that a real one has, signed for the address that Twilio was given. The signature is
/// worked out here once more, after Twilio Docs, "Secure webhooks", so that a fault of the product's is not a fault of the test's too.
/// </summary>
internal static class TwilioWebhooks
{
    public const string Site = "https://support.example.com";
    public const string Inbound = Site + "/webhooks/whatsapp";
    public const string Status = Inbound + "/status";

    /// <summary>A customer writes.</summary>
    public static Dictionary<string, string> Writes(string phone, string body, string? sid = null, string name = "Mira", params (string Name, string Value)[] more)
    {
        sid ??= "SM" + Guid.NewGuid().ToString("N");
        var form = new Dictionary<string, string>
        {
            ["SmsMessageSid"] = sid,
            ["NumMedia"] = "0",
            ["ProfileName"] = name,
            ["MessageType"] = "text",
            ["SmsSid"] = sid,
            ["WaId"] = phone.TrimStart('+'),
            ["SmsStatus"] = "received",
            ["Body"] = body,
            ["To"] = FakeTwilio.From,
            ["NumSegments"] = "1",
            ["ReferralNumMedia"] = "0",
            ["MessageSid"] = sid,
            ["AccountSid"] = FakeTwilio.AccountSid,
            ["From"] = $"whatsapp:{phone}",
            ["ApiVersion"] = "2010-04-01",
        };
        foreach (var (key, value) in more)
            form[key] = value;
        return form;
    }

    /// <summary>Something became of a message of ours.</summary>
    public static Dictionary<string, string> Tells(string sid, string status, string? errorCode = null)
    {
        var form = new Dictionary<string, string>
        {
            ["ChannelPrefix"] = "whatsapp",
            ["ApiVersion"] = "2010-04-01",
            ["MessageStatus"] = status,
            ["SmsSid"] = sid,
            ["SmsStatus"] = status,
            ["ChannelInstallSid"] = "XE0123456789abcdef0123456789abcdef",
            ["To"] = "whatsapp:+4915112345678",
            ["From"] = FakeTwilio.From,
            ["MessageSid"] = sid,
            ["AccountSid"] = FakeTwilio.AccountSid,
            ["ChannelToAddress"] = "+4915112345678",
        };
        if (errorCode is not null)
            form["ErrorCode"] = errorCode;
        return form;
    }

    public static string Sign(string url, IEnumerable<KeyValuePair<string, string>> form, string token = FakeTwilio.AuthToken)
    {
        var text = url + string.Concat(form.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key + pair.Value));
#pragma warning disable CA5350 // Twilio's choice.
        using var hmac = new HMACSHA1(Encoding.UTF8.GetBytes(token));
#pragma warning restore CA5350
        return Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes(text)));
    }
}
