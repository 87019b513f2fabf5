using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FteAgent.Answering.Rules.Claims;
using FteAgent.Answering.Rules.Matter;

namespace FteAgent.Answering.Rules;

/// <summary>
/// What a draft must not say, whoever wrote it. Words that stand in a cited document are the company's own and may be
/// said, except prices where the policy keeps them for a person.
/// </summary>
internal static partial class DraftRules
{
    /// <summary>Something in the quoted paragraph is written for a machine.</summary>
    public const string Tampered = "A4.draft-tampered";

    // A sentence of fewer words may stand in any quote by accident.
    private const int FewestWords = 3;

    /// <summary>Every rule, the weightiest first: of two that are broken, the earlier one names the reason.</summary>
    public static ImmutableArray<DraftRule> Table { get; } =
    [
        new("A4.draft-internals", EscalationReason.Internals, Urgency.Normal, draft =>
            ToolNames().IsMatch(draft.All.Text) || Secrets().IsMatch(draft.All.Text) || draft.Own.Says(DraftPhrases.Internals, ForeignDraftPhrases.SaysInternals)
            || draft.All.Says(DraftPhrases.Instructions) || (draft.IsInEnglishOnly && draft.All.SaysAbroad(ForeignDraftPhrases.SaysInternals))),
        new("A4.draft-other-customer", EscalationReason.Privacy, Urgency.High, draft =>
            NamesSomeoneElse(draft) || draft.Own.Says(DraftPhrases.Others) || draft.All.Says(DraftPhrases.DocumentedOthers)),
        new("A4.draft-refund", EscalationReason.RefundRequest, Urgency.Normal, draft =>
            draft.Own.Says(DraftPhrases.Refunds, ForeignDraftPhrases.SaysRefund) || draft.All.Says(DraftPhrases.DocumentedRefunds)
            || (draft.IsInEnglishOnly && draft.All.SaysAbroad(ForeignDraftPhrases.SaysRefund))),
        new("A4.draft-price", EscalationReason.PricingInquiry, Urgency.Normal, draft =>
            draft.Own.Says(DraftPhrases.Offers, ForeignDraftPhrases.SaysPrice) || draft.All.Says(DraftPhrases.DocumentedOffers)
            || (draft.IsInEnglishOnly && draft.All.SaysAbroad(ForeignDraftPhrases.SaysPrice)) || SaysPrice(draft)),
        new("A4.draft-promise", EscalationReason.Policy, Urgency.Normal, draft =>
            draft.Own.Says(DraftPhrases.Promises, ForeignDraftPhrases.SaysPromise) || draft.All.Says(DraftPhrases.DocumentedPromises, DraftPhrases.NoPromises)
            || (draft.IsInEnglishOnly && draft.All.SaysAbroad(ForeignDraftPhrases.SaysPromise))),
        new("A4.draft-competitor", EscalationReason.Competitor, Urgency.Low, draft =>
            !draft.Policy.Competitors.IsDefaultOrEmpty && draft.Policy.Competitors.Any(name => draft.Own.Says(new PhraseSet([PhraseText.Literal(name)])))),
        new("A4.draft-disguised", EscalationReason.Internals, Urgency.Normal, draft => draft.All.IsDisguised),
        // The page's fault, not the customer's.
        new(Tampered, EscalationReason.NoEvidence, Urgency.Normal, draft => draft.Draft.IsTampered),
        new("A5.draft-language", EscalationReason.LanguageNotSupported, Urgency.Normal, draft =>
            IsForeign(draft.Own.Text, draft.Policy) || IsForeign(Disguise.Plain(draft.Draft.Text), draft.Policy) || QuotesForeign(draft)),
        new("A3.draft-unsupported", EscalationReason.NoEvidence, Urgency.Normal, draft => draft.Draft.Text.Length > Reading.MaxLength || SaysWhatNobodyWrote(draft)),
    ];

    /// <summary>What is asked last, and of answers alone.</summary>
    public static DraftRule UncitedClaim { get; } = new("A3.draft-uncited", EscalationReason.NoEvidence, Urgency.Normal, draft => Uncited.Holds(draft.Draft, draft.Quoted, draft.Support, draft.Said));

