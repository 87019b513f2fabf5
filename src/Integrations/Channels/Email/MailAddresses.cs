using MimeKit;

namespace FteAgent.Channels.Email;

/// <summary>Email addresses in one form: lower case, and the domain as the domain name system has it (RFC 5890).</summary>
internal static class MailAddresses
{
    /// <summary>The longest address (RFC 5321: 64 + @ + 255).</summary>
    private const int Longest = 320;

    /// <summary>The address in its normal form; null for what is none.</summary>
    public static string? Normal(MailboxAddress mailbox) => Plain(mailbox.Address);

    /// <summary>The one address that stands here, in its normal form; null where it is none, or several.</summary>
    public static string? Normal(string? text) =>
        text is { Length: > 0 and <= Longest + 2 } && MailboxAddress.TryParse(text, out var mailbox) ? Normal(mailbox) : null;

    /// <summary>What follows the @, as the domain name system has it; null for what is no domain.</summary>
    public static string? Domain(string domain)
    {
        try
        {
            var ascii = MailboxAddress.IdnMapping.Encode(domain.TrimEnd('.')).ToLowerInvariant();
            return ascii.Length is > 0 and <= 255 && ascii.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string? Plain(string? address)
    {
        if (address is null || address.LastIndexOf('@') is not (> 0 and var at) || Domain(address[(at + 1)..]) is not { } domain)
            return null;
        var local = address[..at].ToLowerInvariant();
        // A quoted name may hold anything, even another address; nobody's real one does.
        return local.Length <= 64 && !local.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '"' or '\\' or '<' or '>' or '(' or ')' or ',' or ';' or ':' or '@' or '[' or ']')
            ? $"{local}@{domain}"
            : null;
    }
}
