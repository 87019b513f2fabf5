namespace FteAgent.Conversations;

/// <summary>
/// Messages that are being answered. It stays open until a reply, an escalation or a silence is committed,
/// so a crash at any point leaves it to be found.
/// </summary>
/// <param name="Id">The exchange.</param>
/// <param name="OpenedAt">When its first message was accepted.</param>
/// <param name="FirstSequence">Its first message.</param>
/// <param name="LastSequence">Its last message; a customer's message beyond it waits for the next exchange.</param>
/// <param name="Restarts">How often a message that arrived during drafting made the draft start again (at most 3).</param>
/// <param name="DraftAt">When drafting starts: a burst is given a moment to end.</param>
/// <param name="DueAt">When a sweeper takes it for stuck.</param>
/// <param name="WorkedBy">The incarnation of the silo that drafts it.</param>
/// <param name="Attempts">How often drafting was started over by a sweeper.</param>
/// <param name="Trace">Where its messages came from, for traces: the first one's place, then the others'. Null while none are taken.</param>
[GenerateSerializer, Immutable, Alias("fte.exchange")]
public sealed record Exchange(
    [property: Id(0)] ExchangeId Id,
    [property: Id(1)] DateTimeOffset OpenedAt,
    [property: Id(2)] long FirstSequence,
    [property: Id(3)] long LastSequence,
    [property: Id(4)] int Restarts,
    [property: Id(5)] DateTimeOffset DraftAt,
    [property: Id(6)] DateTimeOffset DueAt,
    [property: Id(7)] string WorkedBy,
    [property: Id(8)] int Attempts,
    [property: Id(9)] string? Trace = null);
