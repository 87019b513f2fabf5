namespace FteAgent.Cluster.Traces;

/// <summary>One step of a trace, as a silo has sent it.</summary>
/// <param name="Silo">Which silo did it.</param>
/// <param name="Source">Who traces.</param>
/// <param name="Name">What was done.</param>
/// <param name="TraceId">Whose story it belongs to, in hexadecimal digits.</param>
/// <param name="Id">Itself.</param>
/// <param name="Parent">What it is a part of; empty for a beginning.</param>
/// <param name="Links">The traces that it is linked to.</param>
internal sealed record Span(string Silo, string Source, string Name, string TraceId, string Id, string Parent, IReadOnlyList<string> Links);
