using System.Text;
using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Tickets;

namespace FteAgent.Storage;

/// <summary>
/// Enumerations as the record and the wire write them: snake case (<c>pricing_inquiry</c>). A number would change its meaning
/// when a member is put in between; a word does not.
/// </summary>
/// <remarks>
/// While a fleet is upgraded, silos of two versions share one record. A word that the older one does not know is read as what
/// <see cref="Unknown"/> says, where nothing is decided by it that could do harm. Any other new word is first taught to readers, and written a
/// release later.
/// </remarks>
internal static class EnumText
{
    /// <summary>How a word of a later version is read. Such a value is shown and sorted by; nobody sees what they must not, nothing is sent by it.</summary>
    private static readonly Dictionary<Type, Enum> Unknown = new()
    {
        [typeof(TicketCategory)] = TicketCategory.General,
        [typeof(TicketPriority)] = TicketPriority.Medium,
        // A person is needed, and the assistant does not go on by itself; the rule and the summary beside it say why.
        [typeof(EscalationReason)] = EscalationReason.PersonRequested,
        // More pressing than it may be, rather than less.
        [typeof(Urgency)] = Urgency.Urgent,
    };

    public static string Of<T>(T value) where T : struct, Enum => Names<T>.ToText[value];

    public static T Parse<T>(string text) where T : struct, Enum =>
        Names<T>.FromText.TryGetValue(text, out var value)
            ? value
            : Names<T>.Unknown ?? throw new FormatException($"The record holds a {typeof(T).Name} that this version does not know.");

    private static string SnakeCase(string name)
    {
        // A proper name written with two capitals, yet one word.
        if (name == nameof(Channel.WhatsApp))
            return "whatsapp";

        var text = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0)
                text.Append('_');
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }

    private static class Names<T> where T : struct, Enum
    {
        public static readonly T? Unknown = EnumText.Unknown.TryGetValue(typeof(T), out var known) ? (T)known : null;
        public static readonly Dictionary<T, string> ToText = Enum.GetValues<T>().ToDictionary(v => v, v => SnakeCase(v.ToString()));
        public static readonly Dictionary<string, T> FromText = ToText.ToDictionary(pair => pair.Value, pair => pair.Key);
    }
}
