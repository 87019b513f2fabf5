using FteAgent.Answering.Rules;
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

    /// <summary>A procedure may be longer, since it is of no use in part.</summary>
    private const int MaxStepsWords = 240;

    // A word in a heading says what the section is about; it is not yet an answer.
    private const double HeadingShare = 0.75;
    private const double TitleShare = 0.4;

    // Under a heading that asks the question itself, what stands first answers it.
    private const double LeadShare = 0.1;

    // Each word quoted costs this much, so that a sentence is added for what it says.
    private const double CostOfWord = 0.001;

    // A run that holds nothing of the question itself answers nothing,
    public const double LeastShare = 0.08;

    // unless it stands first under a heading that names the trouble: a cure seldom repeats its complaint.
    public const double HeadingAsks = 0.6;

    public static Passage? Best(Question question, SearchHit hit, double bestHitScore)
    {
        var units = TextUnits.Read(hit);
        if (units.Count == 0) return null;
        var asked = units.ConvertAll(unit => question.Asked(hit.Text[unit.Start..unit.End]));
        var title = question.Asked(hit.Title);
        var priced = units.ConvertAll(unit => question.LeavesPricesOut && NamesPrice(unit, hit.Text));
        var trust = hit.Score / Math.Max(bestHitScore, double.Epsilon);

        var best = (First: -1, Last: -1, Score: 0.0);
        for (var first = 0; first < units.Count; first++)
        {
            var heading = question.Asked(units[first].Heading);
            var leads = first == 0 || units[first - 1].Heading != units[first].Heading;
            // It asks what the customer asked, in other words.
            var isMeant = hit.Meant == units[first].Heading;
            var named = isMeant ? 1 : question.Share(heading);
            var lead = leads ? LeadShare * named : 0;
            var least = leads && named >= HeadingAsks ? 0 : LeastShare;
            var held = new HashSet<string>(StringComparer.Ordinal);
            var words = 0;
            for (var last = first; last < units.Count && units[last].Heading == units[first].Heading && !priced[last]; last++)
            {
                words += units[last].Words;
                // A long listing that happens to name a word is no answer; a long sentence may be.
                if (words > MaxRunWords && (last > first || units[last].Kind is UnitKind.Code)) break;
                held.UnionWith(asked[last]);
                var own = question.Share(held);
                if (own < least) continue;
                var score = (own + lead
                    + (HeadingShare * (isMeant ? 1 - own : question.Share(heading.Except(held))))
                    + (TitleShare * question.Share(title.Except(held).Except(heading)))
                    - (CostOfWord * words)) * trust;
                if (score > best.Score) best = (first, last, score);
            }
        }

        if (best.First < 0) return null;
        var (from, to) = MakeWhole(units, hit.Text, priced, best.First, best.Last);
        var goesOn = units[from..(to + 1)].Any(unit => unit.Kind is UnitKind.Step) && to + 1 < units.Count && units[to + 1].Block == units[to].Block;
        return new Passage(hit, units[from].Heading, units[from..(to + 1)], best.Score, goesOn);
    }

    // A row without the names of its columns may not show what its figures are.
    private static bool NamesPrice(TextUnit unit, string text) =>
        DraftRules.NamesPrice(unit.Header is null ? text[unit.Start..unit.End] : $"{unit.Header} {text[unit.Start..unit.End]}");

    private static (int From, int To) MakeWhole(List<TextUnit> units, string text, List<bool> priced, int from, int to)
    {
        bool Same(int a, int b) => units[a].Heading == units[b].Heading && !priced[a] && !priced[b];
        int Words(int a, int b) => units[a..(b + 1)].Sum(unit => unit.Words);
        bool Fits(int a, int b) => Words(a, b) <= MaxPassageWords;
        bool CanLead() => to + 1 < units.Count && Same(to + 1, to) && Fits(from, to + 1);

        if (units[from..(to + 1)].Any(unit => unit.Kind is UnitKind.Step)) (from, to) = WholeSteps(units, from, to, (a, b) => Words(a, b) <= MaxStepsWords && !priced[a..(b + 1)].Contains(true));
        while (from > 0 && Same(from - 1, from) && Fits(from - 1, to) && LeansBack(units, text, from)) from--;
        while (CanLead() && LeadsOn(units, text, from, to)) to++;
        // A bare sentence is given its neighbours.
        while (CanLead() && units[to].Kind is UnitKind.Sentence && Words(from, to) < FewWords) to++;
        while (CanLead() && LeadsOn(units, text, from, to)) to++;
        // A promise that cannot be kept here is not made.
        while (to > from && units[to].Kind is UnitKind.Sentence && text[units[to].End - 1] == ':') to--;
        return (from, to);
    }

    // Steps are one answer: a procedure with a step missing is worse than none.
    private static (int From, int To) WholeSteps(List<TextUnit> units, int from, int to, Func<int, int, bool> fits)
    {
        var (first, last) = (from, to);
        while (first > 0 && units[first - 1].Block == units[from].Block) first--;
        while (last + 1 < units.Count && units[last + 1].Block == units[to].Block) last++;
        return fits(first, last) ? (first, last) : (from, to);
    }

    // What introduces a list or code is read before it, and so is what "this" and "it" speak of.
    private static bool LeansBack(List<TextUnit> units, string text, int at) => units[at].Kind switch
    {
        UnitKind.Code => units[at - 1].Kind is not UnitKind.Code,
        UnitKind.Step => units[at - 1].Kind is UnitKind.Sentence,
        UnitKind.Item or UnitKind.Row => units[at - 1].Kind is UnitKind.Sentence && text[units[at - 1].End - 1] == ':',
        _ => Pronouns.Any(word => text.AsSpan(units[at].Start).StartsWith(word, StringComparison.Ordinal)),
    };

    // "For example:" promises what follows; a list once begun at its introduction is read to its end.
    private static bool LeadsOn(List<TextUnit> units, string text, int from, int at)
    {
        if (text[units[at].End - 1] == ':') return true;
        var inList = units[at].Kind is UnitKind.Item or UnitKind.Step && units[at + 1].Block == units[at].Block;
        return inList && units[at + 1].Kind == units[at].Kind && units[from..at].Any(unit => text[unit.End - 1] == ':');
    }

    private static readonly string[] Pronouns =
        ["This ", "It ", "It's ", "That ", "These ", "Those ", "They ", "Then ", "Also", "Otherwise", "However", "Instead", "But ", "And ", "So ", "Alternatively"];
}
