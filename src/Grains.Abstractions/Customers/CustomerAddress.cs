using System.Net.Mail;

namespace FteAgent.Customers;

/// <summary>Addresses as people type them, and in the normal form in which they are kept and compared.</summary>
public static class CustomerAddress
{
    // RFC 5321: 64 + @ + 255.
    private const int LongestEmail = 320;

    // ITU-T E.164: a country code and a number, together at most 15 digits. None that can be called has fewer than seven.
    private const int FewestDigits = 7;
    private const int MostDigits = 15;

    /// <summary>
    /// Reads an address of this kind: an email address in lower case, or a phone number in E.164 form. Nothing is guessed: a number needs its
    /// country code, and what stands before a plus sign in a mail's local part is another address than that without it.
    /// </summary>
    public static bool TryRead(IdentifierKind kind, string text, out string value)
    {
        value = kind switch
        {
            IdentifierKind.Email => Email(text.Trim()),
            IdentifierKind.Phone => Phone(text),
            _ => null,
        } ?? "";
        return value.Length > 0;
    }

    /// <summary>Reads an address of whichever kind it is.</summary>
    public static bool TryRead(string text, out IdentifierKind kind, out string value)
    {
        kind = text.Contains('@', StringComparison.Ordinal) ? IdentifierKind.Email : IdentifierKind.Phone;
        return TryRead(kind, text, out value);
    }

    private static string? Email(string text) =>
        text.Length is > 0 and <= LongestEmail && MailAddress.TryCreate(text, out var address) && address.Address == text
            && address.Host.Contains('.', StringComparison.Ordinal) && !text.Any(char.IsControl) && !text.Any(char.IsWhiteSpace)
            ? text.ToLowerInvariant()
            : null;

    private static string? Phone(string text)
    {
        Span<char> digits = stackalloc char[1 + MostDigits];
        var length = 0;
        foreach (var letter in text.AsSpan().Trim())
        {
            if (length == 0 ? letter == '+' : char.IsAsciiDigit(letter))
            {
                if (length == digits.Length)
                    return null;
                digits[length++] = letter;
            }
            else if (length == 0 || letter is not (' ' or '-' or '.' or '/' or '(' or ')'))
            {
                return null;
            }
        }

        return length > FewestDigits && digits[1] != '0' ? new string(digits[..length]) : null;
    }
}
