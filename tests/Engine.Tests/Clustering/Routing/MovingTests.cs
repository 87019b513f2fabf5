using FteAgent.Engine.Tests.Support;
using FteAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Xunit.Abstractions;

namespace FteAgent.Engine.Tests.Clustering.Routing;

/// <summary>Silos that come, go and die under load.</summary>
public sealed class MovingTests(ITestOutputHelper output)
{
    private const int Callers = 12;
    private const int Seed = 1;

    [Fact]
    public async Task A_silo_that_joins_takes_over_its_share_and_no_call_fails()
    {
        await using var fleet = await Fleet.Start(2);
        var keys = Load.Keys(200);
        var load = new Load(Seed, Callers, keys, random => fleet.Silo(random.Next(2)).Client);
        await load.More(1000);
        var joined = await fleet.Cluster.StartAdditionalSiloAsync();
        await load.More(1000);
        await load.Stop();

        Assert.Empty(load.Failures);
        load.AssertNothingIsLostOrDoubled();
        var placement = fleet.Silo(0).Cluster;
        var moved = keys.Where(key => joined.SiloAddress.Equals(placement.OwnerOf(fleet.Silo(0).Client.GetGrain<IRegisterGrain>(key).GetGrainId()))).ToHashSet();
        Assert.InRange(moved.Count, 30, 110);
        Assert.All(keys.Where(key => !moved.Contains(key)), key => Assert.Equal(1, RegisterGrain.Activations.GetValueOrDefault(key)));
    }

    [Fact]
    public async Task A_silo_that_is_stopped_hands_over_its_grains_and_no_call_fails()
    {
        await using var fleet = await Fleet.Start(3);
        var callers = new[] { fleet.Silo(0), fleet.Silo(1) };
        var load = new Load(Seed, Callers, Load.Keys(200), random => callers[random.Next(2)].Client);
        await load.More(1000);
        await fleet.Cluster.StopSiloAsync(fleet.Handle(2));
        await load.More(1000);
        await load.Stop();

        Assert.Empty(load.Failures);
        load.AssertNothingIsLostOrDoubled();
    }

    [Fact]
    public async Task Silos_can_be_stopped_and_started_one_after_another_and_no_call_fails()
    {
        await using var fleet = await Fleet.Start(3);
        var first = fleet.Silo(0);
        var load = new Load(Seed, Callers, Load.Keys(100), _ => first.Client);
        await load.More(200);
        foreach (var silo in new[] { fleet.Handle(1), fleet.Handle(2) })
        {
            await fleet.Cluster.StopSiloAsync(silo);
            await load.More(200);
            await fleet.Cluster.StartAdditionalSiloAsync();
            await load.More(200);
        }

        await load.Stop();
        Assert.Empty(load.Failures);
        load.AssertNothingIsLostOrDoubled();
    }

    [Fact]
    public async Task A_silo_that_is_stopped_has_sent_all_that_it_owes_before_it_is_no_member_any_more()
    {
        await using var fleet = await FakeFleet.Start(1);
        bool? isSent = null;
        fleet.Memberships[0].Retiring = () => isSent = fleet.Peers[0].HasStopped;

        await fleet.Silos[0].Stop(CancellationToken.None);

        // The others hang up as soon as it is no member, and what they have not read by then is lost.
        Assert.True(isSent);
    }

    [Fact]
    public async Task A_grain_that_is_at_work_when_its_silo_is_stopped_finishes_and_is_deactivated()
    {
        await using var fleet = await Fleet.Start(2);
        var grain = fleet.Grain<IPlaceGrain>(on: 1);
        var stage = Stage.Of(grain);
        var work = grain.Play("a");
        await stage.Until("+a");
        var stopping = fleet.Cluster.StopSiloAsync(fleet.Handle(1));
        await Eventually.True(() => fleet.Silo(0).Cluster.View.Active.Length == 1, "the others to know that it leaves");
        Assert.Equal(fleet.Silo(0).Address, await grain.Where());
        Assert.False(stopping.IsCompleted);
        stage.Open("a");
        await work;
        await stopping;

        Assert.Equal(["activated on Secondary_1", "+a", "activated on Primary", "-a", "deactivated on Secondary_1 Migrating"], stage.Events);
    }

