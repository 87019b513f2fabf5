using System.Collections.Immutable;
using FteAgent.Knowledge;

namespace FteAgent.Answering;

/// <summary>Writes a draft from evidence. The port that a language model, or the built-in extractive assistant, stands behind.</summary>
public interface IChatModel
{
    /// <summary>The model's name and version, recorded with each answer.</summary>
    string Name { get; }

    /// <summary>
    /// Drafts an answer from the evidence given and nothing else. Returns a draft without citations when the evidence
    /// does not answer; throws when the model cannot be reached or makes no sense.
    /// </summary>
    Task<Draft> Draft(DraftRequest request, CancellationToken cancellationToken);
}

/// <summary>What a model is given to answer from.</summary>
/// <param name="Question">The messages of this exchange, oldest first, as the customer wrote them.</param>
/// <param name="History">What was said before, oldest first.</param>
/// <param name="Evidence">The best chunks found, best first.</param>
public sealed record DraftRequest(
    ImmutableArray<string> Question,
    ImmutableArray<Utterance> History,
    SearchResult Evidence);

/// <summary>One earlier utterance, as a model sees it.</summary>
/// <param name="FromCustomer">Whether the customer said it; else the assistant or an operator.</param>
/// <param name="Text">The words.</param>
[GenerateSerializer, Immutable, Alias("fte.utterance")]
public sealed record Utterance([property: Id(0)] bool FromCustomer, [property: Id(1)] string Text);
