using System.Collections.Immutable;
using System.Globalization;

namespace FteAgent.Answering.Rules.Claims;

/// <summary>
/// Looks for a claim that no quote carries. What a model adds of its own is a courtesy, a question, or a line that introduces what follows; everything
/// else it has from the documents or has made up.
/// </summary>
internal static class Uncited
{
    /// <summary>More are no answer that anyone reads, and each is compared with all that is quoted.</summary>
    private const int MostSentences = 100;

    /// <summary>Whether it holds a claim that its quotes do not carry, or says more than its sentences do.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="quoted">Its sentences as they stand in quotes, told by <see cref="Quoted"/>.</param>
    /// <param name="all">What all its quotes carry.</param>
    /// <param name="said">What the customer said.</param>
    public static bool Holds(Draft draft, Quoted quoted, Support all, Clause said)
    {
        if (Disguise.IsCode(draft.Text))
            return true;
        List<(string Text, Support Support)> sentences;
        if (draft.Sentences.IsDefault)
        {
            sentences = [.. DraftRules.SentencesOf(quoted.Untitled).Select(sentence => (sentence, all))];
        }
        else
        {
            if (Bare(draft.Text) != Bare(string.Concat(draft.Sentences.Select(sentence => sentence.Text))))
                return true;
            sentences = [.. draft.Sentences.SelectMany(told =>
            {
                var cited = CitedBy(told, draft);
                var support = cited.IsEmpty || cited.Length == draft.Citations.Length ? all : new Support(cited, said);
                return Clause.SentencesOf(told.Text).Take(MostSentences + 1).Select(sentence => (sentence, support));
            }).Take(MostSentences + 1)];
            if (sentences.Count > MostSentences)
                return true;
        }

        var standings = sentences.ConvertAll(sentence => StandingOf(sentence.Text, sentence.Support, quoted));
        // A model's answer that stands on nothing is none, however polite; and a bare "yes" means what follows it.
        return (!draft.Sentences.IsDefault && !standings.Contains(Standing.Carried))
            || standings.Index().Any(standing => standing.Item is Standing.None || (standing.Item is Standing.Agreement && !IsFollowed(standings, standing.Index)));
    }

    private static bool IsFollowed(List<Standing> standings, int at) => at == 0 && standings.Count > 1 && standings[1] is Standing.Carried;

    private static Standing StandingOf(string sentence, Support support, Quoted quoted)
    {
        if (quoted.Holds(sentence))
            return Standing.Carried;
        var plain = Disguise.Plain(sentence).Trim();
        var clauses = Clause.Of(plain).ToList();
        if (clauses.Count == 0)
            return quoted.MayShow(sentence) ? Standing.Courtesy : Standing.None;
        if (clauses.TrueForAll(support.MayBeSaid))
            return Standing.Courtesy;
        if (clauses.TrueForAll(clause => Courtesies.IsAnswer(clause) || support.MayBeSaid(clause)))
            return Standing.Agreement;
        if (support.Carries(plain))
            return Standing.Carried;
        return plain[^1] switch
        {
            '?' when support.MayAsk(plain) => Standing.Courtesy,
            ':' when support.MayLead(plain) => Standing.Courtesy,
            _ => Standing.None,
        };
    }

    private static ImmutableArray<Citation> CitedBy(DraftSentence sentence, Draft draft) => sentence.Citations.IsDefaultOrEmpty
        ? []
        : [.. sentence.Citations.Where(place => place >= 0 && place < draft.Citations.Length).Select(place => draft.Citations[place])];

    private static string Bare(string text) => string.Concat(Disguise.Plain(text).Where(c => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) is UnicodeCategory.OtherSymbol));

    private enum Standing
    {
        None,
        Carried,
        Courtesy,
        Agreement,
    }
}
