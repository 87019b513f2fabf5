using FteAgent.Engine.Tests.Grains;

namespace FteAgent.Engine.Tests;

[Collection(ClusterCollection.Name)]
public sealed class RequestContextTests(ClusterFixture fixture)
{
    [Fact]
    public async Task Values_travel_with_calls_and_on_with_theirs()
    {
        RequestContext.Set("who", "Ana");

        Assert.Equal("Ana Ana", await fixture.Grain<ITalkGrain>().Context("who", fixture.Grain<ITalkGrain>()));
        Assert.True(RequestContext.Remove("who"));
        Assert.Equal("", await fixture.Grain<ITalkGrain>().Context("who", null));
    }

    [Fact]
    public async Task Values_set_in_a_call_reach_neither_its_caller_nor_the_next_call()
    {
        var grain = fixture.Grain<ITalkGrain>();
        await grain.SetContext("left", "behind");

        Assert.Null(RequestContext.Get("left"));
        Assert.Equal("", await grain.Context("left", null));
    }

    [Fact]
    public async Task Calls_at_the_same_time_keep_their_values_apart()
    {
        var grains = Enumerable.Range(0, 5).Select(_ => fixture.Grain<ITalkGrain>()).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(n => Task.Run(async () =>
        {
            RequestContext.Set("n", n);
            Assert.Equal($"{n}", await grains[n % grains.Length].Context("n", null));
        })));
    }
}
