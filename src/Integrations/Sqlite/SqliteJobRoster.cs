using FteAgent.Jobs;

namespace FteAgent.Sqlite;

/// <summary>Work that is done once, in the file.</summary>
internal sealed class SqliteJobRoster(SqliteRecord record) : IJobRoster
{
    private const string Take = """
        insert into jobs (name, claim_id, claimed_until) values ($name, $claim, $until)
        on conflict (name) do update set claim_id = excluded.claim_id, claimed_until = excluded.claimed_until
        where done_at is null and claimed_until <= $now
        """;

    private static readonly long Remembered = Micros.Of(TimeSpan.FromDays(60));

    public Task<JobClaim?> Claim(string name, TimeSpan lease, CancellationToken cancellationToken)
    {
        var claim = new JobClaim(name, Guid.CreateVersion7());
        return record.Write(
            session => session[Take].Set("$name", name).Set("$claim", claim.Id).Set("$until", record.Now + Micros.Of(lease)).Set("$now", record.Now)
                .Execute() == 1 ? claim : null,
            cancellationToken);
    }

    public Task<bool> Finish(JobClaim claim, CancellationToken cancellationToken) => record.Write(
        session =>
        {
            session["delete from jobs where done_at <= $over"].Set("$over", record.Now - Remembered).Execute();
            return session["update jobs set done_at = coalesce(done_at, $now) where name = $name and claim_id = $claim"]
                .Set("$now", record.Now).Set("$name", claim.Name).Set("$claim", claim.Id).Execute() == 1;
        },
        cancellationToken);
}
