using FteAgent.Health;

namespace FteAgent.Postgres;

/// <summary>What waits, counted from the indexes of what waits: one round trip.</summary>
internal sealed class PostgresBacklogQueries(PostgresRecord record) : IBacklogQueries
{
    // The sweeper's own index finds what is due: wake_at may be too early and never too late. A person has what was handed over, whatever
    // else was asked for since.
    private const string Sql = """
        select
            worked.open, fte.now() - worked.oldest, unsent.open, fte.now() - unsent.oldest,
            fte.now() - (select min(next_action_at) from fte.conversations where wake_at <= fte.now() and next_action_at <= fte.now()),
            persons.waiting, persons.held
        from
            (select count(*) as open, min(exchange_opened_at) as oldest from fte.conversations where worked_by is not null) worked,
            (select count(*) as open, min(created_at) as oldest from fte.outbox where sent_at is null and dead_at is null) unsent,
            (select count(*) filter (where handoff_since is null) as waiting, count(*) filter (where handoff_since is not null) as held
             from fte.conversations where escalation_id is not null or handoff_since is not null) persons
        """;

    public Task<Backlog> Read(CancellationToken cancellationToken) => record[Sql].First(
        static row => new Backlog(row.Long(), row.SpanOrZero(), row.Long(), row.SpanOrZero(), row.SpanOrZero(), row.Long(), row.Long()),
        new Backlog(0, default, 0, default, default, 0, 0), cancellationToken);
}
