using FteAgent.Jobs;

namespace FteAgent.Postgres;

/// <summary>Work that one silo does, in the database (<c>db/fte/0012_jobs.sql</c>).</summary>
internal sealed class PostgresJobRoster(PostgresRecord record) : IJobRoster
{
    // One statement decides who has it: the row's lock is the queue.
    private const string Take = """
        insert into fte.jobs as j (name, claim_id, claimed_until) values ($1, $2, fte.now() + $3)
        on conflict (name) do update set claim_id = excluded.claim_id, claimed_until = excluded.claimed_until
        where j.done_at is null and j.claimed_until <= fte.now()
        """;

    public async Task<JobClaim?> Claim(string name, TimeSpan lease, CancellationToken cancellationToken)
    {
        var claim = new JobClaim(name, Guid.CreateVersion7());
        return await record[Take].Set(name).Set(claim.Id).Set(lease).Execute(cancellationToken).ConfigureAwait(false) == 1 ? claim : null;
    }

    public async Task<bool> Finish(JobClaim claim, CancellationToken cancellationToken)
    {
        await record["delete from fte.jobs where done_at <= fte.now() - interval '60 days'"].Execute(cancellationToken).ConfigureAwait(false);
        return await record["update fte.jobs set done_at = coalesce(done_at, fte.now()) where name = $1 and claim_id = $2"]
            .Set(claim.Name).Set(claim.Id).Execute(cancellationToken).ConfigureAwait(false) == 1;
    }
}
