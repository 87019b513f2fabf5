using System.Collections.Immutable;

namespace FteAgent.Answering;

/// <summary>The language models of a deployment, in the order in which they are asked. Without any, the documents are quoted.</summary>
/// <param name="Models">The models.</param>
/// <param name="FallsBackToQuotes">Whether the documents are quoted where none of them can be had; else a person comes.</param>
public sealed record ConfiguredModels(ImmutableArray<IChatModel> Models, bool FallsBackToQuotes);
