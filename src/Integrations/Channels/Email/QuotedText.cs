using System.Text;
using FteAgent.Texts;

namespace FteAgent.Channels.Email;

/// <summary>
/// What a customer wrote themselves in a mail: without that which they answer, without their signature. When in doubt a line stays: a quote too
/// much does little harm, a lost question does much.
/// </summary>
internal static class QuotedText
{
    /// <summary>Programs break the line above a quote at most into so many.</summary>
    private const int AttributionLines = 4;

    private const int AttributionLength = 500;

    /// <summary>The block above what Outlook quotes has a line for each of From, Sent, To, Cc, Subject, Importance and Attachments, some broken.</summary>
    private const int BlockLines = 10;

    /// <summary>Some programs leave the space off the mark of a signature; that far up from the end it is still meant as one.</summary>
    private const int SignatureLines = 15;

    /// <summary>Nobody's own words go on for longer.</summary>
    private const int Longest = 200_000;

    /// <summary>The text without quotes and signature.</summary>
    /// <param name="whole">The whole text.</param>
    /// <param name="subject">The mail's subject. Outlook marks what it forwards like what it answers, and only the subject tells them apart.</param>
    public static string Strip(string whole, string? subject = null)
    {
        var lines = SafeCut.At(whole, Longest).ReplaceLineEndings("\n").Split('\n');
        if (subject is not null && QuoteMarks.IsForwardSubject(subject.TrimStart()))
            return Trimmed([.. lines.Select(Unmarked)]);
        var kept = Unquoted(lines);
        CutSignature(kept);
        return Trimmed(kept);
    }

    private static List<string> Unquoted(string[] lines)
    {
        var kept = new List<string>(lines.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (QuoteMarks.IsForward(Unmarked(line)))
            {
                // What is forwarded is the customer's matter; its marks say only that somebody else wrote it.
                kept.AddRange(lines[i..].Select(Unmarked));
                break;
            }

            if (QuoteMarks.IsOriginal(line) || IsBlock(lines, i))
                break;
            if (line.StartsWith('>'))
                continue;
            if (Attribution(lines, i) is var length && length > 0)
            {
                if (IsQuoteAhead(lines, i + length))
                {
                    i += length - 1;
                    continue;
                }

                if (IsSure(lines, i, length))
                    break;
            }

            kept.Add(lines[i]);
        }

        return kept;
    }

    /// <summary>The line without the marks of quotes.</summary>
    private static string Unmarked(string line)
    {
        var text = line.AsSpan().Trim();
        while (text is ['>', ..])
            text = text[1..].TrimStart();
        return text.ToString();
    }

    /// <summary>How many lines from here on are "On … wrote:"; 0 where none is.</summary>
    private static int Attribution(string[] lines, int at)
    {
        if (at > 0 && lines[at - 1].Trim() is { Length: > 0 } before && !before.StartsWith('>'))
            return 0;
        var text = new StringBuilder();
        for (var length = 1; length <= AttributionLines && at + length <= lines.Length; length++)
        {
            var line = lines[at + length - 1].Trim();
            if (line.Length == 0 || line.StartsWith('>') || text.Length + line.Length > AttributionLength)
                return 0;
            text.Append(line).Append(' ');
            if (line[^1] is not (':' or '：'))
                continue;
            var words = text.ToString().TrimEnd();
            return QuoteMarks.HasTime(words) && (QuoteMarks.EndsAttribution(words) || QuoteMarks.EndsWithAddress(words)) ? length : 0;
        }

        return 0;
    }

    private static bool IsQuoteAhead(string[] lines, int at)
    {
        while (at < lines.Length && string.IsNullOrWhiteSpace(lines[at]))
            at++;
        return at < lines.Length && lines[at].TrimStart().StartsWith('>');
    }

    /// <summary>Whether the words can be nothing else though no mark follows: some programs quote without any. Nobody writes an address and a time by hand.</summary>
    private static bool IsSure(string[] lines, int at, int length)
    {
        var words = string.Join(' ', lines[at..(at + length)]);
        return words.Contains('@', StringComparison.Ordinal) && QuoteMarks.HasTime(words) && QuoteMarks.EndsAttribution(words.TrimEnd());
    }

    /// <summary>From, Sent and Subject below each other, after a rule or not: Outlook's way to quote.</summary>
    private static bool IsBlock(string[] lines, int at)
    {
        // A rule may stand above it.
        if (lines[at].Trim() is { Length: >= 5 } rule && rule.All(c => c is '_' or '-'))
            at += at + 1 < lines.Length && string.IsNullOrWhiteSpace(lines[at + 1]) ? 2 : 1;
        if (at >= lines.Length || !QuoteMarks.IsFrom(lines[at].Trim()))
            return false;
        var (sent, subject) = (false, false);
        foreach (var below in lines.Skip(at + 1).Take(BlockLines).Select(below => below.Trim()).TakeWhile(below => below.Length > 0))
        {
            sent |= QuoteMarks.IsSent(below);
            subject |= QuoteMarks.IsSubject(below);
        }

        return sent && subject;
    }

    private static void CutSignature(List<string> lines)
    {
        var mark = lines.FindIndex(static line => line == "-- ");
        if (mark < 0)
            mark = lines.FindIndex(Math.Max(0, lines.Count - SignatureLines), static line => line.Trim() is "--" or "—");
        // A mail that begins with its mark would be left without a word.
        if (mark > 0 && lines.Take(mark).Any(static line => !string.IsNullOrWhiteSpace(line)))
            lines.RemoveRange(mark, lines.Count - mark);
        while (lines.Count > 0 && (string.IsNullOrWhiteSpace(lines[^1]) || QuoteMarks.IsDevice(lines[^1].Trim())))
            lines.RemoveAt(lines.Count - 1);
    }

    /// <summary>Without white space at the ends of lines, and with one empty line at most between two.</summary>
    private static string Trimmed(List<string> lines)
    {
        var text = new StringBuilder();
        var empty = 0;
        foreach (var line in lines.Select(static line => line.TrimEnd()))
        {
            empty = line.Length == 0 ? empty + 1 : 0;
            if (empty < 2)
                text.Append(line).Append('\n');
        }

        return text.ToString().Trim();
    }
}
