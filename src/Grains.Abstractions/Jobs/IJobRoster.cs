namespace FteAgent.Jobs;

/// <summary>
/// Work that one silo of the fleet does, once: a day's report, a training. Whoever claims a job does it within its lease and says that it is
/// done. A job whose silo died is free again when its lease is over, so a job may be begun twice and must bear that.
/// </summary>
public interface IJobRoster
{
    /// <summary>Takes a job, if it is neither done nor somebody's now.</summary>
    /// <param name="name">Its kind and which one, such as <c>report/2026-11-29</c>: at most 200 characters, and nothing of a customer.</param>
    /// <param name="lease">How long nobody else gets it, on the record's clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What it is finished with; null when it is done, or somebody's for now.</returns>
    Task<JobClaim?> Claim(string name, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Says that a job is done. It is not given out again for 60 days; by then nobody asks for it.</summary>
    /// <returns>False when the lease ran out and somebody else has taken it since: their work counts.</returns>
    Task<bool> Finish(JobClaim claim, CancellationToken cancellationToken);
}

/// <summary>A job that was taken.</summary>
/// <param name="Name">The job.</param>
/// <param name="Id">This claim and no other.</param>
public sealed record JobClaim(string Name, Guid Id);
