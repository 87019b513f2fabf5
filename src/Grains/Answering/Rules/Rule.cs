using FteAgent.Answering.Rules.Foreign;

namespace FteAgent.Answering.Rules;

/// <summary>One row of the table: what it is called, what follows, and the words it listens for.</summary>
/// <param name="Id">Stable: it stands in the record and in reports.</param>
/// <param name="Family">What a handbook turns off or narrows.</param>
/// <param name="Reason">Why a person is needed when it holds.</param>
/// <param name="Urgency">How soon.</param>
internal sealed record Rule(string Id, RuleFamily Family, EscalationReason Reason, Urgency Urgency)
{
    private readonly PhraseSet _foreign = ForeignPhrases.Of(Id);
    private readonly PhraseSet _unless = ForeignPhrases.ExceptionsOf(Id);

    /// <summary>The phrases it listens for, in English; those of other languages are <see cref="ForeignPhrases"/>.</summary>
    public PhraseSet When { get; init; } = PhraseSet.None;

    /// <summary>What the same sentence must not say: the product's own use of the word, a negation, someone else's matter.</summary>
    public PhraseSet Unless
    {
        get => _unless;
        init => _unless = value.With(ForeignPhrases.ExceptionsOf(Id));
    }

    /// <summary>What no phrase can say; asked after <see cref="When"/>.</summary>
    public Func<RuleInput, bool>? Test { get; init; }

    /// <summary>Whether it waits until a handbook names its family.</summary>
    public bool OnlyWhenNamed { get; init; }

    /// <summary>Whether the rule says that a person is needed.</summary>
    public bool Holds(RuleInput input)
    {
        foreach (var message in input.Messages.Concat(input.Disguised))
        {
            if (When.Matches(message, Unless))
                return true;
        }

        foreach (var message in input.Unaccented)
        {
            if (_foreign.Matches(message, Unless))
                return true;
        }

        return Test?.Invoke(input) ?? false;
    }

    /// <summary>The verdict when it holds.</summary>
    public RuleVerdict Verdict() => new(Id, Reason, Urgency);
}
