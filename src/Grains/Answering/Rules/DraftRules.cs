using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace FteAgent.Answering.Rules;

/// <summary>
/// What a draft must not say, whoever wrote it. Words that stand in a cited document are the company's own and may be
/// said, except prices where the policy keeps them for a person.
/// </summary>
internal static partial class DraftRules
{
    private static readonly PhraseSet PriceTalk = new([
        "price|prices|priced|pricing|cost|costs|fee|fees|charge|charges|charged|subscription|plan|plans|tier|billed|month|monthly|year|yearly|annual|annually|seat|user|discount|upgrade",
    ]);

    private static readonly PhraseSet Offers = new([
        "discount|discounts|discounted ..6",
        "% off",
        "special|better|lower|custom ..1 price|pricing|rate|deal|offer",
        "free ..1 month|months|upgrade",
        "waive|waived",
        "coupon|promo|voucher ..1 code?",
    ]);

    private static readonly PhraseSet Refunds = new([
        "refund|refunded|refunds ..6 processed|issued|approved|initiated|completed|sent|given|made",
        "i|we ..4 refund|refunded|reimburse|reimbursed|credit|credited ..4",
        "processed|issued|approved|initiated ..3 refund|refunds|credit|reimburse",
        "you ..2 will|are|should ..3 refunded|refund|reimbursed|eligible ..4",
        "eligible|entitled ..3 refund|credit|compensation",
        "your refund",
    ]);

    private static readonly PhraseSet Promises = new([
        "i|we ..2 promise|guarantee|guaranteed|assure|commit ..2",
        "guaranteed to",
        "will be ..2 fixed|released|available|shipped|resolved|restored|delivered ..2 by|on|in|within|next|soon|tomorrow|today|this",
        "coming soon|next|in ..3",
        "on our|the roadmap",
        "next|upcoming|future|planned release|version|update|sprint ..3",
        "we ..1 are|will ..2 releasing|release|launching|launch|adding|add|building|build|planning|plan|shipping|ship ..2",
        "will ..2 release|launch|ship ..2 soon|next|in|by",
        "i|we have ..2 fixed|deleted|changed|updated|reset|canceled|upgraded|downgraded|transferred|restored|escalated|removed|added|created|processed|issued|approved|extended ..2",
        "i|we will ..2 make|ensure ..4 never|always",
        "100 % secure|safe|uptime|guaranteed|accurate",
        "never happen again",
        "i|we will ..3 compensate|credit|pay",
    ]);

    private static readonly PhraseSet Internals = new([
        "system|hidden|initial|developer prompt|instructions|message",
        "my|our instructions|guidelines|prompt|programming|guardrails|training",
        "i ..1 was|am ..2 told|instructed|programmed|configured|trained|prompted|not ..1 allowed to|by|not|as|on",
        "as an ai language? model",
        "language model",
        "internal ..1 policy|policies|document|documents|notes|use|guidelines|tool|tools|system|systems|only|discount",
        "stack trace|traceback|nullreferenceexception|unhandled exception",
    ]);

