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
    private static readonly TimeSpan ModelTakes = TimeSpan.FromMilliseconds(200);

    /// <summary>A silo is killed in the midst of what it consumes, by a signal that it cannot handle.</summary>
    public static async Task<RoadReport> Kill(int seed, int customers, int each, Action<string> say, Action<string, string>? heard = null)
    {
        await using var broker = await KafkaBroker.Start(KafkaTopics.All);
        await using var fleet = await Start(broker, "direct", seed, heard);
        using var producers = new Producers(broker.Bootstrap, customers, each);
        await producers.Write(seed);
        // In the midst: some are taken, and many are not.
        var taken = await Until(() => RoadReport.Taken(fleet.Database.Url), count => count >= customers * each / 10);
        await fleet.Silos[0].Kill();
        say($"a silo was killed after {taken} of {customers * each} were taken");
        if (taken >= customers * each)
            throw new InvalidOperationException("All were taken before the kill: that is no midst.");
        return await RoadReport.Of(producers.Acknowledged, fleet.Database.Url, AllWithin);
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
        var meanwhile = people.Acknowledged.Count;
        await broker.Up();
        var back = TimeProvider.System.GetTimestamp();
        await Task.Delay(around);
        await enough.CancelAsync();
        await writing;
        say($"{people.Acknowledged.Count} were acknowledged, {meanwhile} of them before it came back; {client.Complaints.Length} calls were made again");
        if (client.Unexpected.TryPeek(out var odd))
            throw new InvalidOperationException($"An answer that nothing should have brought about: {odd}");
        var report = await RoadReport.Of(people.Acknowledged, fleet.Database.Url, AllWithin);
        return report with { Caught = TimeProvider.System.GetElapsedTime(back) };
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
