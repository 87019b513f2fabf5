using FteAgent.Knowledge;

namespace FteAgent.Answering;

/// <summary>
/// Finds in a chunk the run of sentences that answers: the one that holds the most of what is asked in the fewest words,
/// read together with the headings above it, then made whole so that it can stand alone.
/// </summary>
internal static class PassagePicker
{
    /// <summary>The longest run looked for; making it whole may add to it.</summary>
    private const int MaxRunWords = 100;

    /// <summary>A quote shorter than this is given its neighbours.</summary>
    private const int FewWords = 45;

    /// <summary>The longest passage after it was made whole.</summary>
    private const int MaxPassageWords = 180;

    // A word in a heading says what the section is about; it is not yet an answer.
    private const double HeadingShare = 0.5;
    private const double TitleShare = 0.4;

    // Each word quoted costs this much, so that a sentence is added for what it says.
    private const double CostOfWord = 0.0015;

    // A run that holds nothing of the question itself answers nothing.
    private const double LeastShare = 0.08;

    public static Passage? Best(Question question, SearchHit hit, double bestHitScore)
    {
        var units = TextUnits.Read(hit);
        if (units.Count == 0) return null;
        var asked = units.ConvertAll(unit => question.Asked(hit.Text[unit.Start..unit.End]));
        var title = question.Asked(hit.Title);
        var trust = Math.Sqrt(hit.Score / Math.Max(bestHitScore, double.Epsilon));

        var best = (First: -1, Last: -1, Score: 0.0);
        for (var first = 0; first < units.Count; first++)
        {
            var heading = question.Asked(units[first].Heading);
            var held = new HashSet<string>(StringComparer.Ordinal);
            var words = 0;
            for (var last = first; last < units.Count && units[last].Heading == units[first].Heading; last++)
            {
                words += units[last].Words;
                if (last > first && words > MaxRunWords) break;
                held.UnionWith(asked[last]);
                var own = question.Share(held);
                if (own < LeastShare) continue;
                var score = (own
                    + (HeadingShare * question.Share(heading.Except(held)))
                    + (TitleShare * question.Share(title.Except(held).Except(heading)))
                    - (CostOfWord * words)) * trust;
                if (score > best.Score) best = (first, last, score);
            }
        }

        if (best.First < 0) return null;
        var (from, to) = MakeWhole(units, hit.Text, best.First, best.Last);
        return new Passage(hit, units[from].Heading, units[from..(to + 1)], best.Score);
    }

    private static (int From, int To) MakeWhole(List<TextUnit> units, string text, int from, int to)
    {
        bool Same(int a, int b) => units[a].Heading == units[b].Heading;
        bool Fits(int a, int b) => units[a..(b + 1)].Sum(unit => unit.Words) <= MaxPassageWords;

        // Steps are one answer: a procedure with a step missing is worse than none.
        if (units[from..(to + 1)].Any(unit => unit.Kind is UnitKind.Step))
        {
            var (first, last) = (from, to);
            while (first > 0 && units[first - 1].Block == units[from].Block && Same(first - 1, from)) first--;
            while (last + 1 < units.Count && units[last + 1].Block == units[to].Block && Same(last + 1, to)) last++;
            if (Fits(first, last)) (from, to) = (first, last);
        }

        // What introduces a list, a table or code is read before it.
        while (from > 0 && Same(from - 1, from) && Fits(from - 1, to) && LeansBack(units, text, from)) from--;
        // "For example:" promises what follows.
        while (to + 1 < units.Count && Same(to + 1, to) && Fits(from, to + 1) && LeadsOn(units, text, to)) to++;
        while (to + 1 < units.Count && Same(to + 1, to) && units[from..(to + 1)].Sum(unit => unit.Words) < FewWords && Fits(from, to + 1)) to++;
        while (to + 1 < units.Count && Same(to + 1, to) && Fits(from, to + 1) && LeadsOn(units, text, to)) to++;
        return (from, to);
    }

    private static bool LeansBack(List<TextUnit> units, string text, int at) => units[at].Kind switch
    {
        UnitKind.Code => true,
        UnitKind.Item or UnitKind.Step or UnitKind.Row => units[at - 1].Block != units[at].Block
            ? text[units[at - 1].End - 1] == ':'
            : units[at - 1].Kind is UnitKind.Sentence or UnitKind.Row,
        _ => Pronouns.Any(word => text.AsSpan(units[at].Start).StartsWith(word, StringComparison.Ordinal)),
    };

    private static bool LeadsOn(List<TextUnit> units, string text, int at) =>
        text[units[at].End - 1] == ':'
        || (units[at].Kind is UnitKind.Item && units[at + 1].Kind is UnitKind.Item && units[at + 1].Block == units[at].Block);

    // A sentence that begins so speaks of the one before.
    private static readonly string[] Pronouns =
        ["This ", "It ", "It's ", "That ", "These ", "Those ", "They ", "Then ", "Also", "Otherwise", "However", "Instead", "But ", "And ", "So ", "Alternatively"];
}
