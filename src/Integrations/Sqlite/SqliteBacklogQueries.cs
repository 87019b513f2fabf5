using FteAgent.Health;

namespace FteAgent.Sqlite;

/// <summary>What waits, counted from the indexes of what waits.</summary>
internal sealed class SqliteBacklogQueries(SqliteRecord record) : IBacklogQueries
{
    private const string Sql = """
        select
            (select count(*) from conversations where exchange_id is not null),
            (select min(exchange_opened_at) from conversations where exchange_id is not null),
            (select count(*) from outbox where sent_at is null and dead_at is null),
            (select min(created_at) from outbox where sent_at is null and dead_at is null),
            (select min(next_action_at) from conversations where next_action_at <= $now),
            (select count(*) from conversations where escalation_id is not null and handoff_since is null),
            (select count(*) from conversations where handoff_since is not null)
        """;

    public Task<Backlog> Read(CancellationToken cancellationToken) => record.Read(
        session =>
        {
            var now = record.Now;
            TimeSpan Since(long? time) => time is { } then && then < now ? TimeSpan.FromMicroseconds(now - then) : TimeSpan.Zero;
            return session[Sql].Set("$now", now).First(
                row => new Backlog(row.Long(), Since(row.LongOrNull()), row.Long(), Since(row.LongOrNull()), Since(row.LongOrNull()), row.Long(), row.Long()),
                new Backlog(0, default, 0, default, default, 0, 0));
        },
        cancellationToken);
}
