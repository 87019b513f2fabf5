using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Knowledge;

namespace FteAgent.Answering;

/// <summary>Writes a draft from evidence. The port that a language model, or the built-in extractive assistant, stands behind.</summary>
/// <remarks>A model's word never acts: all that it brings about is the draft, which rules decide on and one commit makes true.</remarks>
public interface IChatModel
{
    /// <summary>The model's name and version, recorded with each answer.</summary>
    string Name { get; }

    /// <summary>Whether what it is given leaves this deployment. Then addresses, numbers and secrets in the customer's words are masked before.</summary>
    bool LeavesTheDeployment => false;

    /// <summary>
    /// Drafts an answer from the evidence given, or found with <paramref name="tools"/>, and nothing else. Returns a draft without citations when
    /// the evidence does not answer.
    /// </summary>
    /// <exception cref="ModelUnavailableException">It cannot be had, and asking again at once is of no use.</exception>
    Task<Draft> Draft(DraftRequest request, IDraftTools tools, CancellationToken cancellationToken);
}

/// <summary>What a model is given to answer from.</summary>
/// <param name="Question">The messages of this exchange, oldest first, as the customer wrote them.</param>
/// <param name="History">What was said before, oldest first.</param>
/// <param name="Evidence">The best chunks found, best first.</param>
public sealed record DraftRequest(
    ImmutableArray<string> Question,
    ImmutableArray<Utterance> History,
    SearchResult Evidence)
{
    /// <summary>Whose money is spent. It is for the accounts and is not shown to a model.</summary>
    public CustomerId Customer { get; init; }

    /// <summary>For which exchange. It is for the accounts and is not shown to a model.</summary>
    public ExchangeId Exchange { get; init; }

    /// <summary>The channel's name, such as <c>web</c>, <c>email</c>, <c>whatsapp</c>: how long an answer may be, and how formal.</summary>
    public string Channel { get; init; } = "web";

    /// <summary>How the answer is worded.</summary>
    public AnswerTone Tone { get; init; }

    /// <summary>Whether list prices may be said. Where they may not, an answer that names one reaches a person instead of the customer.</summary>
    public bool PricesMayBeSaid { get; init; }

    /// <summary>What was wrong with the draft before this one, in a sentence; null at the first.</summary>
    public string? Fault { get; init; }

    /// <summary>Cancelled when the model's own time is over, and not where the customer wrote again: then it was too slow.</summary>
    public CancellationToken TimeIsOver { get; init; }
}

/// <summary>One earlier utterance, as a model sees it.</summary>
/// <param name="FromCustomer">Whether the customer said it; else the assistant or an operator.</param>
/// <param name="Text">The words.</param>
[GenerateSerializer, Immutable, Alias("fte.utterance")]
public sealed record Utterance([property: Id(0)] bool FromCustomer, [property: Id(1)] string Text);
