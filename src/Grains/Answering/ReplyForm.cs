using System.Text.RegularExpressions;

namespace FteAgent.Answering;

/// <summary>
/// How a reply is formed for a channel: how long it may be and what stands below it. A reply that is too long ends after
/// the last sentence that fits, never inside one; a code block is kept whole or left out.
/// </summary>
/// <param name="Channel">The channel's name.</param>
/// <param name="MaxWords">The most words a reply has, without its footer.</param>
/// <param name="Footer">What stands below each reply; empty for nothing.</param>
public sealed partial record ReplyForm(string Channel, int MaxWords, string Footer)
{
    /// <summary>The web: the page shows the footer below the text.</summary>
    public static ReplyForm Web { get; } = new("web", 300, "Need more help? Just reply here, or ask for a person at any time.");

    /// <summary>Email: greeting and signature stand around it.</summary>
    public static ReplyForm Email { get; } = new("email", 500, "");

    /// <summary>WhatsApp: few short bubbles.</summary>
    public static ReplyForm WhatsApp { get; } = new("whatsapp", 120, "");

    /// <summary>The form of a channel's replies.</summary>
    public static ReplyForm Of(string channel) => channel == Email.Channel ? Email : channel == WhatsApp.Channel ? WhatsApp : Web;

    // A single sentence longer than the whole reply is cut between words, and shows it.
    private const string CutMark = " …";

    /// <summary>Forms a reply.</summary>
    public FormedReply Form(string text)
    {
        text = text.ReplaceLineEndings("\n").Trim();
        if (Words(text) <= MaxWords)
            return new FormedReply(text, Footer);

        var end = 0;
        var words = 0;
        foreach (var (start, length) in Pieces(text))
        {
            var more = Words(text.AsSpan(start, length));
            if (words + more > MaxWords)
                break;
            words += more;
            end = start + length;
        }

        return new FormedReply(end > 0 ? text[..end].TrimEnd() : FirstWords(text), Footer);
    }

    /// <summary>Counts words: what stands between spaces and holds a letter or a figure.</summary>
    public static int Words(ReadOnlySpan<char> text)
    {
        var words = 0;
        var counted = false;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                counted = false;
            }
            else if (!counted && char.IsLetterOrDigit(c))
            {
                counted = true;
                words++;
            }
        }

        return words;
    }

    /// <summary>Sentences, lines and whole code blocks, each with the space after it.</summary>
    internal static IEnumerable<(int Start, int Length)> Pieces(string text)
    {
        var start = 0;
        foreach (var end in Ends(text))
        {
            var next = end;
            while (next < text.Length && char.IsWhiteSpace(text[next])) next++;
            if (next == start) continue;
            yield return (start, next - start);
            start = next;
        }
    }

    private static IEnumerable<int> Ends(string text)
    {
        var start = 0;
        foreach (Match whole in FencesAndLineEnds().Matches(text))
        {
            foreach (var (_, end) in SentenceSplitter.Split(text, start, whole.Index)) yield return end;
            start = whole.Index + whole.Length;
            yield return start;
        }

        foreach (var (_, end) in SentenceSplitter.Split(text, start, text.Length)) yield return end;
    }

    private string FirstWords(string text)
    {
        var words = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsWhiteSpace(text[i]) || (words += i > 0 && !char.IsWhiteSpace(text[i - 1]) ? 1 : 0) < MaxWords)
                continue;
            return text[..i] + CutMark;
        }

        return text;
    }

    [GeneratedRegex("```(?:[^`]|`[^`]|``[^`])*```|\\n", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex FencesAndLineEnds();
}

/// <summary>A reply ready for its channel.</summary>
/// <param name="Text">The words.</param>
/// <param name="Footer">What stands below them; empty for nothing.</param>
public sealed record FormedReply(string Text, string Footer);
