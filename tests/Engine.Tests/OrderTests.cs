using FteAgent.Engine.Tests.Grains;

namespace FteAgent.Engine.Tests;

/// <summary>What the stand-in gives and Orleans does not promise: calls that wait for one activation to begin may overtake each other there, and so may word of a cancellation.</summary>
[Collection(ClusterCollection.Name)]
public sealed class OrderTests(ClusterFixture fixture)
{
    [Fact]
    public async Task Calls_of_one_caller_run_in_the_order_in_which_it_made_them()
    {
        const int count = 500;
        var grain = fixture.Grain<IStageGrain>();
        var stage = Support.Stage.Of(grain);
        var calls = Enumerable.Range(0, count).Select(n =>
        {
            stage.Open($"{n}");
            return grain.Play($"{n}");
        }).ToArray();
        await Task.WhenAll(calls);

        Assert.Equal(Enumerable.Range(0, count).SelectMany(n => new[] { $"+{n}", $"-{n}" }), stage.Events);
    }

    // On Orleans it may begin, and is cancelled then.
    [Fact]
    public async Task A_call_cancelled_while_it_waits_never_runs()
    {
        var grain = fixture.Grain<IStageGrain>();
        var stage = Support.Stage.Of(grain);
        using var source = new CancellationTokenSource();
        var first = grain.Play("a");
        var second = grain.PlayUntilCancelled("b", source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        stage.Open("a");
        await first;
        stage.Open("c");
        await grain.Play("c");
        Assert.DoesNotContain("+b", stage.Events);
    }
}
