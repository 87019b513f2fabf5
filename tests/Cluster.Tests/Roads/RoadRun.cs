using FteAgent.Cluster.Load;
using FteAgent.Cluster.Silos;
using FteAgent.Kafka;
using FteAgent.Testing;

namespace FteAgent.Cluster.Roads;

/// <summary>Two silos, a database and a mock broker, of which one thing or another goes away under load.</summary>
internal static class RoadRun
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AllWithin = TimeSpan.FromSeconds(90);

    /// <summary>What is to be told waits for the circuit as well, which opens for two minutes at most.</summary>
    private static readonly TimeSpan ToldWithin = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan ModelTakes = TimeSpan.FromMilliseconds(200);

    /// <summary>A silo is killed in the midst of what it consumes, by a signal that it cannot handle.</summary>
    public static async Task<RoadReport> Kill(int seed, int customers, int each, Action<string> say, Action<string, string>? heard = null)
    {
        await using var broker = await KafkaBroker.Start(KafkaTopics.All);
        await using var fleet = await Start(broker, "direct", seed, heard);
        using var producers = new Producers(broker.Bootstrap, customers, each);
        // In the midst, however fast the machine is: some are taken, and they write on until after the kill.
        var killed = new TaskCompletionSource();
        var writing = producers.Write(seed, killed.Task);
        var taken = await Until(() => RoadReport.Taken(fleet.Database.Url), count => count >= customers * each / 10);
        await fleet.Silos[0].Kill();
        var since = TimeProvider.System.GetTimestamp();
        killed.SetResult();
        await writing;
        say($"a silo was killed after {taken} of {producers.Acknowledged.Count} were taken");
        await RoadReport.CatchUp(producers.Acknowledged, fleet.Database.Url, AllWithin);
        var caught = TimeProvider.System.GetElapsedTime(since);
        return (await RoadReport.Of(producers.Acknowledged, broker.Bootstrap, fleet.Database.Url, AllWithin)) with { Caught = caught };
    }

    /// <summary>The broker is away for a while, under load by HTTP that comes in through it.</summary>
    public static async Task<RoadReport> Outage(int seed, int customers, TimeSpan down, TimeSpan around, Action<string> say, Action<string, string>? heard = null)
    {
        await using var broker = await KafkaBroker.Start(KafkaTopics.All);
        await using var fleet = await Start(broker, "kafka", seed, heard);
        await using var balancer = new Balancer(() => fleet.Silos);
        if (!await fleet.AllReady(balancer, ReadyWithin))
            throw new TimeoutException("The fleet is not ready.");
        using var client = new FleetClient(balancer, TimeSpan.FromSeconds(12));
        using var enough = new CancellationTokenSource();
        var people = new RoadCustomers(client, customers);
        var writing = people.Write(seed, enough.Token);
        await Task.Delay(around);
        say($"{people.Acknowledged.Count} were acknowledged before the broker goes");
        await broker.Down();
        await Task.Delay(down);
        var meanwhile = people.Acknowledged.ToArray();
        await broker.Up();
        // What comes by HTTP goes on meanwhile, so that only what the broker had is waited for.
        var catching = RoadReport.CatchUp(meanwhile, fleet.Database.Url, AllWithin);
        await Task.Delay(around);
        await enough.CancelAsync();
        await writing;
        say($"{people.Acknowledged.Count} were acknowledged, {meanwhile.Length} of them before it came back; {client.Complaints.Length} calls were made again");
        if (client.Unexpected.TryPeek(out var odd))
            throw new InvalidOperationException($"An answer that nothing should have brought about: {odd}");
        var report = await RoadReport.Of(people.Acknowledged, broker.Bootstrap, fleet.Database.Url, AllWithin);
        return report with { Caught = await catching, Told = await ToldReport.Of(broker.Bootstrap, fleet.Database.Url, ToldWithin) };
    }

    private static async Task<int> Until(Func<Task<int>> count, Func<int, bool> isEnough)
    {
        var since = TimeProvider.System.GetTimestamp();
        for (int now; ; await Task.Delay(TimeSpan.FromMilliseconds(20)))
            if (isEnough(now = await count()))
                return now;
            else if (TimeProvider.System.GetElapsedTime(since) > AllWithin)
                throw new TimeoutException($"Only {now} were taken within {AllWithin}.");
    }

    private static Task<Fleet> Start(KafkaBroker broker, string intake, int seed, Action<string, string>? heard) => Fleet.Start(new()
    {
        Silos = 2,
        HasLinks = false,
        ModelTakes = ModelTakes,
        Seed = seed,
        Heard = heard,
        Settings = new Dictionary<string, string> { ["KAFKA_BOOTSTRAP_SERVERS"] = broker.Bootstrap, ["INTAKE"] = intake },
    });
}
