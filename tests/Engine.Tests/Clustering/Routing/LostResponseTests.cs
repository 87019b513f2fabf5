using FteAgent.Engine.Tests.Support;
using Orleans.Serialization;

namespace FteAgent.Engine.Tests.Clustering.Routing;

/// <summary>What a caller hears, and an operator, of a response that cannot be sent.</summary>
public sealed class LostResponseTests
{
    [Fact]
    public async Task A_response_that_fails_while_it_waits_for_room_is_a_failure_to_its_caller()
    {
        await using var fleet = await FakeFleet.Start(2);
        var grain = Fleet.GrainOn<IPlaceGrain>(fleet.Silos[1], fleet.Silos[0]);
        var full = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var responses = 0;
        fleet.Peers[1].InPlaceOfSending = kind => kind == FrameKind.Response && Interlocked.Increment(ref responses) == 1 ? new(full.Task) : null;
        var call = grain.Count();
        await Eventually.True(() => responses == 1, "the response");
        Assert.False(call.IsCompleted);
        full.SetException(new FrameTooLargeException(1_000));

        Assert.Contains("has run", (await Assert.ThrowsAsync<SerializerException>(() => call)).Message);
        Assert.Equal(2, await grain.Count());
        Assert.Single(fleet.Lines(1), line => line.Contains("was lost", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Responses_that_a_full_connection_never_took_are_logged_and_only_a_few_of_them()
    {
        await using var fleet = await FakeFleet.Start(2);
        var grain = Fleet.GrainOn<IPlaceGrain>(fleet.Silos[1], fleet.Silos[0]);
        var refused = 0;
        fleet.Peers[1].InPlaceOfSending = kind =>
        {
            if (kind != FrameKind.Response) return null;
            Interlocked.Increment(ref refused);
            return new(false);
        };
        var calls = Enumerable.Range(0, 3 * Allowance.LinesPerWindow).Select(_ => grain.Count()).ToArray();
        await Eventually.True(() => refused == calls.Length, "the responses");

        await Eventually.True(() => Said() == Allowance.LinesPerWindow, "the lines");
        fleet.Peers[1].InPlaceOfSending = null;
        Assert.Equal(calls.Length + 1, await grain.Count());
        Assert.Equal(Allowance.LinesPerWindow, Said());
        Assert.All(calls, call => Assert.False(call.IsCompleted));

        int Said() => fleet.Lines(1).Count(line => line.Contains("stayed full", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_responses_to_a_silo_that_is_gone_nothing_is_said()
    {
        await using var fleet = await FakeFleet.Start(2);
        var grain = Fleet.GrainOn<IPlaceGrain>(fleet.Silos[1], fleet.Silos[0]);
        var call = grain.Play("a");
        await Stage.Of(grain).Until("+a");
        fleet.Network.Cut(FakeFleet.AddressOf(0), FakeFleet.AddressOf(1));
        await Assert.ThrowsAsync<SiloUnavailableException>(() => call);
        Stage.Of(grain).Open("a");
        await Stage.Of(grain).Until("-a");

        await Eventually.True(() => fleet.Silos[1].Dispatcher.IsQuiet, "the end of the call");
        Assert.DoesNotContain(fleet.Lines(1), line => line.Contains("was lost", StringComparison.Ordinal));
    }
}
