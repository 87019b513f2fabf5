using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using FteAgent.Knowledge;

namespace FteAgent.Answering.Rules.Claims;

/// <summary>A draft's quotes, sentence by sentence, folded so that line breaks and spacing do not matter. A part of a sentence is another statement.</summary>
internal sealed class Quoted
{
    private static readonly FrozenSet<int> Smiles = "🙂😊😀😃😄😉👋🎉✨🙏🌟".EnumerateRunes().Select(rune => rune.Value).ToFrozenSet();

    private readonly HashSet<string> sentences = new(StringComparer.Ordinal);
    private readonly bool isWhole;

    /// <summary>Reads the quotes of a draft, as they stand and as they are said.</summary>
    public Quoted(Draft draft)
    {
        Untitled = draft.Text;
        isWhole = !draft.Sentences.IsDefault;
        if (draft.Citations.IsDefaultOrEmpty)
            return;
        foreach (var citation in draft.Citations)
        {
            Add(citation.Title);
            foreach (var heading in citation.Heading.Split(Chunker.PathSeparator))
                Add(heading);
            Add(citation.Quote);
            Add(PlainText.Of(citation.Quote));
            Add(citation.Url ?? "");
            foreach (var row in AnswerText.Rows(citation))
                Add(row);
            All += $"{Fold($"{citation.Title}\n{citation.Heading}\n{citation.Quote}\n{citation.Url}\n{PlainText.Of(citation.Quote)}\n{string.Join('\n', AnswerText.Rows(citation))}")}";
        }

        // Where it says that “Returns” says so, that is the document's word.
        Untitled = draft.Citations.SelectMany(citation => citation.Heading.Split(Chunker.PathSeparator).Prepend(citation.Title)).Where(title => title.Length > 0).Distinct()
            .Aggregate(draft.Text, (text, title) => text.Replace($"“{title}”", "“”", StringComparison.Ordinal));
    }

    /// <summary>All of it, folded.</summary>
    public string All { get; } = "";

    /// <summary>The draft's text without the titles that it names.</summary>
    public string Untitled { get; }

    /// <summary>
    /// Whether a sentence stands in a quote: whole, where a model tells its sentences, so that none can cut a "not" off. What quotes and says
    /// nothing of its own parts a text as its documents happen to be parted.
    /// </summary>
    public bool Holds(string sentence) => Fold(sentence) is { Length: > 0 } folded && (sentences.Contains(folded) || (!isWhole && All.Contains(folded, StringComparison.Ordinal)));

    /// <summary>Without a letter or a figure that is one to the machine; a reader may see more in it.</summary>
    public bool IsOfSigns(string sentence) =>
        Disguise.IsCode(sentence) || sentence.Any(c => char.IsSurrogate(c) || char.GetUnicodeCategory(c) is UnicodeCategory.OtherSymbol);

    /// <summary>Whether signs without a word may stand in an answer: those of a quote, and a smile. A thumb that is put up says yes.</summary>
    public bool MayShow(string signs) => !IsOfSigns(signs) || (!isWhole && !Disguise.IsCode(signs)) || signs.EnumerateRunes().All(rune => Smiles.Contains(rune.Value) || Rune.IsWhiteSpace(rune) || rune.Value is '.' or '!' or 0xfe0f);

    /// <summary>Letters, figures, and what makes an amount of one, in lower case.</summary>
    public static string Fold(string text) => string.Concat(text.Where((c, at) => char.IsLetterOrDigit(c) || c is '@' or '.' or '$' or '€' or '£' or '%' || (c is ',' && IsInFigure(text, at)))).ToLowerInvariant().Trim('.');

    /// <summary>"1,5" is no "15".</summary>
    private static bool IsInFigure(string text, int at) => at > 0 && at + 1 < text.Length && char.IsAsciiDigit(text[at - 1]) && char.IsAsciiDigit(text[at + 1]);

    private void Add(string text)
    {
        foreach (var sentence in Clause.SentencesOf(text))
            sentences.Add(Fold(sentence));
        foreach (var line in text.Split('\n'))
            sentences.Add(Fold(line));
        foreach (var sentence in DraftRules.SentencesOf(text))
            sentences.Add(Fold(sentence));
        sentences.Add(Fold(text));
    }
}
