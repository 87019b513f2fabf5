namespace FteAgent.Operators;

/// <summary>A person of the support team.</summary>
/// <param name="Id">The operator.</param>
/// <param name="Name">The name that customers see.</param>
[GenerateSerializer, Immutable, Alias("fte.operator")]
public sealed record Operator([property: Id(0)] Guid Id, [property: Id(1)] string Name);
