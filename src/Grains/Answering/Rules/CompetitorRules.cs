namespace FteAgent.Answering.Rules;

/// <summary>Competitors are neither judged nor compared by the assistant.</summary>
internal static class CompetitorRules
{
    private static readonly string[] WorkingTogether =
    [
        "integrate|integrates|integrating|integration|integrations|connect|connects|connecting|connection|connected|sync|syncs|syncing|synced|import|imports|importing|imported|export|exporting|link|linking|linked|embed|webhook|plugin|connector|token|api|ticket|tickets|zapier|migrate|migrating|migration|move|moving|transfer",
    ];

    private static readonly PhraseSet Together = new(WorkingTogether);

    private static readonly PhraseSet Weighing = new([
        "better|worse|cheaper|faster|compare|compares|compared|comparing|comparison|versus|vs|differ|differs|different|difference|alternative|alternatives|instead|over|than|advantage|advantages|switch|switching|switched|leaving|prefer|choose|evaluating|considering|competitive|competitor|competitors|match|beat|superior|looking|unlike|whereas|offers|offer",
    ]);

    /// <summary>A comparison is asked for, whoever with.</summary>
    public static Rule Compared { get; } = new("A4.competitor-compare", RuleFamily.Competitor, EscalationReason.Competitor, Urgency.Low)
    {
        When = new([
            "your|the|other|any|main|biggest|a|our competitor|competitors|competition|rivals|rival", "compare|compares|compared|comparison|stack|measure|differ|different ..2 to|with|against|up|from ..3 competitor|competitors|competition|others|other|alternatives|rivals|similar ..1", "why ..3 choose|pick|select|use|prefer|switch|go|buy|stay ..2 you|your|with ..2 over|instead|rather|versus|vs|compared|from", "what|how makes|are|is|sets you|your ..2 better|different|apart ..2 than|from|compared", "better|worse than|then ..1 other|others|competitors|alternatives|competing", "how ..2 do|does|would you|it|this|your ..3 compare|stack ..1 to|with|against|up",
        ]),
        Unless = new(["compare|comparison|different|difference|differ|better ..6 plan|plans|tier|tiers|version|versions|edition|editions", "competitor analysis|tracking|research|board|template|field|data|monitoring|list|project"]),
    };

    /// <summary>A competitor that the handbook names, weighed against us or simply named; connecting to it is another matter.</summary>
    public static Rule Named { get; } = new("A4.competitor", RuleFamily.Competitor, EscalationReason.Competitor, Urgency.Low)
    {
        Test = input => !input.Policy.Competitors.IsDefaultOrEmpty && input.Messages.Any(message => IsNamed(message, input.Policy)),
    };

    private static bool IsNamed(Reading message, EscalationPolicy policy) =>
        policy.Competitors.Any(name => new PhraseSet([PhraseText.Literal(name)]).Matches(message))
        && (!Together.Matches(message) || Weighing.Matches(message));
}
