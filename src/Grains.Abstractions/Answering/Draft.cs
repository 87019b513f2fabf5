using System.Collections.Immutable;

namespace FteAgent.Answering;

/// <summary>What the assistant proposes for one exchange. Rules decide whether it is sent.</summary>
/// <param name="Text">The proposed answer, plain text; empty when there is none.</param>
/// <param name="Citations">The quotes that carry the answer; none means that no evidence was found.</param>
/// <param name="Confidence">The chance, 0 to 1, that the evidence answers the question.</param>
/// <param name="NeedsPerson">The reason the model itself gives for handing over, if it does.</param>
/// <param name="Failure">What kept the assistant from drafting at all (for operators; holds no customer text).</param>
/// <param name="Searches">How many searches were made.</param>
/// <param name="Model">Which model wrote it, with its version.</param>
[GenerateSerializer, Immutable, Alias("fte.draft")]
public sealed record Draft(
    [property: Id(0)] string Text,
    [property: Id(1)] ImmutableArray<Citation> Citations,
    [property: Id(2)] double Confidence,
    [property: Id(3)] EscalationReason? NeedsPerson = null,
    [property: Id(4)] string? Failure = null,
    [property: Id(5)] int Searches = 0,
    [property: Id(6)] string Model = "")
{
    /// <summary>Each sentence of the text with its citations; default where the model does not tell, as one that only quotes.</summary>
    [Id(7)]
    public ImmutableArray<DraftSentence> Sentences { get; init; }

    /// <summary>What the customer wants, in a word or two of the model's; null where it does not tell.</summary>
    [Id(8)]
    public string? Intent { get; init; }

    /// <summary>What the model's calls for this draft came to; null where there were none.</summary>
    [Id(9)]
    public ModelUse? Use { get; init; }

    /// <summary>What the model takes the matter at hand for; null where it does not say.</summary>
    [Id(10)]
    public DraftMatter? Matter { get; init; }

    /// <summary>Whether it quotes a sentence that another page contradicts, of which neither is newer.</summary>
    [Id(12)]
    public bool IsDisputed { get; init; }

    /// <summary>How soon the model says that the person is needed; null where it does not say.</summary>
    [Id(13)]
    public Urgency? Urgency { get; init; }

    /// <summary>Whether it quotes a paragraph in which something is written for a machine: whoever slips words into a page seldom marks all of them so.</summary>
    [Id(14)]
    public bool IsTampered { get; init; }

    /// <summary>No words: the rules settle this exchange without any.</summary>
    public static Draft None { get; } = new("", [], 0);

    /// <summary>The assistant could not draft.</summary>
    public static Draft Failed(string cause) => new("", [], 0, Failure: cause);
}

/// <summary>A sentence of a draft.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Citations">Which of the draft's citations carry it, counted from 0; none where it claims nothing.</param>
[GenerateSerializer, Immutable, Alias("fte.draft-sentence")]
public sealed record DraftSentence([property: Id(0)] string Text, [property: Id(1)] ImmutableArray<int> Citations);

/// <summary>What a draft used.</summary>
/// <param name="Calls">How many calls were answered.</param>
/// <param name="InputTokens">Tokens that were sent, those from a cache among them.</param>
/// <param name="CachedTokens">Of them: read from the provider's cache.</param>
/// <param name="OutputTokens">Tokens that were written.</param>
/// <param name="CostMicros">The price in millionths of the currency in which the prices are set.</param>
[GenerateSerializer, Immutable, Alias("fte.model-use")]
public sealed record ModelUse(
    [property: Id(0)] int Calls, [property: Id(1)] long InputTokens, [property: Id(2)] long CachedTokens, [property: Id(3)] long OutputTokens,
    [property: Id(4)] long CostMicros)
{
    /// <summary>Both together.</summary>
    public static ModelUse? Sum(ModelUse? one, ModelUse? other) => one is null || other is null
        ? one ?? other
        : new(
            one.Calls + other.Calls, one.InputTokens + other.InputTokens, one.CachedTokens + other.CachedTokens, one.OutputTokens + other.OutputTokens,
            one.CostMicros + other.CostMicros);
}

/// <summary>What a model takes the matter at hand for. It sorts that ticket where nobody has yet, and opens none; the subject stays the customer's.</summary>
[GenerateSerializer, Immutable, Alias("fte.draft-matter")]
public sealed record DraftMatter([property: Id(0)] string Subject, [property: Id(1)] Tickets.TicketCategory Category, [property: Id(2)] Tickets.TicketPriority Priority);
