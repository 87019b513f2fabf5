namespace FteAgent.Health;

/// <summary>Tells how much waits in the record, over all silos.</summary>
public interface IBacklogQueries
{
    /// <summary>Counts what waits now. Costs what waits, not what the record holds.</summary>
    Task<Backlog> Read(CancellationToken cancellationToken);
}

/// <summary>What waits in the record at one moment, on the record's own clock.</summary>
/// <param name="OpenExchanges">Exchanges that are being answered.</param>
/// <param name="OldestExchange">How long the oldest of them has been open; zero without one.</param>
/// <param name="Unsent">Items of the outbox that are neither sent nor given up.</param>
/// <param name="OldestUnsent">How long ago the oldest of them was decided; zero without one.</param>
/// <param name="Overdue">For how long the duty has been due that is due the longest; zero when none is due.</param>
/// <param name="WaitingForPerson">Conversations with an open escalation that no operator has.</param>
/// <param name="HeldByPerson">Conversations that an operator has.</param>
public sealed record Backlog(
    long OpenExchanges, TimeSpan OldestExchange, long Unsent, TimeSpan OldestUnsent, TimeSpan Overdue, long WaitingForPerson, long HeldByPerson);
