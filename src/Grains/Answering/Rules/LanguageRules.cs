namespace FteAgent.Answering.Rules;

/// <summary>Languages that this deployment does not answer in.</summary>
internal static class LanguageRules
{
    /// <summary>Every message that can be told is in another language.</summary>
    public static Rule Foreign { get; } = new("A5.language", RuleFamily.Language, EscalationReason.LanguageNotSupported, Urgency.Normal)
    {
        Test = input => !input.Policy.Languages.IsDefaultOrEmpty
            && LanguageDetector.IsForeign(string.Join("\n", input.Text.Messages), input.Policy.Languages),
    };
}
