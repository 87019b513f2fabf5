using FteAgent.Testing;

namespace FteAgent.Bench.Commits;

/// <summary>CPU time of both sides, server and client together, over all rounds.</summary>
internal sealed class Cost
{
    private readonly int postmaster;
    private (double Server, double Client) ours, theirs;

    private Cost(int postmaster) => this.postmaster = postmaster;

    public static async Task<Cost> Of(TestDatabase database) => new(CpuTime.ParentOf(await database.Scalar<int>("select pg_backend_pid()")));

    public async Task<T> CountOurs<T>(Func<Task<T>> run)
    {
        var (result, server, client) = await Count(run, CpuTime.OfThis);
        ours = (ours.Server + server, ours.Client + client);
        return result;
    }

    public async Task<T> CountTheirs<T>(Func<Task<T>> run)
    {
        var (result, server, client) = await Count(run, CpuTime.OfEndedChildren);
        theirs = (theirs.Server + server, theirs.Client + client);
        return result;
    }

    public void Add(Figures figures, double messages, double transactions)
    {
        figures.Add("commits.cpu_us_per_message", 1e6 * (ours.Server + ours.Client) / messages, $"server {1e6 * ours.Server / messages:0}, silo and load generator {1e6 * ours.Client / messages:0}");
        figures.Add("commits.pgbench_cpu_us_per_transaction", 1e6 * (theirs.Server + theirs.Client) / transactions, $"server {1e6 * theirs.Server / transactions:0}, pgbench {1e6 * theirs.Client / transactions:0}");
        figures.Add("commits.cpu_ratio_to_pgbench", (theirs.Server + theirs.Client) / transactions / ((ours.Server + ours.Client) / messages), "how many messages the CPU time of one upsert is good for");
    }

    private async Task<(T Result, double Server, double Client)> Count<T>(Func<Task<T>> run, Func<double> client)
    {
        if (!CpuTime.IsKnown)
            return (await run(), 0, 0);
        var (serverBefore, clientBefore) = (CpuTime.OfServer(postmaster), client());
        var result = await run();
        return (result, CpuTime.OfServer(postmaster) - serverBefore, client() - clientBefore);
    }
}
