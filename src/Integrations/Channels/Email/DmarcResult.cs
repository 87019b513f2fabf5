using MimeKit;
using MimeKit.Cryptography;

namespace FteAgent.Channels.Email;

/// <summary>
/// What the receiving server found out about the sender's domain (DMARC, RFC 7489), as it wrote into the mail (Authentication-Results, RFC 8601).
/// Anybody can write such a field into a mail of theirs; the receiving server's own stands above all that came with it, and so above the first
/// Received field that is not the receiver's.
/// </summary>
internal static class DmarcResult
{
    private const string Dmarc = "dmarc";

    /// <summary>Whether the server of this name says that the mail passes DMARC for this domain of From.</summary>
    /// <param name="headers">The mail's header, topmost field first.</param>
    /// <param name="authservId">The server's name, as it writes it.</param>
    /// <param name="domain">The domain of From, in its normal form.</param>
    public static bool Passes(HeaderList headers, string authservId, string domain)
    {
        var way = new ReceivedWay(authservId);
        foreach (var field in headers)
        {
            // Below it is what came with the mail.
            if (field.Id is HeaderId.Received && !way.IsReceivers(field.Value))
                return false;
            if (field.Id is not HeaderId.AuthenticationResults)
                continue;
            // What cannot be read may have been the server's own, and then all below it is the sender's.
            if (!AuthenticationResults.TryParse(field.RawValue, out var results))
                return false;
            if (string.Equals(results.AuthenticationServiceIdentifier, authservId, StringComparison.OrdinalIgnoreCase))
                return results.Version is null or 1 && Passes(results, domain);
        }

        return false;
    }

    /// <summary>One result, and one domain, or it may be read in two ways.</summary>
    private static bool Passes(AuthenticationResults results, string domain) =>
        results.Results.Where(result => Is(result.Method, Dmarc)).ToList() is [var only]
        && only.Version is null or 1
        && Is(only.Result, "pass")
        && only.Properties.Where(property => Is(property.PropertyType, "header") && Is(property.Property, "from")).ToList() is [var from]
        && MailAddresses.Domain(from.Value) == domain;

    private static bool Is(string? text, string word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);
}
