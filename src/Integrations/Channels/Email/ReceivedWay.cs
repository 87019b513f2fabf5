using System.Text.RegularExpressions;

namespace FteAgent.Channels.Email;

/// <summary>
/// Follows a mail's way backwards, by its Received fields (RFC 5321, section 4.4), through the receiver's own servers up to the one at its border.
/// Further fields came with the mail, whatever names stand in them.
/// </summary>
/// <param name="authservId">The server that says what it found out about the sender: the one at the border, or of the same domain.</param>
internal sealed partial class ReceivedWay(string authservId)
{
    // The domain whose servers are the receiver's. A name of two parts is one itself; cut further it would be everybody's.
    private readonly string domain = authservId.Split('.') is [_, .. { Length: >= 2 } parent] ? string.Join('.', parent) : authservId;

    private bool isOutside;

    /// <summary>Whether this field, the next from above, is one that the receiver wrote.</summary>
    public bool IsReceivers(string field)
    {
        if (isOutside)
            return false;
        var words = Comment().Replace(field, " ");
        var by = By().Match(words) is { Success: true } match ? match.Groups[1].Value.TrimEnd('.') : null;
        // Within one house a step may name no host from which it came, and then nobody from outside has come.
        if (!From().IsMatch(words))
            return by is not null;
        // What the server at the border took came from outside, whatever name the other side gave itself.
        isOutside = string.Equals(by, authservId, StringComparison.OrdinalIgnoreCase);
        return by is not null && (string.Equals(by, domain, StringComparison.OrdinalIgnoreCase) || by.EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase));
    }

    [GeneratedRegex(@"\([^()]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^\s*from\s", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex From();

    [GeneratedRegex(@"(?:^|\s)by\s+([^\s;]+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex By();
}
