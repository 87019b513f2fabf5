namespace FteAgent.Answering;

/// <summary>
/// Why a person is needed. On the wire and in the record each is written in snake case
/// (<c>pricing_inquiry</c>, <c>no_evidence</c>).
/// </summary>
public enum EscalationReason
{
    /// <summary>The customer asked for a person, in any words.</summary>
    PersonRequested,

    /// <summary>The customer asks what something costs, or for a discount.</summary>
    PricingInquiry,

    /// <summary>The customer wants money back.</summary>
    RefundRequest,

    /// <summary>A lawyer, a court or a threat of one is named.</summary>
    Legal,

    /// <summary>Insult, profanity or a threat.</summary>
    Aggression,

    /// <summary>Sentiment below 0.3 (scale 0–1).</summary>
    NegativeSentiment,

    /// <summary>The same question again after an answer.</summary>
    RepeatedQuestion,

    /// <summary>A breach, a leak, a vulnerability, or an account taken over.</summary>
    Security,

    /// <summary>A request under a privacy law: erasure, export, consent.</summary>
    Privacy,

    /// <summary>The customer asks us to judge or compare a competitor.</summary>
    Competitor,

    /// <summary>The customer asks for our internals, or tries to steer the assistant.</summary>
    Internals,

    /// <summary>The customer reports lost or damaged data.</summary>
    DataLoss,

    /// <summary>A charge is wrong or disputed.</summary>
    BillingDispute,

    /// <summary>A thing only a person may do: ownership, contracts, exceptions to the rules.</summary>
    AccountChange,

    /// <summary>A failure that only engineers can mend, after the known fix did not help.</summary>
    Engineering,

    /// <summary>Nothing relevant in the documents; they were searched a second time where the question can be put in another way.</summary>
    NoEvidence,

    /// <summary>The message is in a language that this deployment does not answer in.</summary>
    LanguageNotSupported,

    /// <summary>There was no text to read, more than once.</summary>
    UnableToParseMessage,

    /// <summary>The machine failed: the model was down, slow, or made no sense.</summary>
    ServiceUnavailable,

    /// <summary>A rule of this deployment's own.</summary>
    Policy,
}
