using System.Text.RegularExpressions;
using FteAgent.Answering.Hiding;

namespace FteAgent.Answering;

/// <summary>
/// Takes addresses, phone numbers, cards, accounts and secrets out of the words that go to a model outside this deployment, and puts back in the
/// draft what the customer may read again. One for each draft: the same thing has the same name in all that the model sees of it.
/// </summary>
/// <remarks>
/// It is no proof that nothing personal leaves: a name, or a number in no known form, is not recognised. In doubt a number is taken for a phone's:
/// the customer reads it again in the answer. Every search goes over the text once, however it was written.
/// </remarks>
internal sealed partial class Masking
{
    /// <summary>Two are enough for what people write; more are bounded, so that no text is made to cost.</summary>
    private const int MostRounds = 8;

    private readonly Dictionary<string, string> names = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> shown = new(StringComparer.Ordinal);
    private readonly Dictionary<HiddenKind, int> counts = [];
    private readonly HashSet<string> written = new(StringComparer.Ordinal);

    /// <summary>The words without what is to stay here.</summary>
    /// <param name="text">The words.</param>
    /// <param name="fromCustomer">Whether the customer wrote them: their own addresses and numbers may stand in the answer.</param>
    public string Hide(string text, bool fromCustomer = false)
    {
        var masked = new MaskedText(text);
        foreach (var name in Names().EnumerateMatches(masked.Seen))
        {
            // Whoever writes what looks like a name of ours means themselves: it is no other's, and nothing is looked for in it.
            written.Add(masked.Seen.Slice(name.Index, name.Length).ToString());
            masked.Keep(name.Index, name.Index + name.Length);
        }

        // What was hidden can bring to light what stands beside it, as one card does the next; then nothing is left for another time.
        for (var (round, hidden) = (0, -1); round < MostRounds && hidden < masked.Count; round++)
        {
            hidden = masked.Count;
            Find(masked);
        }

        return masked.Write((kind, value) => Name(kind, value, isShown: fromCustomer && kind is (HiddenKind.Email or HiddenKind.Phone)));
    }

    /// <summary>The model's words with the customer's own addresses and numbers in their places. Everything else stays hidden.</summary>
    public string Show(string text) => Names().Replace(text, match => shown.GetValueOrDefault(match.Value, match.Value));

    /// <summary>What is surest goes first: what one of them has hidden, no other looks at.</summary>
    private static void Find(MaskedText masked)
    {
        PrivateKeys.Hide(masked);
        UrlPasswords.Hide(masked);
        ToldSecrets.Hide(masked);
        Emails.Hide(masked);
        Keys.Hide(masked);
        if (masked.Seen.IndexOfAnyInRange('0', '9') < 0)
            return;
        Accounts.Hide(masked);
        Uuids.Keep(masked);
        Cards.Hide(masked);
        Phones.Hide(masked);
    }

    private string Name(HiddenKind kind, string value, bool isShown)
    {
        if (!names.TryGetValue(value, out var name))
        {
            do
            {
                counts[kind] = counts.GetValueOrDefault(kind) + 1;
                name = $"[{Word(kind)}-{counts[kind]}]";
            }
            while (written.Contains(name));
            names[value] = name;
        }

        if (isShown)
            shown.TryAdd(name, value);
        return name;
    }

    private static string Word(HiddenKind kind) => kind switch
    {
        HiddenKind.Email => "email",
        HiddenKind.Phone => "phone",
        HiddenKind.Card => "card",
        HiddenKind.Account => "account",
        _ => "secret",
    };

    [GeneratedRegex(@"\[(?:email|phone|card|account|secret)-[0-9]{1,4}\]", RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}
