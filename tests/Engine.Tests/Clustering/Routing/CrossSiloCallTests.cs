using System.Runtime.CompilerServices;
using FteAgent.Engine.Tests.Grains;
using FteAgent.Engine.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace FteAgent.Engine.Tests.Clustering.Routing;

/// <summary>Whatever holds for a call on one silo holds for one between two.</summary>
public sealed class CrossSiloCallTests(CrossSiloCallTests.TwoSilos silos) : IClassFixture<CrossSiloCallTests.TwoSilos>
{
    private readonly Fleet _fleet = silos.Fleet;

    [Fact]
    public async Task A_grain_runs_on_the_silo_that_owns_it_whoever_calls()
    {
        for (var on = 0; on < 2; on++)
            for (var from = 0; from < 2; from++)
                Assert.Equal(_fleet.Silo(on).Address, await _fleet.Grain<IPlaceGrain>(on, from).Where());
    }

    [Fact]
    public async Task Both_silos_call_one_and_the_same_activation()
    {
        var grain = _fleet.Grain<IPlaceGrain>(on: 1);
        var same = _fleet.Silo(1).Client.GetGrain<IPlaceGrain>(grain.GetPrimaryKeyString());

        Assert.Equal(1, await grain.Count());
        Assert.Equal(2, await same.Count());
        Assert.Equal(3, await grain.Count());
    }

    [Fact]
    public async Task Values_of_all_kinds_arrive_and_come_back()
    {
        var grain = _fleet.Grain<IEchoGrain>(on: 1);
        var box = new Box { Numbers = [1, 2], Inner = new() { Numbers = [3] } };

        Assert.Equal(3, Assert.Single((await grain.Box(box)).Inner!.Numbers));
        Assert.Equal("text", await grain.Echo("text"));
        Assert.Null(await grain.Echo(null));
        Assert.Equal(7, Assert.Single((await grain.Point(new(1, [7]))).Tags));
        var (one, two) = await grain.Two(box, box);
        Assert.Same(one, two);
    }

    [Fact]
    public async Task A_failure_reaches_the_caller_with_its_own_type()
    {
        Assert.Equal("known", (await Assert.ThrowsAsync<KnownFailure>(() => _fleet.Grain<IEchoGrain>(on: 1).Fail(known: true))).Message);
        await Assert.ThrowsAsync<CodecNotFoundException>(() => _fleet.Grain<IEchoGrain>(on: 1).Fail(known: false));
        Assert.Equal("no", (await Assert.ThrowsAsync<InvalidOperationException>(() => _fleet.Grain<ICounterGrain>(on: 1).Fail("no"))).Message);
    }

    [Fact]
    public async Task An_argument_without_a_codec_fails_the_call_and_nothing_else()
    {
        var grain = _fleet.Grain<IEchoGrain>(on: 1);

        await Assert.ThrowsAsync<CodecNotFoundException>(() => grain.Echo(new Unknown()));
        Assert.Equal(1, await grain.Echo(1));
    }

