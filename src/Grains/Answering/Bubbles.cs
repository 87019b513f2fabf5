using System.Globalization;
using System.Text;
using FteAgent.Conversations;
using FteAgent.Texts;

namespace FteAgent.Answering;

/// <summary>
/// A message as WhatsApp shows it: short bubbles, each ending where a sentence does, and below the assistant's last one its sources and how to reach a person.
/// </summary>
internal static class Bubbles
{
    /// <summary>The most characters of a bubble.</summary>
    public const int Longest = 300;

    /// <summary>The most characters of a document's title that are told.</summary>
    private const int LongestTitle = 120;

    /// <summary>
    /// A message is at most so many bubbles. None is more: two neighbours hold more than <see cref="Longest"/> together, and an operator's
    /// 10,000 characters are the most that anybody writes. Replies are formed to few (<see cref="ReplyForm.WhatsApp"/>).
    /// </summary>
    private const int Most = 70;

    /// <summary>The bubbles of a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="tellsOfLinks">Whether the customer is told how to link an address of theirs.</param>
    public static IReadOnlyList<string> Of(Message message, bool tellsOfLinks = false)
    {
        var bubbles = Split(message.Text);
        if (message.Author.Kind is not ActorKind.Assistant || message.Kind is not MessageKind.Text)
            return bubbles;
        foreach (var source in Sources(message))
            Append(bubbles, source, "\n");
        Append(bubbles, tellsOfLinks ? $"{Wording.WhatsAppFooter}\n{Wording.WhatsAppLink}" : Wording.WhatsAppFooter, "\n\n");
        return bubbles;
    }

    /// <summary>Which documents an answer quotes, and of which day: a line each.</summary>
    private static IEnumerable<string> Sources(Message message) => message.Citations.IsDefaultOrEmpty
        ? []
        : message.Citations.DistinctBy(citation => citation.DocumentId).Select(citation => string.Create(
            CultureInfo.InvariantCulture, $"Source: {(citation.Title.Length > LongestTitle ? $"{SafeCut.At(citation.Title, LongestTitle).TrimEnd()}…" : citation.Title)} ({citation.VersionDate:yyyy-MM-dd})"));

    /// <summary>Puts a line below the last bubble, or into one of its own where it does not fit there.</summary>
    private static void Append(List<string> bubbles, string line, string between)
    {
        if (bubbles.Count > 0 && bubbles[^1].Length + between.Length + line.Length <= Longest)
            bubbles[^1] = $"{bubbles[^1]}{between}{line}";
        else
            bubbles.Add(line);
    }

    /// <summary>
    /// Cuts a text into bubbles at the ends of sentences and lines. One sentence that is longer than a bubble is cut between words: it has no
    /// other place to be cut at.
    /// </summary>
    public static List<string> Split(string text)
    {
        var bubbles = new List<string>();
        var bubble = new StringBuilder();
        foreach (var piece in Pieces(text.ReplaceLineEndings("\n").Trim()))
        {
            if (bubble.Length > 0 && (bubble.ToString() + piece).TrimEnd().Length > Longest)
                Close();
            bubble.Append(bubble.Length == 0 ? piece.TrimStart() : piece);
        }

        Close();
        return bubbles.Count > Most ? bubbles[..Most] : bubbles;

        void Close()
        {
            if (bubble.ToString().Trim() is { Length: > 0 } closed)
                bubbles.Add(closed);
            bubble.Clear();
        }
    }

    private static IEnumerable<string> Pieces(string text)
    {
        foreach (var (start, length) in ReplyForm.Pieces(text))
        {
            var sentence = text.Substring(start, length);
            while (sentence.TrimEnd().Length > Longest)
            {
                var end = sentence.LastIndexOf(' ', Longest - 1) is > 0 and var space ? space + 1 : SafeCut.Place(sentence, Longest);
                yield return sentence[..end];
                sentence = sentence[end..];
            }

            yield return sentence;
        }
    }
}
