using System.Collections.Concurrent;
using FteAgent.Testing.OpenAI;

namespace FteAgent.OpenAI;

/// <summary>What the circuit takes for a model's failure, and what it does not.</summary>
public sealed class ModelCircuitTests
{
    /// <summary>As many as it takes to open.</summary>
    private const int Enough = 10;

    /// <summary>Begins, and then says nothing more.</summary>
    private static readonly Step Stalling = Step.Say("Open Reports and press Export.").Slow(TimeSpan.Zero, TimeSpan.FromMinutes(1));

    private readonly ConcurrentQueue<ModelFault> failed = [];

    [Fact]
    public async Task One_that_begins_and_stalls_until_the_drafts_time_is_over_is_left_alone()
    {
        await using var world = await Stalled();
        using var share = new CancellationTokenSource(TimeSpan.FromSeconds(18), world.Time);
        var sending = await Begun(world, share.Token, share.Token);

        world.Time.Advance(TimeSpan.FromSeconds(18));

        await Ended(sending);
        Assert.Equal(Enumerable.Repeat(ModelFault.TimedOut, Enough), failed);
        Assert.True(world.Road.IsOpen);
        // There is no time to ask again.
        Assert.Equal(Enough, world.Endpoint.Requests.Count);
    }

    [Fact]
    public async Task Customers_who_write_again_say_nothing_about_the_model()
    {
        await using var world = await Stalled();
        using var again = new CancellationTokenSource();
        using var share = new CancellationTokenSource(TimeSpan.FromSeconds(19), world.Time);
        var sending = await Begun(world, again.Token, share.Token);
        world.Time.Advance(TimeSpan.FromSeconds(18));

        await again.CancelAsync();

        await Ended(sending);
        Assert.Empty(failed);
        Assert.False(world.Road.IsOpen);
    }

    [Fact]
    public async Task A_model_that_was_given_little_time_has_not_failed()
    {
        await using var world = await Stalled();
        using var share = new CancellationTokenSource(TimeSpan.FromSeconds(5), world.Time);
        var sending = await Begun(world, share.Token, share.Token);

        world.Time.Advance(TimeSpan.FromSeconds(5));

        await Ended(sending);
        Assert.Empty(failed);
        Assert.False(world.Road.IsOpen);
    }

    [Fact]
    public async Task Those_who_did_not_get_through_the_gate_are_no_successes()
    {
        await using var world = await ModelWorld.Open(url => new() { BaseUrl = url, Key = ScriptedEndpoint.Key, Model = "model-a", Attempts = 1, Concurrency = 1 });
        world.Endpoint.Script.Then([.. Enumerable.Repeat(Step.Fail(503), Enough - 1), Step.Hang()]);
        for (var time = 1; time < Enough; time++)
            await Assert.ThrowsAsync<ModelFailure>(() => world.Send());
        var last = world.Send();
        await world.Endpoint.Arrived(Enough);
        var crowd = Enumerable.Range(0, 2 * Enough).Select(_ => world.Send()).ToList();
        while (world.Gate.Waiting < crowd.Count)
            await Task.Yield();

        world.Time.Advance(ModelRoad.LongestQueue);
        foreach (var each in crowd)
            Assert.Equal(ModelFault.Crowded, (await Assert.ThrowsAsync<ModelFailure>(() => each)).Fault);
        Assert.False(world.Road.IsOpen);
        world.Time.Advance(world.Options.FirstToken - ModelRoad.LongestQueue);

        Assert.Equal(ModelFault.TimedOut, (await Assert.ThrowsAsync<ModelFailure>(() => last)).Fault);
        Assert.True(world.Road.IsOpen);
    }

    private static async Task Ended(List<Task<ChatAnswer>> sending)
    {
        foreach (var each in sending)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => each);
    }

    private async Task<ModelWorld> Stalled()
    {
        var world = await ModelWorld.Open();
        world.Endpoint.Script.Otherwise(_ => Stalling);
        world.Road.Failed = failed.Enqueue;
        return world;
    }

    private static async Task<List<Task<ChatAnswer>>> Begun(ModelWorld world, CancellationToken cancellationToken, CancellationToken timeIsOver)
    {
        using var heard = new SemaphoreSlim(0);
        var sending = Enumerable.Range(0, Enough)
            .Select(_ => world.Road.Send(attempt => world.Chat.Ask(ModelWorld.Question(), () => Hear(attempt), attempt.Token), cancellationToken, timeIsOver: timeIsOver))
            .ToList();
        for (var begun = 0; begun < Enough; begun++)
            Assert.True(await heard.WaitAsync(TimeSpan.FromSeconds(30)));
        return sending;

        void Hear(ModelAttempt attempt)
        {
            attempt.Heard();
            heard.Release();
        }
    }
}
