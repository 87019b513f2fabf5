using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace FteAgent.Answering.Rules;

/// <summary>
/// What a draft must not say, whoever wrote it. Words that stand in a cited document are the company's own and may be
/// said, except prices where the policy keeps them for a person.
/// </summary>
internal static partial class DraftRules
{
    // A sentence of fewer words may stand in any quote by accident.
    private const int FewestWords = 3;

    /// <summary>The first rule that the draft breaks.</summary>
    public static RuleVerdict? First(Draft draft, ExchangeText input, EscalationPolicy policy)
    {
        if (string.IsNullOrWhiteSpace(draft.Text))
            return null;
        var cited = Documented(draft);
        var ownSentences = Undocumented(draft.Text, cited);
        var own = new DraftReading(string.Join('\n', ownSentences.Concat(Fragments(draft.Text))));
        var all = new DraftReading(Shown(draft));
        if (ToolNames().IsMatch(all.Text) || Secrets().IsMatch(all.Text) || own.Says(DraftPhrases.Internals, ForeignDraftPhrases.SaysInternals) || all.Says(DraftPhrases.Instructions))
            return new("A4.draft-internals", EscalationReason.Internals, Urgency.Normal);
        if (NamesSomeoneElse(draft.Text, cited, input) || NamesSomeoneElse(own.Text, cited, input) || own.Says(DraftPhrases.Others) || all.Says(DraftPhrases.DocumentedOthers))
            return new("A4.draft-other-customer", EscalationReason.Privacy, Urgency.High);
        if (own.Says(DraftPhrases.Refunds, ForeignDraftPhrases.SaysRefund) || all.Says(DraftPhrases.DocumentedRefunds) || all.IsForeign(policy, ForeignDraftPhrases.SaysRefund))
            return new("A4.draft-refund", EscalationReason.RefundRequest, Urgency.Normal);
        if (own.Says(DraftPhrases.Offers, ForeignDraftPhrases.SaysPrice) || all.Says(DraftPhrases.DocumentedOffers) || all.IsForeign(policy, ForeignDraftPhrases.SaysPrice)
            || SaysPrice(policy.ListPricesAreAnswered ? own.Text : all.Text) || InventsPrice(own.Text, cited))
            return new("A4.draft-price", EscalationReason.PricingInquiry, Urgency.Normal);
        if (own.Says(DraftPhrases.Promises, ForeignDraftPhrases.SaysPromise) || all.Says(DraftPhrases.DocumentedPromises, DraftPhrases.NoPromises)
            || all.IsForeign(policy, ForeignDraftPhrases.SaysPromise))
            return new("A4.draft-promise", EscalationReason.Policy, Urgency.Normal);
        if (!policy.Competitors.IsDefaultOrEmpty && policy.Competitors.Any(name => own.Says(new PhraseSet([PhraseText.Literal(name)]))))
            return new("A4.draft-competitor", EscalationReason.Competitor, Urgency.Low);
        if (all.IsDisguised)
            return new("A4.draft-disguised", EscalationReason.Internals, Urgency.Normal);
        if (IsForeign(own.Text, policy) || IsForeign(Disguise.Plain(draft.Text), policy))
            return new("A5.draft-language", EscalationReason.LanguageNotSupported, Urgency.Normal);
        if (draft.Text.Length > Reading.MaxLength || SaysWhatNobodyWrote(ownSentences, cited, input))
            return new("A3.draft-unsupported", EscalationReason.NoEvidence, Urgency.Normal);
        if (NeverTopics.First(all, policy) is { } topic)
            return new(NeverTopics.DraftRule, topic.Reason, topic.Urgency);
        if (Uncited.Holds(draft, ownSentences, input))
            return new("A3.draft-uncited", EscalationReason.NoEvidence, Urgency.Normal);
        return null;
    }

    /// <summary>A text's sentences and lines.</summary>
    public static IEnumerable<string> SentencesOf(string text) => SentenceEnds().Split(text).Where(sentence => !string.IsNullOrWhiteSpace(sentence));

    /// <summary>All that the customer would see: what is quoted is shown beside the answer, so that it is said, too.</summary>
    private static string Shown(Draft draft) => draft.Citations.IsDefaultOrEmpty
        ? draft.Text
        : $"{draft.Text}\n{string.Join('\n', draft.Citations.Select(citation => $"{citation.Title}\n{citation.Heading}\n{citation.Quote}"))}";

    /// <summary>The quoted words, folded so that line breaks and spacing do not matter.</summary>
    private static string Documented(Draft draft) =>
        draft.Citations.IsDefaultOrEmpty ? "" : Folded(string.Join("\n", draft.Citations.Select(citation => $"{citation.Title}\n{citation.Heading}\n{citation.Quote}\n{citation.Url}")));

    private static ImmutableArray<string> Undocumented(string text, string cited) =>
        [.. SentencesOf(text).Where(sentence => Folded(sentence) is { Length: > 0 } folded ? !cited.Contains(folded, StringComparison.Ordinal) : IsOfSigns(sentence))];

