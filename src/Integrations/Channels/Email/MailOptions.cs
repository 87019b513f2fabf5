using System.Collections.Immutable;
using FteAgent.Channels.Email.Gmail;

namespace FteAgent.Channels.Email;

/// <summary>How mail comes and goes.</summary>
/// <param name="From">The address that we send from, in lower case: <c>EMAIL_FROM</c>.</param>
/// <param name="FromName">How we call ourselves there; empty for nothing.</param>
/// <param name="AuthservId">
/// Whose Authentication-Results count in mail that comes by webhook: <c>EMAIL_AUTHSERV_ID</c>. Null for nobody's, and then nobody is proved.
/// </param>
/// <param name="Smtp">Where mail is handed over: <c>EMAIL_SMTP_URL</c>. Null where Gmail sends it.</param>
/// <param name="Gmail">The mailbox that is read: the settings that begin with <c>GMAIL_</c>.</param>
/// <param name="PublicUrl">Where customers reach our pages, for the private link in a mail: <c>PUBLIC_URL</c>.</param>
public sealed record MailOptions(string From, string FromName, string? AuthservId, SmtpOptions? Smtp, GmailOptions? Gmail, Uri? PublicUrl)
{
    /// <summary>The addresses that are ours: mail from them is our own.</summary>
    public ImmutableArray<string> OwnAddresses => Gmail is { } gmail ? [From, gmail.Address] : [From];

    /// <summary>The domain that our mails' ids end with.</summary>
    public string Domain => From[(From.LastIndexOf('@') + 1)..];
}
