namespace FteAgent.Answering.Rules;

/// <summary>Competitors are neither judged nor compared by the assistant.</summary>
internal static class CompetitorRules
{
    private static readonly string[] WorkingTogether =
    [
        "integra*|connect*|conect*|sync*|import*|export*|link|links|linking|linked|embed*|webhook|webhooks|plugin*|token|api|zapier|migrat*|move|moving|transfer*",
    ];

    private static readonly PhraseSet Together = new(WorkingTogether);

    private static readonly PhraseSet Weighing = new([
        "better|worse|cheaper|faster|compare|compares|compared|comparing|comparison|versus|vs|differ|differs|different|difference|alternative|alternatives|instead|over|than|advantage|advantages|switch|switching|switched|leaving|prefer|choose|evaluating|considering|competitive|competitor|competitors|match|beat|superior|looking|unlike|whereas|offers|offer",
    ]);

    /// <summary>A comparison is asked for, whoever with.</summary>
    public static Rule Compared { get; } = new("A4.competitor-compare", RuleFamily.Competitor, EscalationReason.Competitor, Urgency.Low)
    {
        When = new([
            "your|the|other|any|main|biggest|a|our competitor|competitors|competition|rivals|rival",
            "compare|compares|compared|comparison|stack|measure|differ|different ..2 to|with|against|up|from ..3 competitor|competitors|competition|others|other|alternatives|rivals|similar ..1",
            "why ..3 choose|pick|select|use|prefer|switch|go|buy|stay ..2 you|your|with ..2 over|instead|rather|versus|vs|compared|from",
            "what|how makes|are|is|sets you|your ..2 better|different|apart ..2 than|from|compared",
            "better|worse than|then ..1 other|others|competitors|alternatives|competing",
            "how ..2 do|does|would you|it|this|your ..3 compare|stack ..1 to|with|against|up",
        ]),
        Unless = new([
            "compare|comparison|different|difference|differ|better ..6 plan|plans|tier|tiers|version|versions|edition|editions",
            "competitor analysis|tracking|research|board|template|field|data|monitoring|list|project",
        ]),
    };

    /// <summary>A competitor that the handbook names, weighed against us or simply named; connecting to it is another matter.</summary>
    public static Rule Named { get; } = new("A4.competitor", RuleFamily.Competitor, EscalationReason.Competitor, Urgency.Low)
    {
        Test = input => !input.Policy.Competitors.IsDefaultOrEmpty && input.Messages.Any(message => IsNamed(message, input.Policy)),
    };

    private static bool IsNamed(Reading message, EscalationPolicy policy) =>
        policy.Competitors.Any(name => Names(message, name))
        && (!Together.Matches(message) || Weighing.Matches(message));

    /// <summary>A name of one word may be an everyday word too ("linear", "notion"): then it counts where it is written as a name.</summary>
    private static bool Names(Reading message, string name)
    {
        var words = Reading.Of(name).Tokens;
        for (var start = 0; start + words.Length <= message.Tokens.Length; start++)
        {
            var at = 0;
            while (at < words.Length && message.Tokens[start + at].Word == words[at].Word)
                at++;
            if (at == words.Length && (message.Tokens[start].Capital || words.Length > 1 || !message.HasCapitals))
                return true;
        }

        return false;
    }
}
