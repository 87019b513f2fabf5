using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using FteAgent.Answering;
using FteAgent.Customers;
using FteAgent.Knowledge;
using FteAgent.Tickets;

namespace FteAgent.Learning;

/// <summary>
/// Takes a person out of words that others are to read: addresses, numbers and secrets (<see cref="Masking"/>), what the record knows them by, and
/// every word of their name, however it is written.
/// </summary>
/// <remarks>
/// Rather a word too many than one too few: whoever is called Will loses the verb as well. It is no proof that nobody is recognised, since a name that
/// nobody gave us looks like any word; therefore an operator reads every article.
/// </remarks>
internal sealed partial class Redaction
{
    private const string Name = "[name]";
    private const int ShortestName = 2;

    /// <summary>Shorter ones stand in other words.</summary>
    private const int ShortestKnown = 6;

    /// <summary>A part of a mail address that is no name, as in <c>info@</c>.</summary>
    private const int ShortestInAddress = 3;

    /// <summary>Words of mail addresses that name no person.</summary>
    private static readonly HashSet<string> Roles = new(StringComparer.Ordinal)
    {
        "account", "accounts", "admin", "billing", "contact", "hello", "help", "info", "mail", "office", "sales", "service", "support", "team", "test", "the", "user",
    };

    private readonly Masking masking = new();
    private readonly ImmutableArray<string> known;
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly HashSet<string> maybeNames = new(StringComparer.Ordinal);

    public Redaction(IEnumerable<Customer> people, TicketId? ticket = null)
    {
        ImmutableArray<Customer> all = [.. people];
        // The longest first: one may begin with another.
        known = [.. all.SelectMany(person => person.Identifiers).Select(identifier => identifier.Value).Append(ticket?.Value ?? "")
            .Where(value => value.Length >= ShortestKnown).Distinct(StringComparer.OrdinalIgnoreCase).OrderByDescending(value => value.Length)];
        foreach (var word in all.SelectMany(person => Words(person.Name)).Where(word => word.Length >= ShortestName))
            names.Add(word);
        foreach (var word in all.SelectMany(person => person.Identifiers).Where(identifier => identifier.Kind is IdentifierKind.Email)
            .SelectMany(identifier => Words(identifier.Value.Split('@')[0])).Where(word => word.Length >= ShortestInAddress && !Roles.Contains(word)))
            maybeNames.Add(word);
    }

    /// <summary>The words without the person.</summary>
    public string Hide(string text)
    {
        text = masking.Hide(text);
        foreach (var value in known)
            text = text.Replace(value, Name, StringComparison.OrdinalIgnoreCase);
        return WithoutNames(text);
    }

    /// <summary>Words without the marks of what was hidden in them.</summary>
    public static string WithoutMarks(string hidden) => Mark().Replace(hidden, " ");

    private string WithoutNames(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            while (end < text.Length && Letters.Belongs(text[end]))
                end++;
            if (end == at)
            {
                kept.Append(text[at++]);
                continue;
            }

            kept.Append(IsName(text.AsSpan(at, end - at)) ? Name : text.AsSpan(at, end - at));
            at = end;
        }

        // First name and family name are one.
        return kept.Replace($"{Name} {Name}", Name).Replace($"{Name} {Name}", Name).ToString();
    }

    private bool IsName(ReadOnlySpan<char> word)
    {
        var folded = Fold(word);
        // Two letters are a name where they are written as one: "Li", but not "li" in a path. Of a mail address nobody knows whether it bears a name.
        return (names.Contains(folded) && (folded.Length > ShortestName || !char.IsLower(word[0])))
            || (maybeNames.Contains(folded) && !char.IsLower(word[0]) && !char.IsDigit(word[0]));
    }

    private static IEnumerable<string> Words(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            while (end < text.Length && Letters.Belongs(text[end]))
                end++;
            if (end > at)
                yield return Fold(text.AsSpan(at, end - at));
            at = end + 1;
        }
    }

    private static string Fold(ReadOnlySpan<char> word)
    {
        Span<char> folded = word.Length <= 64 ? stackalloc char[word.Length] : new char[word.Length];
        for (var i = 0; i < word.Length; i++)
            folded[i] = Letters.Fold(word[i]);
        return folded.ToString();
    }

    [GeneratedRegex(@"\[[a-z]{1,10}(?:-[0-9]{1,4})?\]", RegexOptions.CultureInvariant)]
    private static partial Regex Mark();
}
