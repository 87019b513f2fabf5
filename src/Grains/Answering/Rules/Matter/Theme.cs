namespace FteAgent.Answering.Rules.Matter;

/// <summary>A matter that a document may be about, and that has no business in one that is not.</summary>
/// <param name="Rule">The rule that a sentence breaks which brings it up.</param>
/// <param name="Reason">Why a person is needed then.</param>
/// <param name="Urgency">How soon.</param>
/// <param name="Raising">Words that bring it up in a question or a title: then a document may speak of it.</param>
/// <param name="Saying">What a sentence says that brings it up unasked.</param>
/// <param name="Unless">What a sentence says that takes it back.</param>
internal sealed record Theme(string Rule, EscalationReason Reason, Urgency Urgency, PhraseSet Raising, PhraseSet Saying, PhraseSet? Unless = null)
{
    /// <summary>Whether "if your card was declined" brings it up as well: what may be so is no promise.</summary>
    public bool HoldsOfConditions { get; init; } = true;

    /// <summary>Whether a sentence that goes on with the page's matter may say it: what a machine has to do, and who somebody is, belongs to none.</summary>
    public bool MayGoOn => Reason is not (EscalationReason.Internals or EscalationReason.Privacy);

    /// <summary>What else shows that a sentence brings it up: marks that are no words, or how its words are put together.</summary>
    public Predicate<string> Shows { get; init; } = _ => false;

    /// <summary>Whether a sentence says something of it.</summary>
    /// <param name="read">The sentence.</param>
    /// <param name="stated">What it says of no condition.</param>
    public bool Says(Reading read, Reading stated) => Saying.Matches(HoldsOfConditions ? read : stated, Unless ?? PhraseSet.None);

    /// <summary>The verdict on whoever brings it up unasked.</summary>
    public RuleVerdict Verdict() => new(Rule, Reason, Urgency);
}
