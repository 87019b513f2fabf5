using System.Text.RegularExpressions;
using MimeKit;

namespace FteAgent.Channels.Email;

/// <summary>Finds which mail of ours did not arrive, in the notice that a mail server sends back (RFC 3464, RFC 3462).</summary>
internal static partial class MailBounces
{
    private const string UnknownStatus = "5.0.0";

    /// <summary>What the mail says of one of ours; null when it is no such notice, or of nobody's mail that we know.</summary>
    public static MailBounce? Find(MimeMessage mail)
    {
        if (mail.Body is not MultipartReport { ReportType: var kind } report || !string.Equals(kind, "delivery-status", StringComparison.OrdinalIgnoreCase))
            return null;
        if (report.Select(ReturnedId).OfType<Guid>().Cast<Guid?>().FirstOrDefault() is not { } item)
            return null;
        var groups = report.OfType<MessageDeliveryStatus>().SelectMany(static status => status.StatusGroups).ToList();
        var action = groups.Select(static group => group["Action"]).OfType<string>().FirstOrDefault()?.Trim();
        var status = groups.Select(static group => group["Status"]).OfType<string>().Select(static text => Code().Match(text)).FirstOrDefault(static match => match.Success)?.Value;
        return new(item, status ?? UnknownStatus, string.Equals(action, "failed", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The item that the returned mail was sent under; it comes back whole, or as its header alone.</summary>
    private static Guid? ReturnedId(MimeEntity part) => part is MessagePart { Message.MessageId: { } id } ? MailIds.ItemOf(id) : null;

    // An enhanced status code (RFC 3463).
    [GeneratedRegex(@"\b[245]\.\d{1,3}\.\d{1,3}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
