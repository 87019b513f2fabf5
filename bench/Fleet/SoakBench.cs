using System.Globalization;
using FteAgent.Cluster.History;
using FteAgent.Cluster.Load;
using FteAgent.Cluster.Soaking;

namespace FteAgent.Bench.Fleets;

/// <summary>
/// Three silos with customers on every channel while one silo is killed every half minute: 50 messages a second at their times, each sent
/// once. The silos are compiled ahead of time and set as an image's are: one that starts would otherwise take both cores from the others. The load,
/// the providers' stand-ins and the judge run on this machine too and have their share of its cores.
/// </summary>
internal static class SoakBench
{
    /// <summary>Sets how long it runs.</summary>
    private const string Minutes = "FTE_SOAK_MINUTES";

    private const double DefaultMinutes = 10;
    private const int PerSecond = 50;
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(10);   // Before a kill: what may have been under way.
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(1);        // After it: what the end of a process takes at most.
    private static readonly TimeSpan ModelTakes = TimeSpan.FromSeconds(1);

    public static async Task<Figures> Run()
    {
        var figures = Figures.Begin("soak");
        var minutes = Environment.GetEnvironmentVariable(Minutes) is { Length: > 0 } given ? double.Parse(given, CultureInfo.InvariantCulture) : DefaultMinutes;
        var program = Path.Combine(await ImageProgram.Publish("fleet", "fleet"), "FteAgent.Cluster.Tests");
        var before = Environment.CpuUsage.TotalTime;
        var report = await SoakRun.Run(program, ImageProgram.RuntimeSettings(), Seed.OfThisRun(), TimeSpan.FromMinutes(minutes), PerSecond, ModelTakes, line => Console.WriteLine($"  {line}"));
        var generator = Environment.CpuUsage.TotalTime - before;

        Console.WriteLine($"\n  {"channel",-10} {"messages",10} {"good",10} {"p50 ms",10} {"p95 ms",10} {"p99 ms",10} {"parts out",10}");
        foreach (var way in report.Requests.GroupBy(request => request.Way).OrderBy(way => way.Key))
        {
            var times = way.Select(request => request.Milliseconds).Order().ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {way.Key,-10} {times.Count,10:#,0} {way.Count(request => request.Failure is null),10:#,0} {Quantile(times, 0.5),10:0.0} {Quantile(times, 0.95),10:0.0} {Quantile(times, 0.99),10:0.0} {report.Arrived.GetValueOrDefault(way.Key),10:#,0}"));
        }

        foreach (var failure in report.Requests.Where(request => request.Failure is not null).GroupBy(request => $"{request.Way}: {request.Failure}").OrderByDescending(some => some.Count()).Take(20))
            Console.WriteLine($"  {failure.Count()} times {failure.Key}");
        foreach (var finding in report.Verdict.Findings.Take(20))
            Console.WriteLine($"  {finding}");
        Console.WriteLine();

        var good = report.Requests.Count(request => request.Failure is null);
        figures.Add("soak.minutes", minutes, $"with {report.Kills.Count} kills");
        figures.Add("soak.uptime_percent", 100.0 * good / report.Requests.Count, $"of {report.Requests.Count:#,0} messages, each sent once, answered with 2xx within 10 s of the time at which it was meant to be sent");
        var failed = report.Requests.Where(request => request.Failure is not null).Select(request => FromKill(report.Kills, request)).ToList();
        figures.Add("soak.failed_under_way", failed.Count(after => after <= TimeSpan.Zero), $"of {failed.Count} that failed: sent before their silo was killed");
        figures.Add("soak.failed_after", failed.Count(after => after > TimeSpan.Zero), $"sent to it afterwards, {(failed.Max() is { Ticks: > 0 } last ? last.TotalMilliseconds : 0):0} ms at the latest: the system takes a while to end a process and close its port, and until then nobody can tell");
        figures.Add("soak.failed_otherwise", failed.Count(after => after is null), "not in the time about a kill of their silo");
        figures.Add("soak.processing_p50_ms", Quantile(report.Processing, 0.5), "from a message's receipt to the commit of its answer, 1 s of it the model's");
        figures.Add("soak.processing_p95_ms", Quantile(report.Processing, 0.95), "the same");
        figures.Add("soak.answered_percent", 100.0 * report.Processing.Count / report.Asked, $"of {report.Asked:#,0} messages stored: those that an answer names");
        figures.Add("soak.joined", report.Joined.Linked + report.Joined.Merged, $"customers on several channels who are one conversation: {report.Joined.Linked} by codes typed on the page, {report.Joined.Merged} by an operator");
        figures.Add("soak.joined_by_code", report.Joined.Linked, "of them, with the web among their channels");
        figures.Add("soak.not_joined", report.Joined.Apart, "customers on several channels whose messages stand in several conversations");
        figures.Add("soak.joined_unanswered", report.Joined.Unanswered, $"of {report.Joined.Messages:#,0} messages of theirs: those that no answer in that one conversation names");
        figures.Add("soak.lost", report.Verdict.Count(Harm.Lost), "messages");
        figures.Add("soak.doubled", report.Verdict.Count(Harm.Doubled), "messages and answers");
        figures.Add("soak.other_harms", report.Verdict.Findings.Count(finding => finding.Harm is not (Harm.Lost or Harm.Doubled)), "reordered, stuck or leaked");
        figures.Add("soak.repeated_sends", report.Repeated, "parts of answers that a provider got again, under the same id");
        figures.Add("soak.generator_us_per_message", generator.TotalMicroseconds / report.Requests.Count, "CPU time of this process, the judge and Twilio's stand-in among it");
        figures.Write();
        return figures;
    }

    /// <summary>How long after the kill of its silo a request was sent, less than nothing before it; null where none was near.</summary>
    private static TimeSpan? FromKill(IReadOnlyList<(int Silo, long At)> kills, SoakRequest request) => kills
        .Where(kill => kill.Silo == request.Silo)
        .Select(kill => (TimeSpan?)TimeProvider.System.GetElapsedTime(kill.At, request.SentAt))
        .Where(after => after > -LongestRequest && after < LongestEnd)
        .MaxBy(after => after);

    private static double Quantile(IReadOnlyList<double> sorted, double share) => sorted.Count == 0 ? 0 : sorted[(int)(share * (sorted.Count - 1))];
}
