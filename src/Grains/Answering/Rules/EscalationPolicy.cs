using System.Collections.Immutable;

namespace FteAgent.Answering.Rules;

/// <summary>
/// When this deployment hands over. <see cref="Default"/> is the product's own promise; a handbook adds to it, narrows it
/// or lifts parts of it (<see cref="PolicyReader"/>).
/// </summary>
public sealed record EscalationPolicy
{
    /// <summary>Twice in a row below this a person comes, whatever a handbook says.</summary>
    public const double AlwaysUnhappyBelow = 0.3;

    /// <summary>The product's own rules, for deployments without a handbook.</summary>
    public static EscalationPolicy Default { get; } = new();

    /// <summary>Families that this deployment does not escalate on.</summary>
    public ImmutableHashSet<RuleFamily> Off { get; init; } = [];

    /// <summary>Families that wait to be named, and were.</summary>
    public ImmutableHashSet<RuleFamily> Named { get; init; } = [];

    /// <summary>Whether list prices may be answered from documents, so that only offers and negotiation need a person.</summary>
    public bool ListPricesAreAnswered { get; init; }

    /// <summary>Below this a single message is truly unhappy.</summary>
    public double SentimentThreshold { get; init; } = AlwaysUnhappyBelow;

    /// <summary>How many answers to one question the assistant gives before a person comes.</summary>
    public int AnswersBeforePerson { get; init; } = 1;

    /// <summary>Languages that are answered in; empty means any.</summary>
    public ImmutableArray<string> Languages { get; init; } = ["en"];

    /// <summary>Names of competitors.</summary>
    public ImmutableArray<string> Competitors { get; init; } = [];

    /// <summary>Phrases and topics of the handbook's own.</summary>
    public ImmutableArray<HandbookTrigger> Triggers { get; init; } = [];

    /// <summary>Topics that only people speak of.</summary>
    public ImmutableArray<HandbookTrigger> NeverTopics { get; init; } = [];

    /// <summary>Who should look at an escalation, by its reason, where it is not <see cref="EscalationRoute"/>'s.</summary>
    public ImmutableDictionary<EscalationReason, string> Routes { get; init; } = ImmutableDictionary<EscalationReason, string>.Empty;

    /// <summary>How a model words its answers.</summary>
    public AnswerTone Tone { get; init; }

    /// <summary>Lines of the handbook that were not understood, for whoever handed it in to see.</summary>
    public ImmutableArray<string> NotUnderstood { get; init; } = [];
}

/// <summary>A phrase or a topic that a handbook escalates on.</summary>
/// <param name="Source">The words of the handbook that it came from.</param>
/// <param name="Words">What must stand in one sentence. Each is one word or several that mean the same.</param>
/// <param name="InOrder">Whether the words are a phrase: next to each other and in order.</param>
/// <param name="Reason">Why a person is needed then.</param>
/// <param name="Urgency">How soon.</param>
/// <param name="Channel">The only channel it holds on; null is every one.</param>
public sealed record HandbookTrigger(
    string Source, ImmutableArray<ImmutableArray<string>> Words, bool InOrder, EscalationReason Reason, Urgency Urgency, string? Channel = null);
