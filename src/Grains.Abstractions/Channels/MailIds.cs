using System.Globalization;

namespace FteAgent.Channels;

/// <summary>
/// The Message-ID of a mail that we send: it bears the outbox item's id, so that a mail sent twice is recognised, and its answer finds the
/// conversation. Most of its bits are random, so nobody knows one who was not sent it. (RFC 5322, section 3.6.4.)
/// </summary>
public static class MailIds
{
    private const string Prefix = "fte.";

    /// <summary>The Message-ID, without angle brackets.</summary>
    /// <param name="item">The outbox item.</param>
    /// <param name="domain">The domain that we send from.</param>
    public static string Of(Guid item, string domain) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{item:N}@{domain}");

    /// <summary>Whether a Message-ID names this mail of ours.</summary>
    public static bool Names(string messageId, Delivery mail) => mail.InternetId == messageId || ItemOf(messageId) == mail.Item;

    /// <summary>The item that a Message-ID of ours names; null for anybody else's.</summary>
    public static Guid? ItemOf(string messageId) =>
        messageId.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && messageId.IndexOf('@') is > 0 and var at
            && Guid.TryParseExact(messageId.AsSpan(Prefix.Length, at - Prefix.Length), "N", out var item) ? item : null;
}
