using System.Globalization;
using FteAgent.Cluster.History;
using FteAgent.Cluster.Load;
using FteAgent.Cluster.Silos;

namespace FteAgent.Cluster.Faults;

/// <summary>What a run of faults came to.</summary>
/// <param name="Seed">What it followed from.</param>
/// <param name="Verdict">The harms.</param>
/// <param name="Accepted">How many 2xx customers and operators got for messages.</param>
/// <param name="Messages">How many messages the record holds.</param>
/// <param name="Faults">How often each fault struck.</param>
/// <param name="Unexpected">Answers that nothing should have brought about.</param>
/// <param name="SlowestRecovery">The longest that the fleet took to be all ready again after a fault was over.</param>
internal sealed record FaultReport(
    int Seed, Verdict Verdict, int Accepted, int Messages, IReadOnlyDictionary<string, int> Faults, IReadOnlyList<string> Unexpected, TimeSpan SlowestRecovery);

/// <summary>A fleet under load, struck by one fault after another in an order that follows from a seed, and judged at the end.</summary>
internal static class FaultRun
{
    /// <summary>How long faults go on, in seconds.</summary>
    public const string Variable = "FTE_FAULTS_SECONDS";

    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    /// <summary>The given length, or this one.</summary>
    public static TimeSpan Length(int seconds) => TimeSpan.FromSeconds(
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : seconds);

    public static async Task<FaultReport> Run(int seed, TimeSpan length, Action<string> say)
    {
        say($"seed {seed} (set {Seed.Variable} to repeat it), {length.TotalSeconds:0} s of faults");
        var since = TimeProvider.System.GetTimestamp();
        TimeSpan Elapsed() => TimeProvider.System.GetElapsedTime(since);
        void Note(string what)
        {
            Log.Write($"== {what}");
            say(string.Create(CultureInfo.InvariantCulture, $"{Elapsed().TotalSeconds,7:0.0} s  {what}"));
        }

        await using var fleet = await Fleet.Start(new()
        {
            ModelTakes = TimeSpan.FromMilliseconds(500),
            Settings = new Dictionary<string, string> { ["Conversation__Settle"] = "00:00:00.100" },
            Seed = seed,
            Heard = Log.Lines,
        });
        await using var crowd = await Crowd.Enter(fleet, seed, new());
        await Task.Delay(WarmUp);
        since = TimeProvider.System.GetTimestamp();

        var struck = new Dictionary<string, int>();
        var slowest = TimeSpan.Zero;
        foreach (var fault in Schedule(Seed.For(seed, "order")))
        {
            // The first round is always whole: a run that left out a fault has shown nothing of it.
            if (Elapsed() >= length && struck.Count == Mishaps.All.Count)
                break;
            await fault.Strike(fleet, Seed.For(seed, fault.Name, struck.Values.Sum()), Note);
            struck[fault.Name] = struck.GetValueOrDefault(fault.Name) + 1;
            var over = Elapsed();
            await Recover(fleet, crowd, fault);
            slowest = Elapsed() - over > slowest ? Elapsed() - over : slowest;
        }

        Note("the faults are over; everybody ends what they began");
        fleet.Network.HealAll();
        var verdict = await crowd.Leave();
        var record = await RecordReader.Read(fleet.Database.Url);
        Note($"{crowd.Happenings.Accepted.Length} acceptances, {record.Messages.Count} messages, {record.Deliveries.Count} deliveries, {crowd.Client.Complaints.Length} attempts made again: {verdict}");
        return new(seed, verdict, crowd.Happenings.Accepted.Length, record.Messages.Count, struck, [.. crowd.Client.Unexpected], slowest);
    }

    /// <summary>All faults in a new order, again and again: each comes once before any comes twice.</summary>
    private static IEnumerable<Fault> Schedule(Random random)
    {
        while (true)
        {
            var round = Mishaps.All.ToArray();
            random.Shuffle(round);
            foreach (var fault in round)
                yield return fault;
        }
    }

    private static async Task Recover(Fleet fleet, Crowd crowd, Fault fault)
    {
        if (fleet.Silos.FirstOrDefault(silo => silo is { HasFallen: true, WasDeclaredDead: false }) is { } fallen)
            throw new InvalidOperationException($"{fallen.Name} ended by itself after {fault.Name}:\n{fallen.Output}");
        if (crowd.Working.IsFaulted)
            await crowd.Working;
        if (!await fleet.AllReady(crowd.Balancer, ReadyWithin))
            throw new TimeoutException(
                $"The fleet was not ready {ReadyWithin.TotalSeconds:0} s after {fault.Name}:\n" + string.Join("\n\n", fleet.Silos.Select(silo => $"{silo.Name} ({silo.State}):\n{silo.Output}")));
    }
}
