using System.Text.RegularExpressions;
using MimeKit;
using MimeKit.Utils;

namespace FteAgent.Channels.Email;

/// <summary>Finds which mail of ours did not arrive, in the notice that a mail server sends back (RFC 3464, RFC 3462).</summary>
internal static partial class MailBounces
{
    private const string UnknownStatus = "5.0.0";

    /// <summary>A line (RFC 5322, section 2.1.1): longer ids are nobody's.</summary>
    private const int IdLimit = 998;

    /// <summary>What the mail says of another one; null when it is no such notice, or names none.</summary>
    public static MailBounce? Find(MimeMessage mail)
    {
        if (mail.Body is not MultipartReport { ReportType: var kind } report || !string.Equals(kind, "delivery-status", StringComparison.OrdinalIgnoreCase))
            return null;
        var groups = report.OfType<MessageDeliveryStatus>().SelectMany(static status => status.StatusGroups).ToList();
        if ((report.Select(ReturnedId).FirstOrDefault(Named) ?? groups.Select(OriginalId).FirstOrDefault(Named)) is not { } id)
            return null;
        var action = groups.Select(static group => group["Action"]).OfType<string>().FirstOrDefault()?.Trim();
        var status = groups.Select(static group => group["Status"]).OfType<string>().Select(static text => Code().Match(text)).FirstOrDefault(static match => match.Success)?.Value;
        return new(id, status ?? UnknownStatus, string.Equals(action, "failed", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The Message-ID of the mail that is returned, whole or as its header alone.</summary>
    private static string? ReturnedId(MimeEntity part) => (part as MessagePart)?.Message?.MessageId;

    /// <summary>The Message-ID as Gmail's notices name it, which do not always return the mail.</summary>
    private static string? OriginalId(HeaderList group) => group["X-Original-Message-ID"] is { } field ? MimeUtils.ParseMessageId(field) : null;

    private static bool Named(string? id) => id is { Length: > 0 and <= IdLimit };

    // An enhanced status code (RFC 3463).
    [GeneratedRegex(@"\b[245]\.\d{1,3}\.\d{1,3}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
