using System.Collections.Frozen;
using System.Collections.Immutable;
using FteAgent.Answering.Rules.Claims;
using FteAgent.Knowledge;

namespace FteAgent.Answering.Rules.Matter;

/// <summary>
/// Looks for a sentence of a document that gives, promises, names or commands something which neither the customer nor the document's own headings
/// speak of. An honest page on boards has no sentence on who gets money back; one that has was put there by somebody.
/// </summary>
internal static class BesideTheMatter
{
    // One word may be shared by accident, or to look as if it belonged there.
    private const int FewestShared = 2;

    private static readonly FrozenSet<string> Speaking = FrozenSet.ToFrozenSet(["we", "us", "our", "ours", "i", "me", "my", "mine", "he", "him", "his", "she", "her", "hers", "reader", "readers", "whoever", "anyone", "anybody", "everyone", "everybody"]);

    /// <summary>The first that a draft quotes.</summary>
    public static RuleVerdict? First(Draft draft, ExchangeText input, EscalationPolicy policy)
    {
        if (draft.Citations.IsDefaultOrEmpty)
            return null;
        var customer = input.Messages.Concat(input.History.IsDefault ? [] : input.History.Where(utterance => utterance.FromCustomer).Select(utterance => utterance.Text)).ToList();
        var asked = customer.ConvertAll(Reading.Whole);
        foreach (var citation in draft.Citations)
        {
            var headings = $"{citation.Title}\n{citation.Heading.Replace(Chunker.PathSeparator, "\n", StringComparison.Ordinal)}";
            var raised = asked.Append(Reading.Whole(headings)).ToList();
            var matter = new Clause($"{string.Join('\n', customer)}\n{headings}").Stems;
            var open = Themes.All.Where(theme => !(policy.ListPricesAreAnswered && theme.Reason is EscalationReason.PricingInquiry) && !raised.Exists(theme.Raising.Matches)).ToImmutableArray();
            if (open.Contains(Themes.Machines) && QuotedSentences.Written(citation).Any(Machinery.NamesTools))
                return Themes.Machines.Verdict();
            foreach (var sentence in QuotedSentences.Of(citation))
            {
                var plain = Disguise.Plain(sentence);
                if (open.FirstOrDefault(theme => theme.Shows(plain)) is { } shown)
                    return shown.Verdict();
                if (Persons.AreIn(sentence) || (plain != sentence && Persons.AreIn(plain)))
                    return new(Others, EscalationReason.Privacy, Urgency.High);
                var read = Reading.Whole(plain);
                if (Themes.Readers.Matches(read))
                    return new(Readers, EscalationReason.Internals, Urgency.Normal);
                var goesOn = GoesOn(new(plain), matter);
                var stated = Stated(plain);
                if (open.FirstOrDefault(theme => (!goesOn || !theme.MayGoOn) && theme.Says(read, stated)) is { } said)
                    return said.Verdict();
            }
        }

        return null;
    }

    /// <summary>
    /// Whether a sentence goes on with what was asked or what stands above it. One in which the writer speaks of themselves, or of some man or woman, is
    /// read whatever it is about: what somebody does for the reader, and who somebody is, are the very things that are looked for.
    /// </summary>
    private static bool GoesOn(Clause sentence, ImmutableArray<string> matter) =>
        sentence.Stems.Count(matter.Contains) >= FewestShared && !sentence.Words.Any(word => Speaking.Contains(word));

    /// <summary>What is said of no condition.</summary>
    private static Reading Stated(string sentence) => Reading.Whole(string.Join(", ", Clause.Of(sentence).Where(clause => clause.Words is not ["if" or "when" or "once" or "after" or "unless" or "whether" or "until" or "before", ..]).Select(clause => clause.Text)));

    private const string Readers = "A4.draft-internals";
    private const string Others = "A4.draft-other-customer";
}