    /// <summary>Without a letter or a figure that is one to the machine; a reader may see more in it.</summary>
    private static bool IsOfSigns(string sentence) =>
        Disguise.IsCode(sentence) || sentence.Any(c => char.IsSurrogate(c) || char.GetUnicodeCategory(c) is UnicodeCategory.OtherSymbol);

    /// <summary>Short sentences in a row are read as one: "Refund. Granted. Today."</summary>
    private static IEnumerable<string> Fragments(string text)
    {
        var run = new List<string>();
        foreach (var sentence in SentencesOf(text))
        {
            if (sentence.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length < FewestWords)
            {
                run.Add(sentence.Trim(' ', '.', '!', '?', '•', '-'));
                continue;
            }

            if (run.Count > 1)
                yield return string.Join(' ', run);
            run.Clear();
        }

        if (run.Count > 1)
            yield return string.Join(' ', run);
    }

    private static bool IsForeign(string text, EscalationPolicy policy) => !policy.Languages.IsDefaultOrEmpty && LanguageDetector.IsForeign(text, policy.Languages);

    private static bool SaysPrice(string text) =>
        SentencesOf(text).Any(sentence => Money().IsMatch(sentence) && DraftPhrases.PriceTalk.Matches(Reading.Whole(sentence)));

    /// <summary>Money that no document speaks of, whatever for; and figures by the month or by the seat.</summary>
    private static bool InventsPrice(string own, string cited) =>
        Money().Matches(own).Concat(PerUnit().Matches(own)).Any(match => !cited.Contains(Folded(match.Value), StringComparison.Ordinal));

    /// <summary>An address or number that neither the customer nor a document gave can only be someone else's, or made up.</summary>
    private static bool NamesSomeoneElse(string text, string cited, ExchangeText input)
    {
        var known = cited + Folded(Said(input));
        return Emails().Matches(text).Concat(Numbers().Matches(text)).Any(match => !known.Contains(Folded(match.Value), StringComparison.Ordinal));
    }

    /// <summary>Figures and links carry the claims that hurt most when invented.</summary>
    private static bool SaysWhatNobodyWrote(ImmutableArray<string> sentences, string cited, ExchangeText input)
    {
        if (cited.Length == 0)
            return false;
        var known = cited + Folded(Said(input));
        return sentences.Any(sentence => Links().Matches(sentence).Concat(Figures().Matches(sentence)).Any(match => !known.Contains(Folded(match.Value), StringComparison.Ordinal)));
    }

    private static string Said(ExchangeText input) =>
        string.Join("\n", input.Messages.Concat(input.History.IsDefault ? [] : input.History.Select(utterance => utterance.Text)));

    private static string Folded(string text) => string.Concat(text.Where(c => char.IsLetterOrDigit(c) || c is '@' or '.' or '$' or '€' or '£' or '%')).ToLowerInvariant().Trim('.');

    [GeneratedRegex(@"[.!?]\s+|\n+", RegexOptions.CultureInvariant)]
    private static partial Regex SentenceEnds();

    [GeneratedRegex(
        @"\p{Sc}\s?[0-9]|[0-9]\s?\p{Sc}|[0-9][0-9.,]*(?:\s?|-)(?:usd|eur|gbp|chf|cad|aud|inr|jpy|dollars?|euros?|pounds?|cents?|bucks|quid|francs?|rupees?|yen|pesos?)\b|\b(?:usd|eur|gbp|chf|cad|aud|inr|jpy)\s?[0-9]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|few|a|single)[ -](?:dollars?|euros?|pounds?|bucks?|quid|cents?|francs?|rupees?|yen|pesos?|fiver|tenner)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Money();

    [GeneratedRegex(@"[0-9][0-9.,-]*\s?(?:/|per |an? |each |every )\s?(?:month|mo|year|yr|user|seat|licen[cs]e)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PerUnit();

    [GeneratedRegex(@"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", RegexOptions.CultureInvariant)]
    private static partial Regex Emails();

    [GeneratedRegex(@"\+[0-9][0-9 ()/.-]{7,16}[0-9]|(?<![\w.])0[0-9]{2,4}[ /-][0-9][0-9 /-]{4,12}[0-9](?!\w)|(?<!\w)[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}(?!\w)", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"https?://[^\s)>\]""']{1,300}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Links();

    [GeneratedRegex(@"(?<![\w.])[0-9]{2,9}(?:[.,][0-9]{1,9})?\s?(?:%|gb|mb|tb|kb|hours?|days?|weeks?|months?|minutes?|seconds?|users?|requests?)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Figures();

    [GeneratedRegex(@"\b(?:search[_ -]?knowledge[_ -]?base|create[_-]?ticket|get[_ -]?customer[_ -]?history|escalate[_-]?to[_-]?human|send[_-]?response)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ToolNames();

    [GeneratedRegex(@"\b(?:sk|pk|rk)[-_](?:live|test|proj|ant)?[-_]?[A-Za-z0-9]{16,64}|-----BEGIN [A-Z ]{0,30}PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\b(?:OPENAI_API_KEY|DATABASE_URL|CLUSTER_SECRET|OPERATOR_KEY) ?= ?[^\s<\[{]{8,}", RegexOptions.CultureInvariant)]
    private static partial Regex Secrets();
}
