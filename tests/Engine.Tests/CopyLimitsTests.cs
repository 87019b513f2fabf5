using FteAgent.Engine.Tests.Grains;
using Orleans.Concurrency;
using Orleans.Serialization;

namespace FteAgent.Engine.Tests;

/// <summary>What the stand-in does and Orleans does otherwise: its test client is no part of a silo, so that all is copied; its refusals have other words.</summary>
[Collection(ClusterCollection.Name)]
public sealed class CopyLimitsTests(ClusterFixture fixture)
{
    [Fact]
    public async Task What_is_immutable_by_type_or_by_promise_is_not_copied()
    {
        var grain = fixture.Grain<IEchoGrain>();
        var stone = new Stone([1]);
        Assert.Same(stone, await grain.Stone(stone));

        var box = new Box();
        await grain.Promised(box);
        Assert.True(await grain.Holds(new(box)));
        Assert.Same(box, (await grain.PromisedByType(box.AsImmutable())).Value);
    }

    [Fact]
    public async Task A_type_without_a_codec_does_not_cross_though_it_could()
    {
        var failure = await Assert.ThrowsAsync<CodecNotFoundException>(async () => await fixture.Grain<IEchoGrain>().Echo(new Unknown()));
        Assert.Contains(typeof(Unknown).FullName!, failure.Message);
        Assert.Contains("[GenerateSerializer]", failure.Message);

        await Assert.ThrowsAsync<CodecNotFoundException>(async () => await fixture.Grain<IEchoGrain>().Echo(new List<object> { new Unknown() }));
    }

    [Fact]
    public async Task An_exception_of_ours_crosses_only_with_a_codec()
    {
        var grain = fixture.Grain<IEchoGrain>();

        Assert.Equal("known", (await Assert.ThrowsAsync<KnownFailure>(() => grain.Fail(known: true))).Message);
        var failure = await Assert.ThrowsAsync<CodecNotFoundException>(() => grain.Fail(known: false));
        Assert.Contains(typeof(UnknownFailure).FullName!, failure.Message);
        Assert.Contains("unknown", failure.Message);
    }
}
