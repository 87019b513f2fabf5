using FteAgent.Cluster.History;
using FteAgent.Cluster.Silos;

namespace FteAgent.Cluster.Load;

/// <summary>What a rolling restart came to.</summary>
/// <param name="Answered">Requests that got a 2xx.</param>
/// <param name="Failures">Those that did not, in words.</param>
/// <param name="Milliseconds">How long those took that did, sorted.</param>
/// <param name="SlowestDrain">The longest from the sign to stop until a silo's process had ended.</param>
/// <param name="SlowestStart">The longest from the start of a silo's process until it took requests.</param>
/// <param name="FewestAnswers">How many answers the assistant gave at least between one restart and the next.</param>
/// <param name="Verdict">The harms.</param>
internal sealed record RollingReport(
    int Answered, IReadOnlyCollection<string> Failures, IReadOnlyList<double> Milliseconds, TimeSpan SlowestDrain, TimeSpan SlowestStart, int FewestAnswers,
    Verdict Verdict);

/// <summary>
/// Restarts the silos of a fleet one after the other, as a deploy does, under a load that sends nothing twice, behind a balancer that asks
/// for readiness only every ten seconds and passes no request on to another silo.
/// </summary>
internal static class RollingRestart
{
    /// <summary>How long a silo must serve on after the sign to stop: a balancer's period, and the time that its question takes.</summary>
    public const string DrainSeconds = "12";

    private const int Silos = 3;
    private const int Conversations = 200;
    private static readonly TimeSpan BalancerAsksEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SettleWithin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs it on a fleet of its own.</summary>
    public static async Task<RollingReport> Run(int seed, int requestsPerSecond, TimeSpan modelTakes, Action<string> say, Action<string, string>? heard = null)
    {
        await using var fleet = await Fleet.Start(new()
        {
            Silos = Silos,
            ModelTakes = modelTakes,
            HasLinks = false,
            Settings = new Dictionary<string, string> { ["DRAIN_SECONDS"] = DrainSeconds },
            Heard = heard,
        });
        await using var balancer = new Balancer(() => fleet.Silos, BalancerAsksEvery);
        await Ready(fleet, balancer);
        var happenings = new Happenings();
        await using var load = await SteadyLoad.Begin(balancer, happenings, requestsPerSecond, Conversations, seed);

        var (slowestDrain, slowestStart, fewestAnswers, answersBefore) = (TimeSpan.Zero, TimeSpan.Zero, int.MaxValue, await Answers(fleet));
        foreach (var silo in fleet.Silos)
        {
            var (code, took) = await silo.Terminate();
            if (code != 0)
                throw new InvalidOperationException($"{silo.Name} ended with {code}:\n{silo.Output}");
            var since = TimeProvider.System.GetTimestamp();
            await silo.Start();
            var start = TimeProvider.System.GetElapsedTime(since);
            say(FormattableString.Invariant($"{silo.Name} drained in {took.TotalSeconds:0.0} s and was there again after {start.TotalSeconds:0.0} s; {load.Failures.Count} requests failed so far"));
            (slowestDrain, slowestStart) = (took > slowestDrain ? took : slowestDrain, start > slowestStart ? start : slowestStart);
            // The next goes only when this one is back in the balancer's eyes, which is what a deploy waits for.
            await Ready(fleet, balancer);
            var answers = await Answers(fleet);
            say($"{answers - answersBefore} answers meanwhile");
            (fewestAnswers, answersBefore) = (Math.Min(fewestAnswers, answers - answersBefore), answers);
        }

        await load.End();
        foreach (var left in Stoppages.OfConversations(await Settled(fleet)))
            happenings.Add(new Undone(left.Conversation, left.What));
        foreach (var post in fleet.Sink.Received)
            happenings.Add(new Arrival(post.Id, post.Body));
        var verdict = Judge.Of(happenings, await RecordReader.Read(fleet.Database.Url));
        return new(load.Milliseconds.Count, load.Failures, [.. load.Milliseconds.Order()], slowestDrain, slowestStart, fewestAnswers, verdict);
    }

    /// <summary>What the assistant has said so far that is no notice.</summary>
    private static async Task<int> Answers(Fleet fleet) =>
        (await RecordReader.Read(fleet.Database.Url)).Messages.Count(message => message is { Author: "assistant", Kind: "text", Notice: null });

    private static async Task Ready(Fleet fleet, Balancer balancer)
    {
        for (var since = TimeProvider.System.GetTimestamp(); !fleet.Silos.All(balancer.IsReady); await Task.Delay(LookEvery))
            if (TimeProvider.System.GetElapsedTime(since) > ReadyWithin)
                throw new TimeoutException($"Not all silos were ready within {ReadyWithin}:\n" + string.Join("\n\n", fleet.Silos.Select(silo => silo.Output)));
    }

    private static async Task<StoredRecord> Settled(Fleet fleet)
    {
        for (var since = TimeProvider.System.GetTimestamp(); ; await Task.Delay(LookEvery))
            if (await RecordReader.Read(fleet.Database.Url) is var record && (!Stoppages.OfConversations(record).Any() || TimeProvider.System.GetElapsedTime(since) > SettleWithin))
                return record;
    }
}
