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
    /// <summary>The first that a draft quotes.</summary>
    public static RuleVerdict? First(Draft draft, ExchangeText input, EscalationPolicy policy)
    {
        if (draft.Citations.IsDefaultOrEmpty)
            return null;
        var asked = input.Messages.Concat(input.History.IsDefault ? [] : input.History.Where(utterance => utterance.FromCustomer).Select(utterance => utterance.Text)).Select(Reading.Whole).ToList();
        foreach (var citation in draft.Citations)
        {
            var raised = asked.Append(Reading.Whole($"{citation.Title}\n{citation.Heading.Replace(Chunker.PathSeparator, "\n", StringComparison.Ordinal)}")).ToList();
            var open = Themes.All.Where(theme => !(policy.ListPricesAreAnswered && theme.Reason is EscalationReason.PricingInquiry) && !raised.Exists(theme.Raising.Matches)).ToImmutableArray();
            foreach (var sentence in Clause.SentencesOf(citation.Quote))
            {
                var plain = Disguise.Plain(sentence);
                var read = Reading.Whole(plain);
                var stated = Stated(plain);
                if (open.FirstOrDefault(theme => theme.IsIn(plain, read, stated)) is { } theme)
                    return new(theme.Rule, theme.Reason, theme.Urgency);
                if (Themes.Readers.Matches(read))
                    return new(Readers, EscalationReason.Internals, Urgency.Normal);
                if (Persons.AreIn(sentence))
                    return new(Others, EscalationReason.Privacy, Urgency.High);
            }
        }

        return null;
    }

    /// <summary>What is said of no condition.</summary>
    private static Reading Stated(string sentence) => Reading.Whole(string.Join(", ", Clause.Of(sentence).Where(clause => clause.Words is not ["if" or "when" or "once" or "after" or "unless" or "whether" or "until" or "before", ..]).Select(clause => clause.Text)));

    private const string Readers = "A4.draft-internals";
    private const string Others = "A4.draft-other-customer";
}
