using System.Collections.Immutable;

namespace FteAgent.Answering;

/// <summary>What becomes of an exchange.</summary>
internal abstract record Decision(string Rule)
{
    /// <summary>An answer from the documents, or a courtesy.</summary>
    public sealed record Reply(string Text, ImmutableArray<Citation> Citations, string? Footer, string Rule) : Decision(Rule);

    /// <summary>A person is needed.</summary>
    public sealed record Escalate(EscalationReason Reason, Urgency Urgency, string Rule) : Decision(Rule);

    /// <summary>There was no text: ask for some.</summary>
    public sealed record AskForText(string Rule) : Decision(Rule);

    /// <summary>The customer says that it is solved: close it, verified.</summary>
    public sealed record Confirm(string Rule) : Decision(Rule);

    /// <summary>Say nothing: a person has or awaits this.</summary>
    /// <param name="Rule">Why.</param>
    /// <param name="Found">What would have called a person, were none awaited: whoever comes finds it noted.</param>
    public sealed record StaySilent(string Rule, Escalate? Found = null) : Decision(Rule);
}
