using FteAgent.Engine.Tests.Grains;

namespace FteAgent.Engine.Tests;

[Collection(ClusterCollection.Name)]
public sealed class CallTests(ClusterFixture fixture)
{
    [Fact]
    public async Task A_call_runs_on_its_grain_and_returns_its_result()
    {
        var counter = fixture.Grain<ICounterGrain>();

        Assert.Equal(3, await counter.Add(3));
        Assert.Equal(5, await counter.Add(2));
    }

    [Fact]
    public async Task A_grain_knows_its_key()
    {
        var counter = fixture.Cluster.Client.GetGrain<ICounterGrain>("schlüssel/1");

        Assert.Equal("schlüssel/1", await counter.Key());
        Assert.Equal("schlüssel/1", counter.GetPrimaryKeyString());
    }

    [Fact]
    public async Task An_exception_reaches_the_caller_with_its_own_type_and_message()
    {
        var counter = fixture.Grain<ICounterGrain>();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => counter.Fail("no"));
        Assert.Equal("no", failure.Message);
    }

    [Fact]
    public async Task A_grain_that_ended_begins_anew_at_the_next_call()
    {
        var counter = fixture.Grain<ICounterGrain>();
        await counter.Add(1);
        var ended = fixture.Cluster.WaitForDeactivationAsync(counter);

        await counter.End();
        await ended;

        Assert.Equal(0, await counter.Get());
    }
}
