using System.Globalization;
using FteAgent.Cluster.Load;
using FteAgent.Cluster.Silos;

namespace FteAgent.Bench.Fleets;

/// <summary>
/// How long customers wait when one silo of three is killed or freezes: from that moment to the committed answer of every message that
/// was under way, and from its sending to the committed answer of every message sent in the seconds after it.
/// </summary>
internal static class FailoverBench
{
    private const int Conversations = 100;
    private static readonly TimeSpan ModelTakes = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);

    /// <summary>Messages sent for this long after the blow count as its own.</summary>
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AllAnsweredWithin = TimeSpan.FromMinutes(3);

    public static async Task<Figures> Run()
    {
        var figures = Figures.Begin("fleet-failover");
        // No links: nothing but the silos themselves is measured.
        await using var fleet = await Fleet.Start(new() { ModelTakes = ModelTakes, HasLinks = false });
        await using var balancer = new Balancer(() => fleet.Silos);

        Console.WriteLine($"  {ThisBuild.Engine}, 3 silos, {Conversations} busy conversations, model of {ModelTakes.TotalSeconds:0} s, callers try elsewhere after {BusyTalks.Patience.TotalSeconds:0} s, commit {ThisBuild.Commit}, seconds to a committed answer:");
        Console.WriteLine("  blow     round   under way  sent after    slowest  failed calls  cut calls  load average");
        var kills = await Measure(fleet, balancer, "kill -9", 0, silo => silo.Kill(), silo => silo.Start());
        var freezes = await Measure(fleet, balancer, "SIGSTOP", Rounds.Count, silo => Now(silo.Freeze), silo => Now(silo.Thaw));

        figures.Add("failover.kill9_seconds", Median(kills, round => round.Slowest), $"slowest committed answer after kill -9, median of {Rounds.Count}");
        figures.Add("failover.kill9_failed_calls", Median(kills, round => round.Failed), "calls that a live silo failed, median");
        figures.Add("failover.kill9_cut_calls", Median(kills, round => round.Cut), "calls in flight to the killed silo itself, median");
        figures.Add("failover.sigstop_seconds", Median(freezes, round => round.Slowest), $"slowest committed answer after SIGSTOP, median of {Rounds.Count}");
        figures.Add("failover.sigstop_failed_calls", Median(freezes, round => round.Failed), "calls that a live silo failed, median");
        figures.Add("failover.unexpected_answers", kills.Concat(freezes).Sum(round => round.Unexpected), "neither 2xx nor 503 with Retry-After, in all rounds");
        figures.Write();
        return figures;
    }

    private static async Task<List<Round>> Measure(Fleet fleet, Balancer balancer, string name, int first, Func<FleetSilo, Task> blow, Func<FleetSilo, Task> mend)
    {
        var rounds = new List<Round>();
        for (var number = 1; number <= Rounds.Count; number++)
        {
            await Whole.Again(fleet, balancer);
            var round = await Measure(fleet, balancer, fleet.Silos[number % fleet.Silos.Count], 1_000 * (first + number), blow, mend);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {name,-8} {number,5} {round.UnderWay,11:0.00} {round.SentAfter,11:0.00} {round.Slowest,10:0.00} {round.Failed,13} {round.Cut,10}  {Machine.LoadAverage}"));
            rounds.Add(round);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {name,-8} median {Median(rounds, round => round.UnderWay),10:0.00} {Median(rounds, round => round.SentAfter),11:0.00} {Median(rounds, round => round.Slowest),10:0.00} {Median(rounds, round => round.Failed),13} {Median(rounds, round => round.Cut),10}"));
        return rounds;
    }

    private static async Task<Round> Measure(Fleet fleet, Balancer balancer, FleetSilo victim, int firstNumber, Func<FleetSilo, Task> blow, Func<FleetSilo, Task> mend)
    {
        await using var talks = new BusyTalks(fleet, balancer, Conversations, firstNumber);
        await Task.Delay(WarmUp);
        var struck = TimeProvider.System.GetTimestamp();
        await blow(victim);
        await Task.Delay(Aftermath);
        var over = TimeProvider.System.GetTimestamp();
        // The victim stays away until all is answered: the others must do it.
        await talks.End(AllAnsweredWithin);

        var underWay = talks.All.Where(sent => sent.At <= struck && !(sent.AnsweredAt <= struck)).Select(sent => Seconds(struck, sent)).ToList();
        var after = talks.All.Where(sent => sent.At > struck && sent.At <= over).Select(sent => Seconds(sent.At, sent)).ToList();
        var complaints = talks.Client.Complaints.Where(complaint => complaint.At >= struck).ToList();
        foreach (var answer in talks.Client.Unexpected)
            Console.WriteLine($"  unexpected: {answer}");
        await mend(victim);
        return new(
            underWay.Count == 0 ? 0 : underWay.Max(), after.Count == 0 ? 0 : after.Max(),
            complaints.Count(complaint => complaint.Silo != victim.Number), complaints.Count(complaint => complaint.Silo == victim.Number),
            talks.Client.Unexpected.Count);
    }

    private static double Seconds(long from, Sent sent) => TimeProvider.System.GetElapsedTime(from, sent.AnsweredAt!.Value).TotalSeconds;

    private static double Median(IEnumerable<Round> rounds, Func<Round, double> figure) => rounds.Select(figure).Order().ElementAt(Rounds.Count / 2);

    private static Task Now(Action act)
    {
        act();
        return Task.CompletedTask;
    }

    /// <param name="UnderWay">Of the messages that were under way at the blow, the slowest answer, from the blow.</param>
    /// <param name="SentAfter">Of those sent after it, the slowest, from its sending.</param>
    /// <param name="Failed">Attempts that a live silo failed.</param>
    /// <param name="Cut">Attempts that were on their way to the victim itself.</param>
    /// <param name="Unexpected">Answers that nothing should have brought about.</param>
    private sealed record Round(double UnderWay, double SentAfter, int Failed, int Cut, int Unexpected)
    {
        public double Slowest => Math.Max(UnderWay, SentAfter);
    }
}
