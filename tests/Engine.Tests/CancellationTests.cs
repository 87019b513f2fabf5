using FteAgent.Engine.Tests.Grains;
using FteAgent.Engine.Tests.Support;

namespace FteAgent.Engine.Tests;

[Collection(ClusterCollection.Name)]
public sealed class CancellationTests(ClusterFixture fixture)
{
    [Fact]
    public async Task A_cancelled_caller_stops_waiting_and_the_grain_is_told_in_a_turn_of_its_own()
    {
        var grain = fixture.Grain<IStageGrain>();
        var stage = Stage.Of(grain);
        using var source = new CancellationTokenSource();
        var call = grain.PlayUntilCancelled("a", source.Token);
        await stage.Until("+a");
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await stage.Until("-a");
        Assert.Equal(["+a", "cancelled in turn", "-a"], stage.Events);
    }

    [Fact]
    public async Task A_call_with_a_token_cancelled_already_is_not_sent()
    {
        var grain = fixture.Grain<IStageGrain>();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => grain.PlayUntilCancelled("a", new CancellationToken(canceled: true)));
        Assert.Empty(Stage.Of(grain).Events);
    }
}