    /// <summary>The first rule that the draft breaks.</summary>
    public static RuleVerdict? First(Draft draft, ExchangeText input, EscalationPolicy policy)
    {
        if (string.IsNullOrWhiteSpace(draft.Text))
            return null;
        var cited = Documented(draft);
        var own = Reading.Of(draft.Text);
        var ownSentences = Undocumented(draft.Text, cited);
        var undocumented = Reading.Of(string.Join("\n", ownSentences));
        if (ToolNames().IsMatch(draft.Text) || Secrets().IsMatch(draft.Text) || Internals.Matches(undocumented))
            return new("A4.draft-internals", EscalationReason.Internals, Urgency.Normal);
        if (NamesSomeoneElse(draft.Text, cited, input))
            return new("A4.draft-other-customer", EscalationReason.Privacy, Urgency.High);
        if (Refunds.Matches(undocumented))
            return new("A4.draft-refund", EscalationReason.RefundRequest, Urgency.Normal);
        if (Offers.Matches(undocumented) || SaysPrice(policy.ListPricesAreAnswered ? ownSentences : [draft.Text]))
            return new("A4.draft-price", EscalationReason.PricingInquiry, Urgency.Normal);
        if (Promises.Matches(undocumented))
            return new("A4.draft-promise", EscalationReason.Policy, Urgency.Normal);
        if (!policy.Competitors.IsDefaultOrEmpty && policy.Competitors.Any(name => new PhraseSet([PhraseText.Literal(name)]).Matches(undocumented)) && own.Tokens.Length > 0)
            return new("A4.draft-competitor", EscalationReason.Competitor, Urgency.Low);
        if (SaysWhatNobodyWrote(ownSentences, cited, input))
            return new("A3.draft-unsupported", EscalationReason.NoEvidence, Urgency.Normal);
        if (NeverTopics.First(draft.Text, policy) is { } topic)
            return new(NeverTopics.DraftRule, topic.Reason, topic.Urgency);
        if (Uncited.Holds(draft, input))
            return new("A3.draft-uncited", EscalationReason.NoEvidence, Urgency.Normal);
        return null;
    }

    /// <summary>The quoted words, folded so that line breaks and spacing do not matter.</summary>
    private static string Documented(Draft draft) =>
        draft.Citations.IsDefaultOrEmpty ? "" : Folded(string.Join("\n", draft.Citations.Select(citation => $"{citation.Title}\n{citation.Heading}\n{citation.Quote}\n{citation.Url}")));

    private static ImmutableArray<string> Undocumented(string text, string cited) =>
        [.. SentenceEnds().Split(text).Where(sentence => Folded(sentence) is { Length: > 0 } folded && !cited.Contains(folded, StringComparison.Ordinal))];

    private static bool SaysPrice(IEnumerable<string> sentences) =>
        sentences.SelectMany(sentence => SentenceEnds().Split(sentence)).Any(sentence => Money().IsMatch(sentence) && PriceTalk.Matches(Reading.Of(sentence)));

    /// <summary>An address or number that neither the customer nor a document gave can only be someone else's, or made up.</summary>
    private static bool NamesSomeoneElse(string text, string cited, ExchangeText input)
    {
        var known = cited + Folded(Said(input));
        return Emails().Matches(text).Concat(Phones().Matches(text)).Any(match => !known.Contains(Folded(match.Value), StringComparison.Ordinal));
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

    [GeneratedRegex(@"[$€£₹¥]\s?[0-9]|[0-9][0-9.,]*\s?(?:usd|eur|gbp|dollars?|euros?|pounds?|cents?)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Money();

    [GeneratedRegex(@"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", RegexOptions.CultureInvariant)]
    private static partial Regex Emails();

    [GeneratedRegex(@"\+[0-9][0-9 ()-]{7,16}[0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex Phones();

    [GeneratedRegex(@"https?://[^\s)>\]""']{1,300}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Links();

    [GeneratedRegex(@"(?<![\w.])[0-9]{2,9}(?:[.,][0-9]{1,9})?\s?(?:%|gb|mb|tb|kb|hours?|days?|weeks?|months?|minutes?|seconds?|users?|requests?)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Figures();

    [GeneratedRegex(@"\b(?:search_knowledge_base|create_ticket|get_customer_history|escalate_to_human|send_response)\b", RegexOptions.CultureInvariant)]
    private static partial Regex ToolNames();

    [GeneratedRegex(@"\b(?:sk|pk|rk)[-_](?:live|test|proj|ant)?[-_]?[A-Za-z0-9]{16,64}|-----BEGIN [A-Z ]{0,30}PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\b(?:OPENAI_API_KEY|DATABASE_URL|CLUSTER_SECRET|OPERATOR_KEY) ?= ?[^\s<\[{]{8,}", RegexOptions.CultureInvariant)]
    private static partial Regex Secrets();
}
