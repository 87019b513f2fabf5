using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using FteAgent.Conversations;

namespace FteAgent.Channels.WhatsApp;

/// <summary>
/// What Twilio's errors mean for a send. Those not listed go by the HTTP status: the request's own fault is for ever, all else may pass.
/// Source: Twilio Docs, "Error and Warning Dictionary", https://www.twilio.com/docs/api/errors, each at /docs/api/errors/CODE.
/// </summary>
internal static class TwilioErrors
{
    /// <summary>The customer wrote more than 24 hours ago, and only an approved template may be sent.</summary>
    public const int OutsideWindow = 63016;

    private static readonly FrozenDictionary<int, (SendOutcome Outcome, string Words)> Known = new Dictionary<int, (SendOutcome, string)>
    {
        // Mended by whoever runs the account: tried again meanwhile.
        [20003] = (SendOutcome.TryAgain, "the account's token is not taken"),
        [20005] = (SendOutcome.TryAgain, "the account is not active"),
        [63007] = (SendOutcome.TryAgain, "our number is not set up for WhatsApp"),

        // Too much at once, by Twilio's own count or WhatsApp's.
        [20429] = (SendOutcome.TryAgain, "too many requests"),
        [63017] = (SendOutcome.TryAgain, "too many messages from the account"),
        [63018] = (SendOutcome.TryAgain, "too many messages from our number"),
        [63038] = (SendOutcome.TryAgain, "the account's messages of the day are used up"),

        // The number, or whoever has it.
        [21211] = (SendOutcome.Refused, "the number is not valid"),
        [21408] = (SendOutcome.Refused, "the account may not write to this country"),
        [21610] = (SendOutcome.Refused, "the customer has asked not to be written to"),
        [21614] = (SendOutcome.Refused, "the number takes no messages"),
        [63003] = (SendOutcome.Refused, "the number is not on WhatsApp"),
        [63014] = (SendOutcome.Refused, "the customer has blocked our number"),
        [63024] = (SendOutcome.Refused, "the number cannot take this message"),
        [63032] = (SendOutcome.Refused, "WhatsApp does not let us write to this customer"),

        // The words.
        [21617] = (SendOutcome.Refused, "the message is too long"),
        [63005] = (SendOutcome.Refused, "WhatsApp does not take the content"),
        [63013] = (SendOutcome.Refused, "the message is against WhatsApp's policy"),
    }.ToFrozenDictionary();

    /// <summary>How a send ended that Twilio did not take.</summary>
    public static SendResult Of(HttpStatusCode status, int? code, TimeSpan? retryAfter)
    {
        if (code is OutsideWindow)
            return new(SendOutcome.Refused, OutboundMessage.OutsideWindow);
        var (outcome, words) = Known.GetValueOrDefault(code ?? 0, (ByStatus(status), ""));
        var told = code is { } number ? Number("Twilio", number) : Number("HTTP", (int)status);
        return new(outcome, words.Length > 0 ? $"{words} ({told})" : told, outcome is SendOutcome.TryAgain ? retryAfter : null);
    }

    private static string Number(string whose, int number) => string.Create(CultureInfo.InvariantCulture, $"{whose} {number}");

    private static SendOutcome ByStatus(HttpStatusCode status) => status switch
    {
        HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            or >= HttpStatusCode.InternalServerError or < HttpStatusCode.BadRequest => SendOutcome.TryAgain,
        _ => SendOutcome.Refused,
    };
}
