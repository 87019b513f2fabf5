namespace FteAgent.Answering.Rules;

/// <summary>Which families of rules the words of a handbook are about. These are the words of whoever writes handbooks, not of customers.</summary>
internal static class HandbookFamilies
{
    private static readonly (RuleFamily Family, PhraseSet Words)[] Families =
    [
        (RuleFamily.Security, new([
            "hack*|breach|breaches|breached|compromis*|unauthorized|phishing|vulnerabilit*|malware|fraud|takeover",
            "security ..1 incident|incidents|issue|issues|concern|concerns|report|reports|breach|threat|vulnerability",
            "account security",
            "suspicious ..2 login|activity|access",
            "stolen",
        ])),
        (RuleFamily.Legal, new([
            "legal|lawyer*|attorney*|lawsuit*|litigation|sue|suing|court|subpoena*|regulator*|regulatory|contract|contracts",
            "terms of service",
            "formal notice",
        ])),
        (RuleFamily.Privacy, new(["gdpr|ccpa|dpa|privacy|erasure|forgotten", "data ..1 subject|deletion|protection|processing", "right|rights to"])),
        (RuleFamily.Compliance, new([
            "compliance|soc|hipaa|soc2|iso|fedramp|certification*|residency",
            "security audit|audits|questionnaire*|review*",
        ])),
        (RuleFamily.Person, new(["human|humans|person|operator|supervisor", "speak|talk to", "real person", "live agent", "human request*|agent"])),
        (RuleFamily.Refund, new(["refund*|reimburse*|money", "charge back|backs"])),
        (RuleFamily.BillingDispute, new([
            "billing ..1 dispute*|error*|issue*|problem*",
            "charge|charged|charges ..1 dispute*|contest*|incorrect*|wrong*",
            "payment dispute*",
            "incorrect* charged|charge|charges",
        ])),
        (RuleFamily.Pricing, new(["price|prices|pricing|discount*|quote*|cost|costs|negotiat*|quotation", "how much"])),
        (RuleFamily.DataLoss, new([
            "data ..2 loss|lost|corrupt*|integrity|missing|gone",
            "lost|missing|deleted|corrupted ..1 data|files|records|work|cards|tasks|boards|projects",
        ])),
        (RuleFamily.Ownership, new(["ownership", "owner|owners ..4 change|transfer|left", "change|transfer ..4 owner|owners"])),
        (RuleFamily.Aggression, new(["profan*|abus*|swear*|insult*|aggressi*|hostile|threatening|harass*|offensive", "personal attack*"])),
        (RuleFamily.Sentiment, new(["sentiment|angry|anger|furious|frustrat*|upset|unhappy|caps"])),
        (RuleFamily.Repeat, new([
            "repeat*|unanswered",
            "follow ups|up",
            "# or? more messages|messages|follow",
            "multiple failed attempts",
            "already asked",
        ])),
        (RuleFamily.Competitor, new([
            "competitor*|competing|competition|rival* ..1 product*|name*|inquir*|compar*|mention*|question*|discuss*|$",
            "competitor|competitors ..6 asked|mentioned|named|discussed",
            "about|mentions|mention|names|discuss|compares|compare|comparison|comparisons ..3 competitor*|rival*",
        ])),
        (RuleFamily.Language, new([
            "foreign|unsupported|other|another|non|different ..1 language|languages|english",
            "not ..4 english",
            "language|languages ..1 not|barrier|support|other",
            "multilingual|translation|translate",
        ])),
        (RuleFamily.Internals, new(["prompt injection|prompt", "internal systems|information|processes", "system prompt"])),
        (RuleFamily.Outage, new(["outage*|downtime", "service|system|production ..3 down|unavailable|outage"])),
        (RuleFamily.Cancellation, new(["cancellation*|unsubscribe", "cancel|canceling ..2 subscription*|account*|plan*|order*"])),
        (RuleFamily.Churn, new(["churn", "threat*|threaten* ..3 leave|cancel|switch|leaving", "threats to ..2 cancel|leave|switch"])),
        (RuleFamily.PublicReview, new(["public|negative|bad|social ..2 review*|media"])),
        (RuleFamily.Engineering, new(["persists after", "troubleshooting ..3 failed|fail*", "fix ..3 not|failed|fails"])),
    ];

    /// <summary>The families that a text names, the weightiest first.</summary>
    public static IReadOnlyList<RuleFamily> Of(string text)
    {
        var read = Reading.Of(text);
        return [.. Families.Where(entry => entry.Words.Matches(read)).Select(entry => entry.Family)];
    }

    /// <summary>The reason that stands on an escalation of a family.</summary>
    public static EscalationReason Reason(RuleFamily family) => family switch
    {
        RuleFamily.Security => EscalationReason.Security,
        RuleFamily.Legal or RuleFamily.Compliance => EscalationReason.Legal,
        RuleFamily.Privacy => EscalationReason.Privacy,
        RuleFamily.Person => EscalationReason.PersonRequested,
        RuleFamily.Internals => EscalationReason.Internals,
        RuleFamily.Refund => EscalationReason.RefundRequest,
        RuleFamily.BillingDispute => EscalationReason.BillingDispute,
        RuleFamily.Pricing => EscalationReason.PricingInquiry,
        RuleFamily.DataLoss => EscalationReason.DataLoss,
        RuleFamily.Ownership or RuleFamily.Cancellation => EscalationReason.AccountChange,
        RuleFamily.Engineering or RuleFamily.Outage => EscalationReason.Engineering,
        RuleFamily.Aggression => EscalationReason.Aggression,
        RuleFamily.Repeat => EscalationReason.RepeatedQuestion,
        RuleFamily.Sentiment or RuleFamily.Churn or RuleFamily.PublicReview => EscalationReason.NegativeSentiment,
        RuleFamily.Competitor => EscalationReason.Competitor,
        RuleFamily.Language => EscalationReason.LanguageNotSupported,
        _ => EscalationReason.Policy,
    };

    /// <summary>How soon a person is needed for a family.</summary>
    public static Urgency Urgency(RuleFamily family) => family switch
    {
        RuleFamily.Security or RuleFamily.Outage => Answering.Urgency.Urgent,
        RuleFamily.Legal or RuleFamily.Privacy or RuleFamily.DataLoss or RuleFamily.Aggression or RuleFamily.Sentiment => Answering.Urgency.High,
        _ => Answering.Urgency.Normal,
    };
}
