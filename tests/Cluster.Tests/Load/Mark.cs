using System.Text.RegularExpressions;

namespace FteAgent.Cluster.Load;

/// <summary>
/// A word that occurs in one customer's texts only, and with its second half in one message only. All letters: figures mean something
/// to the rules.
/// </summary>
internal static partial class Mark
{
    /// <summary>Matches a message's mark.</summary>
    public const string Pattern = "mk[a-z]{5}x[a-z]{4}";

    private const int CustomerLength = 5;
    private const int MessageLength = 4;

    /// <summary>The mark of a customer's message.</summary>
    public static string Of(int customer, int message) => With(Of(customer), message);

    /// <summary>The mark of a message in the conversation of the customer with this mark.</summary>
    public static string With(string customer, int message) => $"{customer}x{Letters(message, MessageLength)}";

    /// <summary>The mark of a customer.</summary>
    public static string Of(int customer) => "mk" + Letters(customer, CustomerLength);

    /// <summary>The messages' marks in a text.</summary>
    public static IEnumerable<string> In(string text) => Marks().Matches(text).Select(match => match.Value);

    /// <summary>Whose a message's mark is.</summary>
    public static string Owner(string mark) => mark[..(2 + CustomerLength)];

    // Without x, which parts the halves, and without vowels, so that no word of a language comes out.
    private static string Letters(int number, int length)
    {
        const string Alphabet = "bcdfghjklmnpqrst";
        return string.Create(length, number, static (letters, left) =>
        {
            for (var i = letters.Length - 1; i >= 0; i--, left /= Alphabet.Length)
                letters[i] = Alphabet[left % Alphabet.Length];
        });
    }

    [GeneratedRegex(Pattern)]
    private static partial Regex Marks();
}
