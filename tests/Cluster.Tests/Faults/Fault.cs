using FteAgent.Cluster.Silos;

namespace FteAgent.Cluster.Faults;

/// <summary>One kind of mishap. It is over when <see cref="Strike"/> returns: what it broke is whole again, or joins again by itself.</summary>
/// <param name="Name">What happens, in words.</param>
/// <param name="Strike">Does it, with the choices that chance leaves open.</param>
internal sealed record Fault(string Name, Func<Fleet, Random, Action<string>, Task> Strike);

/// <summary>The mishaps that a fleet must outlive.</summary>
internal static class Mishaps
{
    /// <summary>How many silos a fleet may grow to by joins.</summary>
    private const int LargestFleet = 4;

    // SIGTERM to the end, whatever the silo had at hand.
    private static readonly TimeSpan LeavesWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DatabaseGone = TimeSpan.FromSeconds(20);

    public static IReadOnlyList<Fault> All { get; } =
    [
        new("kill -9", Kill), new("freeze and thaw", Freeze), new("SIGTERM and restart", Leave), new("join", Join),
        new("PostgreSQL restart", RestartDatabase), new("PostgreSQL gone for 20 s", LoseDatabase),
        new("one silo cut off from the database", CutOffDatabase), new("two silos cut off from each other", CutOffPair),
        new("slow way to the database", SlowWay), new("slow disk", SlowDisk),
    ];

    private static async Task Kill(Fleet fleet, Random random, Action<string> note)
    {
        var silo = Pick(fleet, random);
        note($"{silo.Name} is killed");
        await silo.Kill();
        await Wait(random, 2, 8);
        await silo.Start();
    }

    private static async Task Freeze(Fleet fleet, Random random, Action<string> note)
    {
        var silo = Pick(fleet, random);
        // Shorter than a lease, about as long as one, or much longer.
        var seconds = random.Next(3) switch { 0 => random.Next(1, 2), 1 => random.Next(2, 5), _ => random.Next(8, 16) };
        note($"{silo.Name} is frozen for {seconds} s");
        silo.Freeze();
        await Wait(random, seconds, seconds + 1);
        silo.Thaw();
        await Wait(random, 3, 5);
    }

    private static async Task Leave(Fleet fleet, Random random, Action<string> note)
    {
        var silo = Pick(fleet, random);
        note($"{silo.Name} is asked to go");
        await Terminate(silo, note);
        if (fleet.Silos.Count(other => other.State is SiloState.Running) >= LargestFleet - 1)
            return;
        await Wait(random, 0, 3);
        await silo.Start();
    }

    private static async Task Join(Fleet fleet, Random random, Action<string> note)
    {
        var down = fleet.Silos.FirstOrDefault(silo => silo.State is SiloState.Down);
        if (down is null && fleet.Silos.Count >= LargestFleet)
        {
            down = Pick(fleet, random);
            note($"{down.Name} is asked to go, to join again");
            await Terminate(down, note);
        }

        var silo = down ?? fleet.NewPlace();
        note($"{silo.Name} joins");
        await silo.Start();
        await Wait(random, 3, 6);
    }

    private static async Task RestartDatabase(Fleet fleet, Random random, Action<string> note)
    {
        note("PostgreSQL crashes and starts again");
        await fleet.Server.Stop();
        await fleet.Server.StartAgain();
        await Wait(random, 3, 6);
    }

    private static async Task LoseDatabase(Fleet fleet, Random random, Action<string> note)
    {
        note($"PostgreSQL is gone for {DatabaseGone.TotalSeconds:0} s");
        await fleet.Server.Stop();
        await Task.Delay(DatabaseGone);
        await fleet.Server.StartAgain();
        await Wait(random, 4, 8);
    }

    private static async Task CutOffDatabase(Fleet fleet, Random random, Action<string> note)
    {
        var silo = Pick(fleet, random);
        var seconds = random.Next(2, 15);
        var forget = random.Next(2) == 0;
        note($"{silo.Name} is cut off from the database for {seconds} s{(forget ? ", its connections are lost" : ", what it sent arrives late")}");
        fleet.Network.ToDatabase(silo.Number).Cut();
        await Wait(random, seconds, seconds + 1);
        fleet.Network.ToDatabase(silo.Number).Heal(forget);
        await Wait(random, 3, 6);
    }

    private static async Task CutOffPair(Fleet fleet, Random random, Action<string> note)
    {
        var running = fleet.Silos.Where(silo => silo.State is SiloState.Running).ToList();
        if (running.Count < 2)
            return;
        var one = running[random.Next(running.Count)];
        running.Remove(one);
        var other = running[random.Next(running.Count)];
        var seconds = random.Next(2, 12);
        var forget = random.Next(2) == 0;
        note($"{one.Name} and {other.Name} are cut off from each other for {seconds} s{(forget ? ", their connections are lost" : ", what they sent arrives late")}");
        fleet.Network.Between(one.Number, other.Number).Cut();
        await Wait(random, seconds, seconds + 1);
        fleet.Network.Between(one.Number, other.Number).Heal(forget);
        await Wait(random, 3, 6);
    }

    private static async Task SlowWay(Fleet fleet, Random random, Action<string> note)
    {
        var all = random.Next(2) == 0;
        var slow = all ? fleet.Silos.Select(silo => silo.Number).ToList() : [Pick(fleet, random).Number];
        note($"every answer of the database takes 50 to 200 ms longer, for {(all ? "all silos" : $"silo-{slow[0]}")}");
        foreach (var silo in slow)
            fleet.Network.ToDatabase(silo).DelayMilliseconds = (25, 100);
        await Wait(random, 6, 12);
        foreach (var silo in slow)
            fleet.Network.ToDatabase(silo).DelayMilliseconds = (0, 0);
    }

    /// <summary>Each commit waits for its disk, and whoever waits for the same rows or the log waits with it.</summary>
    private static async Task SlowDisk(Fleet fleet, Random random, Action<string> note)
    {
        var milliseconds = random.Next(20, 100);
        note($"every commit takes {milliseconds} ms longer");
        // In microseconds, before the log is flushed; as often as anybody commits, not only when others do too.
        await fleet.Server.Set(("commit_delay", $"{milliseconds * 1_000}"), ("commit_siblings", "0"));
        await Wait(random, 6, 12);
        await fleet.Server.Set(("commit_delay", "0"), ("commit_siblings", "5"));
    }

    private static async Task Terminate(FleetSilo silo, Action<string> note)
    {
        var (code, took) = await silo.Terminate();
        note($"{silo.Name} went in {took.TotalSeconds:0.0} s with exit code {code}");
        if (code != 0 || took > LeavesWithin)
            throw new InvalidOperationException($"{silo.Name} went in {took.TotalSeconds:0.0} s with exit code {code}; it must be 0, within {LeavesWithin.TotalSeconds:0} s.");
    }

    private static FleetSilo Pick(Fleet fleet, Random random)
    {
        var running = fleet.Silos.Where(silo => silo.State is SiloState.Running).ToList();
        return running[random.Next(running.Count)];
    }

    /// <summary>Chance decides within these bounds, so that a fault ends now early and now late.</summary>
    private static Task Wait(Random random, int shortest, int longest) => Task.Delay(random.Next(shortest * 1_000, longest * 1_000 + 1));
}