    /// <summary>The first rule that the draft breaks.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="input">What the customer said.</param>
    /// <param name="policy">The deployment's policy.</param>
    /// <param name="isAnswer">Whether it answers anything, so that what it claims must be carried by quotes.</param>
    public static RuleVerdict? First(Draft draft, ExchangeText input, EscalationPolicy policy, bool isAnswer = true)
    {
        if (string.IsNullOrWhiteSpace(draft.Text))
            return null;
        var quoted = new Quoted(draft);
        ImmutableArray<string> ownSentences = [.. SentencesOf(quoted.Untitled).Where(sentence => Quoted.Fold(sentence).Length > 0 ? !quoted.Holds(sentence) : quoted.IsOfSigns(sentence))];
        var said = new Clause(string.Join('\n', input.Messages));
        var support = new Support(draft.Citations.IsDefault ? [] : draft.Citations, said);
        var own = ownSentences.Where(sentence => !support.Carries(Disguise.Plain(sentence))).Concat(Fragments(draft.Text));
        var read = new DraftInput(draft, input, policy, quoted, support, said, ownSentences, new(string.Join('\n', own)), new(Shown(draft)));
        if (Table.FirstOrDefault(rule => rule.IsBroken(read)) is { } broken)
            return broken.Verdict();
        if (NeverTopics.First(read.All, policy) is { } topic)
            return new(NeverTopics.DraftRule, topic.Reason, topic.Urgency);
        if (BesideTheMatter.First(draft, input, policy) is { } beside)
            return beside;
        return isAnswer && UncitedClaim.IsBroken(read) ? UncitedClaim.Verdict() : null;
    }

    /// <summary>A text's sentences and lines.</summary>
    public static IEnumerable<string> SentencesOf(string text) => SentenceEnds().Split(text).Where(sentence => !string.IsNullOrWhiteSpace(sentence));

    /// <summary>Whether one of its sentences says what something costs.</summary>
    public static bool NamesPrice(string text) =>
        SentencesOf(text).Any(sentence => Money().IsMatch(sentence) && DraftPhrases.PriceTalk.Matches(Reading.Whole(sentence)));

    /// <summary>All that the customer would see: what is quoted is shown beside the answer, so that it is said, too.</summary>
    private static string Shown(Draft draft) => draft.Citations.IsDefaultOrEmpty
        ? draft.Text
        : $"{draft.Text}\n{string.Join('\n', draft.Citations.Select(citation => $"{citation.Title}\n{citation.Heading}\n{citation.Quote}"))}";

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

    /// <summary>A sentence in another language amid a page is there for somebody who does not read it first.</summary>
    private static bool QuotesForeign(DraftInput draft) => !draft.Policy.Languages.IsDefaultOrEmpty && !draft.Draft.Citations.IsDefaultOrEmpty && draft.Draft.Citations.Any(citation =>
        Clause.SentencesOf(citation.Quote).Any(sentence => LanguageDetector.IsRatherForeign(Disguise.Plain(sentence), draft.Policy.Languages)));

    private static bool IsForeign(string text, EscalationPolicy policy) => !policy.Languages.IsDefaultOrEmpty && LanguageDetector.IsForeign(text, policy.Languages);

    /// <summary>
    /// A price; money that no document speaks of, whatever for; and figures by the month or by the seat. Where list prices are answered, a documented
    /// price is one.
    /// </summary>
    private static bool SaysPrice(DraftInput draft) =>
        (draft.Policy.ListPricesAreAnswered ? draft.Own.Text : draft.All.Text) is var text && (NamesPrice(text) || BarePrices().IsMatch(text) || SpokenRates().IsMatch(text) || PriceTables().IsMatch(text))
        || Money().Matches(Plain(draft)).Concat(PerUnit().Matches(Plain(draft))).Any(match => !draft.Quoted.All.Contains(Quoted.Fold(match.Value), StringComparison.Ordinal));

    /// <summary>All words of the draft's own; a sentence that its quotes carry may have another currency.</summary>
    private static string Plain(DraftInput draft) => $"{Disguise.Plain(draft.Draft.Text)}\n{draft.Own.Text}";

