using System.Text;
using FteAgent.Conversations;

namespace FteAgent.Storage;

/// <summary>
/// Enumerations as the record and the wire write them: snake case (<c>pricing_inquiry</c>). A number would change its meaning
/// when a member is put in between; a word does not.
/// </summary>
internal static class EnumText
{
    public static string Of<T>(T value) where T : struct, Enum => Names<T>.ToText[value];

    public static T Parse<T>(string text) where T : struct, Enum =>
        Names<T>.FromText.TryGetValue(text, out var value)
            ? value
            : throw new FormatException($"The record holds a {typeof(T).Name} that this version does not know.");

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
        public static readonly Dictionary<T, string> ToText = Enum.GetValues<T>().ToDictionary(v => v, v => SnakeCase(v.ToString()));
        public static readonly Dictionary<string, T> FromText = ToText.ToDictionary(pair => pair.Value, pair => pair.Key);
    }
}
