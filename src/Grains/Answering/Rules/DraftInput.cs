using System.Collections.Immutable;
using FteAgent.Answering.Rules.Claims;

namespace FteAgent.Answering.Rules;

/// <summary>A draft read once for all rules.</summary>
/// <param name="Draft">The draft.</param>
/// <param name="Input">What was asked.</param>
/// <param name="Policy">The deployment's policy.</param>
/// <param name="Quoted">The quoted words.</param>
/// <param name="Support">What the quotes carry.</param>
/// <param name="Said">What was asked, read.</param>
/// <param name="OwnSentences">Its sentences that do not stand in a quote, as they were written.</param>
/// <param name="Own">Those of them that no quote carries, read.</param>
/// <param name="All">All that the customer would see, quotes and their titles too, read.</param>
internal sealed record DraftInput(
    Draft Draft, ExchangeText Input, EscalationPolicy Policy, Quoted Quoted, Support Support, Clause Said, ImmutableArray<string> OwnSentences, DraftReading Own, DraftReading All)
{
    /// <summary>Whether no document of this deployment has to say anything in another language.</summary>
    public bool IsInEnglishOnly => Policy.Languages is ["en"];
}

/// <summary>One row of the table of what a draft must not say.</summary>
/// <param name="Id">Stable: it stands in the record and in reports.</param>
/// <param name="Reason">Why a person is needed then.</param>
/// <param name="Urgency">How soon.</param>
/// <param name="IsBroken">Whether the draft says it.</param>
internal sealed record DraftRule(string Id, EscalationReason Reason, Urgency Urgency, Func<DraftInput, bool> IsBroken)
{
    /// <summary>The verdict when it is broken.</summary>
    public RuleVerdict Verdict() => new(Id, Reason, Urgency);
}