    [Fact]
    public async Task A_cancelled_caller_stops_waiting_and_the_grain_is_told_in_a_turn_of_its_own()
    {
        var grain = _fleet.Grain<IStageGrain>(on: 1);
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
    public async Task A_caller_that_waits_too_long_is_told_so_and_the_call_that_waits_never_runs()
    {
        var grain = _fleet.Grain<IStageGrain>(on: 1);
        var stage = Stage.Of(grain);
        var first = grain.Play("a");
        await stage.Until("+a");

        Assert.Contains("PlayShortly", (await Assert.ThrowsAsync<TimeoutException>(() => grain.PlayShortly("b"))).Message);
        // The other silo counts from when the call came to it. Once it has answered a later one the call is there, and a whole limit after that it
        // is over there, too.
        var other = _fleet.Grain<IStageGrain>(on: 1);
        Assert.Equal("there", await _fleet.Grain<IEchoGrain>(on: 1).Echo("there"));
        await Assert.ThrowsAsync<TimeoutException>(() => other.PlayShortly("x"));
        Stage.Of(other).Open("x");
        stage.Open("a");
        await first;
        stage.Open("c");
        await grain.Play("c");
        Assert.DoesNotContain("+b", stage.Events);
    }

    [Fact]
    public async Task A_one_way_call_arrives_and_its_caller_does_not_wait()
    {
        var grain = _fleet.Grain<IStageGrain>(on: 1);
        var stage = Stage.Of(grain);
        await grain.Tell("a");
        await stage.Until("+a");

        Assert.DoesNotContain("-a", stage.Events);
        stage.Open("a");
        await stage.Until("-a");
    }

    [Fact]
    public async Task The_request_context_travels_there_and_on_and_not_back()
    {
        RequestContext.Set("who", "Ana");

        Assert.Equal("Ana Ana", await _fleet.Grain<ITalkGrain>(on: 1).Context("who", _fleet.Grain<ITalkGrain>(on: 0)));
        await _fleet.Grain<ITalkGrain>(on: 1).SetContext("left", "behind");
        Assert.Null(RequestContext.Get("left"));
    }

    [Fact]
    public async Task Filters_run_on_the_side_where_they_belong()
    {
        // Said on the other silo: its filter marks the call, and the grain's own adds a word.
        Assert.Equal("hello own (in on Secondary_1)(out on Primary)", await _fleet.Grain<ITalkGrain>(on: 1).Say("hello"));
    }

    [Fact]
    public async Task A_filter_learns_which_grain_calls()
    {
        var caller = _fleet.Grain<IPlaceGrain>(on: 0);

        Assert.Equal(caller.GetGrainId().ToString(), await caller.AskWhoCalls(_fleet.Grain<IPlaceGrain>(on: 1)));
        Assert.Equal("", await _fleet.Grain<IPlaceGrain>(on: 1).WhoCalls());
    }

    [Fact]
    public async Task References_and_grains_that_pass_themselves_can_be_called_where_they_arrive()
    {
        var (here, there) = (_fleet.Grain<IPlaceGrain>(on: 0), _fleet.Grain<IPlaceGrain>(on: 1));

        Assert.Equal(_fleet.Silo(0).Address, await there.AskWhere(here));
        Assert.Equal(_fleet.Silo(0).Address, await here.PassItself(there));
    }

    [Fact]
    public async Task A_chain_of_calls_may_come_back_over_another_silo_into_the_grain_that_waits_for_it()
    {
        var (first, other) = (_fleet.Grain<IStageGrain>(on: 0), _fleet.Grain<IStageGrain>(on: 1));
        Stage.Of(first).Open("back");
        await first.CallBack(other, allowed: true);

        Assert.Equal(["+back", "-back"], Stage.Of(first).Events);
        var way = Enumerable.Range(0, 6).Select(n => _fleet.Grain<IPlaceGrain>(on: n % 2)).ToArray();
        Assert.Equal(7, await way[0].Round(way[1..], way[0]) + 1);
    }

    [Fact]
    public async Task Large_values_cross_and_one_too_large_fails_alone_and_says_so()
    {
        var grain = _fleet.Grain<IPlaceGrain>(on: 1);

        Assert.Equal(3_000_000, await grain.Size(new byte[3_000_000]));
        Assert.Equal(3_000_000, (await grain.Bytes(3_000_000)).Length);
        Assert.Contains("could not be sent", (await Assert.ThrowsAsync<SerializerException>(() => grain.Size(new byte[5_000_000]))).Message);
        Assert.Contains("has run", (await Assert.ThrowsAsync<SerializerException>(() => grain.Bytes(5_000_000))).Message);
        Assert.Equal(1, await grain.Size([1]));
        Assert.True(_fleet.Silo(0).Dispatcher.IsQuiet && _fleet.Silo(1).Dispatcher.IsQuiet, "A call is in flight, though it has failed.");
    }

    [Fact]
    public async Task Two_thousand_calls_at_once_all_come_back()
    {
        var grains = Enumerable.Range(0, 50).Select(_ => _fleet.Grain<ICounterGrain>(on: 1)).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(n => grains[n % grains.Length].Add(1)));

        foreach (var grain in grains) Assert.Equal(40, await grain.Get());
    }

    [Fact]
    public async Task Calls_leave_nothing_behind()
    {
        var grain = _fleet.Grain<ICounterGrain>(on: 1);
        await grain.Add(1);
        await Assert.ThrowsAsync<InvalidOperationException>(() => grain.Fail("no"));
        Assert.True(_fleet.Silo(0).Dispatcher.IsQuiet, "A call is in flight for its caller, though it has its response.");
        Assert.True(_fleet.Silo(1).Dispatcher.IsQuiet, "A call is in flight for the silo that ran it, though it has responded.");
        var watch = await Call(grain);
        await Eventually.True(
            () =>
            {
                GC.Collect();
                return !watch.IsAlive;
            },
            "the box to be collected");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference> Call(ICounterGrain _)
    {
        var box = new Box();
        await _fleet.Grain<IEchoGrain>(on: 1).Box(box);
        return new(box);
    }

    public sealed class TwoSilos : IAsyncLifetime
    {
        internal Fleet Fleet { get; private set; } = null!;

        public async Task InitializeAsync() => Fleet = await Fleet.Start(2, silo =>
        {
            silo.Services.AddSingleton<IIncomingGrainCallFilter>(services => new Mark("in", services.GetRequiredService<ILocalSiloDetails>()));
            silo.Services.AddSingleton<IOutgoingGrainCallFilter>(services => new Mark("out", services.GetRequiredService<ILocalSiloDetails>()));
        });

        public async Task DisposeAsync() => await Fleet.DisposeAsync();
    }

    /// <summary>Marks what passes by it.</summary>
    private sealed class Mark(string way, ILocalSiloDetails silo) : IIncomingGrainCallFilter, IOutgoingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context) => Invoke((IGrainCallContext)context);

        public Task Invoke(IOutgoingGrainCallContext context) => Invoke((IGrainCallContext)context);

        private async Task Invoke(IGrainCallContext context)
        {
            await context.Invoke();
            if (context.MethodName == nameof(ITalkGrain.Say)) context.Result = $"{context.Result}{(way == "in" ? " " : "")}({way} on {silo.Name})";
        }
    }
}