    [Fact]
    public async Task The_grains_of_a_silo_that_is_killed_answer_elsewhere_once_its_lease_is_over()
    {
        await using var fleet = await Fleet.StartMortal(3);
        var grains = Enumerable.Range(0, 20).Select(_ => fleet.Grain<IPlaceGrain>(on: 2)).ToArray();
        var atWork = fleet.Grain<IPlaceGrain>(on: 2);
        var work = atWork.Play("a");
        await Stage.Of(atWork).Until("+a");
        await fleet.Cluster.KillSiloAsync(fleet.Handle(2));
        await Assert.ThrowsAsync<SiloUnavailableException>(() => work);

        // No caller has to try again: the calls wait for the new owners.
        var left = fleet.Cluster.Silos.Select(silo => silo.SiloAddress).ToHashSet();
        foreach (var where in await Task.WhenAll(grains.Select(grain => grain.Where()))) Assert.Contains(where, left);
        Stage.Of(atWork).Open("a");
        Assert.Contains(await atWork.Where(), left);
        Assert.DoesNotContain("-a", Stage.Of(atWork).Events);
    }

    [Fact]
    public async Task Whatever_silos_do_nothing_acknowledged_is_lost_and_nothing_is_stuck()
    {
        // Say FTE_TEST_STEPS to run longer.
        var seed = TestSeed.Take(output.WriteLine);
        var steps = int.TryParse(Environment.GetEnvironmentVariable("FTE_TEST_STEPS"), out var wanted) ? wanted : 8;
        var random = new Random(seed);
        await using var fleet = await Fleet.StartMortal(3);
        var keys = Load.Keys(60);
        var load = new Load(seed, Callers, keys, caller => Any(fleet, caller));
        for (var step = 0; step < steps; step++)
        {
            await load.More(50);
            await Trouble(fleet, random);
        }

        await fleet.Cluster.WaitForLivenessToStabilizeAsync();
        await load.More(200);
        await load.Stop();
        foreach (var key in keys) await fleet.Silo(0).Client.GetGrain<IRegisterGrain>(key).Increment().WaitAsync(Eventually.Limit);

        var others = load.Failures.Where(failure => failure is not SiloUnavailableException and not TimeoutException).ToList();
        Assert.True(others.Count == 0, $"{TestSeed.Variable}={seed}: {others.FirstOrDefault()}");
        foreach (var key in keys) RegisterGrain.Stored.AddOrUpdate(key, 0, static (_, stored) => stored - 1);
        load.AssertNothingIsLostOrDoubled();
    }

    private static IGrainFactory? Any(Fleet fleet, Random random)
    {
        var silos = fleet.Cluster.Silos.ToArray();
        return silos.Length == 0 ? null : silos[random.Next(silos.Length)].ServiceProvider.GetRequiredService<IClusterClient>();
    }

    private static async Task Trouble(Fleet fleet, Random random)
    {
        var count = fleet.Cluster.Silos.Count;
        var silo = random.Next(count);
        switch (random.Next(4))
        {
            case 0 when count > 2:
                await fleet.Cluster.KillSiloAsync(fleet.Handle(silo));
                break;
            case 1 when count > 2:
                await fleet.Cluster.StopSiloAsync(fleet.Handle(silo));
                break;
            case 2:
                var store = fleet.Store(silo);
                store.IsReachable = false;
                await Task.Delay(Fleet.ShortLease * random.NextDouble() * 2);
                store.IsReachable = true;
                break;
            default:
                if (count < 5) await fleet.Cluster.CreateSiloAsync(new InProcessTestSiloSpecificOptions { SiloName = $"silo-{random.Next()}" });
                break;
        }
    }
}
