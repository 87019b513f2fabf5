using System.Collections.Immutable;

namespace FteAgent.Answering.Rules;

/// <summary>Phrases and topics that only this deployment's handbook knows.</summary>
internal static class HandbookRules
{
    /// <summary>Any trigger of the handbook; the verdict carries the trigger's own reason.</summary>
    public static Rule Triggered { get; } = new("H.trigger", RuleFamily.Handbook, EscalationReason.Policy, Urgency.Normal)
    {
        Test = input => First(input) is not null,
    };

    /// <summary>The first trigger that holds.</summary>
    public static HandbookTrigger? First(RuleInput input)
    {
        foreach (var trigger in input.Policy.Triggers)
        {
            if (trigger.Channel is { } channel && !Channels.Same(channel, input.Text.Channel))
                continue;
            if (input.Messages.Any(message => Holds(trigger, message)))
                return trigger;
        }

        return null;
    }

    /// <summary>Whether a message says what a trigger listens for.</summary>
    public static bool Holds(HandbookTrigger trigger, Reading message) =>
        trigger.InOrder ? HoldsInOrder(trigger.Words, message) : HoldsInAnyOrder(trigger.Words, message);

    private static bool HoldsInOrder(ImmutableArray<ImmutableArray<string>> words, Reading message)
    {
        var tokens = message.Tokens;
        for (var start = 0; start + words.Length <= tokens.Length; start++)
        {
            var matched = 0;
            while (matched < words.Length && !tokens[start + matched].Quoted && tokens[start + matched].Sentence == tokens[start].Sentence && IsOneOf(tokens[start + matched].Word, words[matched]))
                matched++;
            if (matched == words.Length && !WordSenses.IsOther(tokens, start, words))
                return true;
        }

        return false;
    }

    private static bool HoldsInAnyOrder(ImmutableArray<ImmutableArray<string>> words, Reading message)
    {
        for (var sentence = 0; sentence < message.Sentences; sentence++)
        {
            var inSentence = message.Tokens.Where(token => token.Sentence == sentence && !token.Quoted).Select(token => token.Word).ToList();
            if (words.All(word => inSentence.Any(said => IsOneOf(said, word))))
                return true;
        }

        return false;
    }

    private static bool IsOneOf(string said, ImmutableArray<string> words) =>
        words.Contains(said) || words.Contains(Stem.Of(said));
}
