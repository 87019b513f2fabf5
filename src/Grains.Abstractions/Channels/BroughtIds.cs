using System.Security.Cryptography;
using System.Text;

namespace FteAgent.Channels;

/// <summary>
/// The ids of messages that other systems bring. Each system counts as it likes, one maybe anew for each customer, so an id of theirs is unique only
/// together with who brings it and whose it is; and it is none of our channels' own, such as a Message-ID.
/// </summary>
public static class BroughtIds
{
    /// <summary>The longest id that a system may give: with what stands before it, it is still an id of ours.</summary>
    public const int Limit = 900;

    private const string Prefix = "brought:";
    private const int HashBytes = 16;

    /// <summary>The message's id among all others.</summary>
    /// <param name="source">Who brings it, as they call themselves; empty where they do not.</param>
    /// <param name="customer">Whose it is, as they know them.</param>
    /// <param name="id">The id that they gave it.</param>
    public static string Of(string source, string customer, string id)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{source}\n{customer}"));
        return $"{Prefix}{Convert.ToHexStringLower(hash.AsSpan(0, HashBytes))}:{id}";
    }

    /// <summary>Whether it is the id of a message that another system brought.</summary>
    public static bool Is(string? channelMessageId) => channelMessageId?.StartsWith(Prefix, StringComparison.Ordinal) is true;
}
