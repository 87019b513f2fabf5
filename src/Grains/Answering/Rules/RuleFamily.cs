namespace FteAgent.Answering.Rules;

/// <summary>What a rule is about. A deployment's handbook turns families on and off or narrows them.</summary>
public enum RuleFamily
{
    /// <summary>A breach, a leak, a vulnerability, an account taken over.</summary>
    Security,

    /// <summary>Lawyers, courts, formal notices.</summary>
    Legal,

    /// <summary>Requests under a privacy law.</summary>
    Privacy,

    /// <summary>A person is asked for.</summary>
    Person,

    /// <summary>Attempts to steer the assistant or to learn its internals.</summary>
    Internals,

    /// <summary>Money back.</summary>
    Refund,

    /// <summary>A wrong or disputed charge.</summary>
    BillingDispute,

    /// <summary>What it costs, or a better price.</summary>
    Pricing,

    /// <summary>Lost or damaged data.</summary>
    DataLoss,

    /// <summary>The account's owner has gone.</summary>
    Ownership,

    /// <summary>The fix that was given did not help.</summary>
    Engineering,

    /// <summary>Profanity, insults, threats.</summary>
    Aggression,

    /// <summary>Asked before, not solved.</summary>
    Repeat,

    /// <summary>Truly unhappy: sentiment below the threshold.</summary>
    Sentiment,

    /// <summary>Competitors are named or compared.</summary>
    Competitor,

    /// <summary>A language that is not answered in.</summary>
    Language,

    /// <summary>Certificates, audits, where data is stored. Only where a handbook names it.</summary>
    Compliance,

    /// <summary>The service is down for everyone. Only where a handbook names it.</summary>
    Outage,

    /// <summary>The subscription is to be ended. Only where a handbook names it.</summary>
    Cancellation,

    /// <summary>A threat to leave. Only where a handbook names it.</summary>
    Churn,

    /// <summary>A threat of a bad review. Only where a handbook names it.</summary>
    PublicReview,

    /// <summary>A phrase or topic of the handbook's own.</summary>
    Handbook,
}
