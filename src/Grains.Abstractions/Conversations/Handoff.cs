using FteAgent.Operators;

namespace FteAgent.Conversations;

/// <summary>A person has the conversation; the assistant is silent until it is handed back.</summary>
/// <param name="By">Who has it.</param>
/// <param name="Since">Since when.</param>
/// <param name="ReplyDue">When the customer, who wrote and waits, should have an answer, by business hours; null while nothing waits.</param>
[GenerateSerializer, Immutable, Alias("fte.handoff")]
public sealed record Handoff([property: Id(0)] Operator By, [property: Id(1)] DateTimeOffset Since, [property: Id(2)] DateTimeOffset? ReplyDue = null);
