using FteAgent.Engine.Tests.Support;
using Orleans.Concurrency;

namespace FteAgent.Engine.Tests.Clustering.Routing;

public sealed class StatelessWorkerTests
{
    [Fact]
    public async Task A_worker_runs_where_it_is_called()
    {
        await using var fleet = await Fleet.Start(2);

        for (var silo = 0; silo < 2; silo++)
            Assert.Equal(fleet.Silo(silo).Address, await fleet.Silo(silo).Client.GetGrain<IWorkerGrain>("a").Where());
    }

    [Fact]
    public async Task There_are_as_many_workers_as_calls_at_a_time_up_to_their_limit()
    {
        await using var fleet = await Fleet.Start(1);
        var worker = fleet.Silo(0).Client.GetGrain<IWorkerGrain>(Guid.NewGuid().ToString());
        var stage = Stage.Of(worker);
        var calls = Enumerable.Range(0, 5).Select(_ => worker.Play("a")).ToArray();
        await stage.Until("+a");
        await Eventually.True(() => stage.Events.Count(happening => happening == "+a") == WorkerGrain.Limit, "all workers to be at work");
        Assert.Equal(WorkerGrain.Limit, stage.Events.Count(happening => happening == "activated"));
        stage.Open("a");
        await Task.WhenAll(calls);

        Assert.Equal(5, stage.Events.Count(happening => happening == "-a"));
        Assert.Equal(WorkerGrain.Limit, stage.Events.Count(happening => happening == "activated"));
    }

    [Fact]
    public async Task Workers_that_nobody_calls_end_and_leave_nothing_behind()
    {
        await using var silo = await TestSilo.Start();
        var worker = silo.Grain<IWorkerGrain>();
        await worker.Where();
        Assert.Equal(1, silo.Activations);
        var ended = silo.Cluster.WaitForDeactivationAsync(worker);
        silo.Time.Advance(TimeSpan.FromHours(1));
        await ended.WaitAsync(Eventually.Limit);

        Assert.Equal(0, silo.Activations);
        await worker.Where();
        Assert.Equal(1, silo.Activations);
    }
}

[Alias("test.worker")]
public interface IWorkerGrain : IGrainWithStringKey
{
    [Alias("where")]
    Task<SiloAddress> Where();

    [Alias("play")]
    Task Play(string part);
}

[StatelessWorker(Limit)]
public sealed class WorkerGrain(ILocalSiloDetails silo) : Grain, IWorkerGrain
{
    public const int Limit = 3;

    private Stage Stage => Stage.Of(this);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Stage.Add("activated");
        return Task.CompletedTask;
    }

    public Task<SiloAddress> Where() => Task.FromResult(silo.SiloAddress);

    public async Task Play(string part)
    {
        Stage.Add($"+{part}");
        await Stage.Pass(part);
        Stage.Add($"-{part}");
    }
}