    /// <summary>An address or number that neither the customer nor a document gave can only be someone else's, or made up.</summary>
    private static bool NamesSomeoneElse(DraftInput draft)
    {
        var text = $"{draft.Draft.Text}\n{draft.Own.Text}";
        var known = draft.Quoted.All + Quoted.Fold(Said(draft.Input));
        return Emails().Matches(text).Concat(Numbers().Matches(text)).Any(match => !known.Contains(Quoted.Fold(match.Value), StringComparison.Ordinal));
    }

    /// <summary>Figures and links carry the claims that hurt most when invented.</summary>
    private static bool SaysWhatNobodyWrote(DraftInput draft)
    {
        if (draft.Quoted.All.Length == 0)
            return false;
        var known = draft.Quoted.All + Quoted.Fold(Said(draft.Input));
        return draft.OwnSentences.Any(sentence =>
            Links().Matches(sentence).Concat(Figures().Matches(sentence)).Any(match => !known.Contains(Quoted.Fold(match.Value), StringComparison.Ordinal)));
    }

    private static string Said(ExchangeText input) =>
        string.Join("\n", input.Messages.Concat(input.History.IsDefault ? [] : input.History.Select(utterance => utterance.Text)));

    [GeneratedRegex(@"[.!?]\s+|\n+", RegexOptions.CultureInvariant)]
    private static partial Regex SentenceEnds();

    [GeneratedRegex(
        @"\p{Sc}\s?[0-9]|[0-9]\s?\p{Sc}|[0-9][0-9.,]*(?:\s?|-)(?:usd|eur|gbp|chf|cad|aud|inr|jpy|dollars?|euros?|pounds?|cents?|bucks|quid|francs?|rupees?|yen|pesos?)\b|\b(?:usd|eur|gbp|chf|cad|aud|inr|jpy)\s?[0-9]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|few|a|single)[ -](?:dollars?|euros?|pounds?|bucks?|quid|cents?|francs?|rupees?|yen|pesos?|fiver|tenner)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Money();

    // "It is 12.90" and "that is four ninety" name no money, and mean it.
    [GeneratedRegex(
        @"(?:\b(?:is|are|for|only|just|costs?|comes to)|\bthan(?!\s0)|(?<!\b(?:opens?|closes?|starts?|begins?|ends?|arrives?|leaves?) )\bat(?!\s0))\s[0-9]{1,5}[.,][0-9]{2}\b(?![.,]?[0-9%])|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty)\s(?:ninety|fifty|twenty|forty|sixty|seventy|eighty|thirty)(?:[ -](?:nine|five))?\b(?! (?:percent|degrees|minutes|days|hours))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex BarePrices();

    // "Vans are nineteen a day", "they pay two-fifty per employee".
    [GeneratedRegex(
        @"\b(?:is|are|be|pay|pays|paid|costs?|for|at|only|just|charge|rent|:)\s(?:\w+\s)?(?:[0-9]+(?:[.,][0-9]{2})?|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|(?:a )?hundred)(?:[- ](?:and )?(?:one|two|three|four|five|six|seven|eight|nine|ten|fifty|twenty|ninety|eighty))*)\s(?:a|an|per|each|every)\s(?:day|week|month|year|night|hour|person|head|employee|user|seat|child|guest|kg|km|mile|piece|item|gram|call|member)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SpokenRates();

    [GeneratedRegex(@"\|[ ]*(?:monthly|yearly|annual(?:ly)?|prices?|costs?|fees?|(?:price |cost )?(?:per|a) (?:month|year|seat|user))[ ]*\|[^\n]*\n(?:\|[^\n]*\n)*\|[^\n]*\|\s*[$€£]?[0-9]+(?:[.,][0-9]+)?\s*(?:\||$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex PriceTables();

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

    [GeneratedRegex(@"\b(?:search_knowledge_base|create_ticket|get_customer_history|escalate_to_human|send_response)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ToolNames();

    [GeneratedRegex(@"\b(?:sk|pk|rk)[-_](?:live|test|proj|ant)?[-_]?[A-Za-z0-9]{16,64}|-----BEGIN [A-Z ]{0,30}PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\b(?:OPENAI_API_KEY|DATABASE_URL|CLUSTER_SECRET|OPERATOR_KEY) ?= ?[^\s<\[{]{8,}", RegexOptions.CultureInvariant)]
    private static partial Regex Secrets();
}
