using System.Collections.Frozen;
using System.Collections.Immutable;

namespace FteAgent.Answering.Rules.Claims;

/// <summary>
/// What may be said though it stands on nothing, since it claims nothing: greetings, thanks, sympathy, offers to go on asking, and lines that lead
/// over to what follows. Each form is closed: it has a head, and after it only words that give nothing away. So "let me know if anything is
/// unclear" is a courtesy, and "let me know when you have it all back" is none.
/// </summary>
internal static class Courtesies
{
    private static readonly FrozenSet<string> Leading = Words("and or but so please just also well oh otherwise then again sure of course as always if not");

    private static readonly FrozenSet<string> Agreeing = Words("yes no yep yeah nope sure thing of course certainly absolutely definitely indeed gladly correct right exactly unfortunately afraid not quite directly really that is it you can do they are does and i am fine ok okay possible better always usually often sometimes");

    private static readonly FrozenSet<string> LeadingOver = Words("to for in on at as from under with next where by depending regarding about here how steps follow which what note if when whenever once after before");

    private static readonly FrozenSet<string> Conditions = Words("if when whenever once after before where whether");

    private static readonly ImmutableArray<(ImmutableArray<ImmutableArray<string>> Head, FrozenSet<string> Tail, CourtesyForm Form)> Forms =
        [.. CourtesyForms.All.SelectMany(form => form.Heads.Select(head => (Parse(head), Words(form.Tail), form)))];

    /// <summary>Whether a clause is one.</summary>
    /// <param name="clause">The clause.</param>
    /// <param name="isOfTheMatter">Whether a word belongs to the matter at hand: one may be sorry that "the parcel" is late.</param>
    public static bool Is(Clause clause, Func<string, bool> isOfTheMatter)
    {
        var words = clause.Words.AsSpan();
        while (true)
        {
            foreach (var (head, tail, form) in Forms)
            {
                if (EndOf(head, 0, words, 0) is var end and >= 0 && Holds(tail, words[end..], form.IsOpen ? isOfTheMatter : null, form.IsClosing ? 1 : 0)
                    // "I see that your account is unlocked" tells something.
                    && (!form.IsOpen || Weights.PredicatesOf(clause).All(tail.Contains)))
                    return true;
            }

            if (words.IsEmpty || !Leading.Contains(words[0]))
                return false;
            words = words[1..];
            if (words.IsEmpty)
                return false;
        }
    }

    /// <summary>Whether it agrees or denies, and says nothing else: it means whatever is asked.</summary>
    public static bool IsAnswer(Clause clause) => Holds(Agreeing, clause.Words.AsSpan());

    /// <summary>Whether a line begins as one that leads over to what follows it.</summary>
    public static bool IsLead(ImmutableArray<string> words) => !words.IsEmpty && LeadingOver.Contains(words[0]);

    /// <summary>Whether it says of something that it may be so, and not that it is.</summary>
    public static bool IsCondition(ImmutableArray<string> words) => !words.IsEmpty && Conditions.Contains(words[0]);

    /// <summary>Where a head ends that begins at a word; -1 where it does not stand there.</summary>
    private static int EndOf(ImmutableArray<ImmutableArray<string>> head, int element, ReadOnlySpan<string> words, int at)
    {
        if (element == head.Length)
            return at;
        foreach (var word in head[element])
        {
            var end = word.Length == 0 ? EndOf(head, element + 1, words, at) : at < words.Length && words[at] == word ? EndOf(head, element + 1, words, at + 1) : -1;
            if (end >= 0)
                return end;
        }

        return -1;
    }

    private static bool Holds(FrozenSet<string> vocabulary, ReadOnlySpan<string> words, Func<string, bool>? isOfTheMatter = null, int free = 0)
    {
        foreach (var word in words)
        {
            if (!vocabulary.Contains(word) && isOfTheMatter?.Invoke(word) is not true && (--free < 0 || Weights.IsHeavy(word) || AnswerWords.IsFavour(word)))
                return false;
        }

        return true;
    }

    /// <summary>Elements parted by spaces, alternatives by bars; a question mark lets one be left out.</summary>
    private static ImmutableArray<ImmutableArray<string>> Parse(string head) =>
        [.. head.Split(' ').Select(part => part.EndsWith('?') ? [.. part[..^1].Split('|'), ""] : part.Split('|').ToImmutableArray())];

    private static FrozenSet<string> Words(string words) => words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
