using System.Security.Cryptography;
using System.Text;

namespace FteAgent.Api.Webhooks;

/// <summary>
/// Twilio's signature of a request: the HMAC-SHA1, by the account's token, of the address, followed by each parameter's name and value in the
/// order of names; in base64. Source: Twilio Docs, "Secure webhooks", and the validators in Twilio's helper libraries, which agree on what
/// that page leaves open: values of one name are sorted and each counts once, and the port may be told or not.
/// </summary>
internal static class TwilioSignature
{
    public const string Header = "X-Twilio-Signature";

    /// <summary>Whether a signature is Twilio's.</summary>
    /// <param name="token">The account's token.</param>
    /// <param name="address">The address, as Twilio knows it.</param>
    /// <param name="query">The query as it arrived, with its question mark; empty for none.</param>
    /// <param name="parameters">The form's names and values.</param>
    /// <param name="signature">What the request bears.</param>
    public static bool Fits(string token, Uri address, string query, IReadOnlyCollection<KeyValuePair<string, string>> parameters, string signature)
    {
        var given = Encoding.ASCII.GetBytes(signature);
        var fits = false;
        // All are tried whichever fits, so that the time tells nothing.
        foreach (var form in Forms(address))
            fits |= CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Of(token, form + query, parameters)), given);
        return fits;
    }

    /// <summary>The signature of a request.</summary>
    public static string Of(string token, string url, IReadOnlyCollection<KeyValuePair<string, string>> parameters)
    {
        var signed = new StringBuilder(url);
        foreach (var (name, value) in parameters.Distinct().OrderBy(one => one.Key, StringComparer.Ordinal).ThenBy(one => one.Value, StringComparer.Ordinal))
            signed.Append(name).Append(value);
        // SHA-1 is Twilio's choice; within an HMAC it still holds.
#pragma warning disable CA5350
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(signed.ToString())));
#pragma warning restore CA5350
    }

    // Twilio signs with the port or without it, whether it is the usual one or not.
    private static IEnumerable<string> Forms(Uri address)
    {
        var host = address.HostNameType is UriHostNameType.IPv6 ? address.Host : address.IdnHost;
        var (start, end) = ($"{address.Scheme}://{host}", address.AbsolutePath);
        yield return $"{start}{end}";
        yield return FormattableString.Invariant($"{start}:{address.Port}{end}");
    }
}
