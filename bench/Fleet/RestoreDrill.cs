using System.Diagnostics;
using FteAgent.Cluster.History;
using FteAgent.Cluster.Load;
using FteAgent.Cluster.Silos;
using FteAgent.Testing;

namespace FteAgent.Bench.Fleets;

/// <summary>
/// A fleet under load loses its whole database and gets it back from a base backup and the archive of what was written ahead, with the
/// commands that docs/backup.md gives. The silos are never restarted. What was committed after the last archived segment is lost; that
/// much, and no more, may be.
/// </summary>
internal static class RestoreDrill
{
    private static readonly TimeSpan BeforeBackup = TimeSpan.FromSeconds(20);

    // Longer than archive_timeout twice, so that the loss is that of a running system and not of its first minute.
    private static readonly TimeSpan AfterBackup = TimeSpan.FromSeconds(150);
    private static readonly TimeSpan AfterRestore = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BackWithin = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan SettleWithin = TimeSpan.FromMinutes(2);

    /// <summary>Between a commit and the moment at which its caller has its answer; commits of one moment may be acknowledged in another order.</summary>
    private static readonly TimeSpan AnswerTakes = TimeSpan.FromSeconds(2);

    public static async Task<Figures> Run()
    {
        var figures = Figures.Begin("restore");
        var seed = Seed.OfThisRun();
        await using var fleet = await Fleet.Start(new() { HasLinks = false, Archives = true, Seed = seed });
        await using var balancer = new Balancer(() => fleet.Silos);
        await Whole.Again(fleet, balancer);
        await using var load = await DrillLoad.Begin(balancer, seed);
        await Task.Delay(BeforeBackup);
        var (data, archive, backup) = (Path.Combine(fleet.Server.Folder!, "data"), Path.Combine(fleet.Server.Folder!, "archive"), Path.Combine(fleet.Server.Folder!, "base"));
        await Command(Path.Combine(await PostgresServer.ProgramsFolder(), "pg_basebackup"), "-h", "127.0.0.1", "-p", $"{fleet.Server.Port}", "-U", "postgres", "-D", backup, "-c", "fast");
        Say($"base backup made under load; {load.Accepted.Count} messages accepted so far");
        await Task.Delay(AfterBackup);

        var destroyed = TimeProvider.System.GetTimestamp();
        await fleet.Server.Stop();
        Directory.Delete(data, recursive: true);
        Say($"the server was stopped as by a crash and its data destroyed; {load.Accepted.Count} messages accepted so far, {fleet.Sink.Received.Count} posts sent");
        await Command(Path.Combine(Figures.Root(), "scripts", "postgres-restore"), backup, archive, data);
        await fleet.Server.StartAgain();
        Say($"the server is back after {TimeProvider.System.GetElapsedTime(destroyed).TotalSeconds:0.0} s");
        var serves = await load.AcceptedAfter(destroyed + Ticks(AnswerTakes), BackWithin);
        var rto = TimeProvider.System.GetElapsedTime(destroyed, serves);
        Say($"the first message was accepted after {rto.TotalSeconds:0.0} s");
        await Task.Delay(AfterRestore);
        await load.End();

        Judged(figures, fleet, load, await Settled(fleet), destroyed, rto);
        figures.Add("restore.seed", seed, $"{Seed.Variable} to repeat it");
        figures.Write();
        return figures;
    }

    private static void Judged(Figures figures, Fleet fleet, DrillLoad load, StoredRecord record, long destroyed, TimeSpan rto)
    {
        var stored = record.Messages.Select(message => message.Id).ToHashSet();
        var marks = record.Messages.Where(message => message.Author == "customer").SelectMany(message => Mark.In(message.Text)).ToHashSet();
        bool IsKept(Acceptance acceptance) => acceptance.MessageId is { } id ? stored.Contains(id) : marks.Contains(acceptance.Mark);
        var lost = load.Accepted.Where(acceptance => !IsKept(acceptance)).OrderBy(acceptance => acceptance.AcceptedAt).ToList();
        var rpo = lost.Count == 0 ? TimeSpan.Zero : TimeProvider.System.GetElapsedTime(lost[0].AcceptedAt, destroyed);
        // The record goes back to one moment: nothing that it keeps of the time before is younger than what it lost.
        var point = load.Accepted.Where(acceptance => acceptance.AcceptedAt < destroyed && IsKept(acceptance)).Max(acceptance => acceptance.AcceptedAt);
        var wrongly = lost.Count(acceptance => acceptance.AcceptedAt < point - Ticks(AnswerTakes) || acceptance.AcceptedAt > destroyed + Ticks(AnswerTakes));

        var sends = fleet.Sink.Received.GroupBy(post => post.Id).ToList();
        // Marked as sent within the kept time; a send of the lost seconds cannot be known to a record that went back, and bears the same id.
        var repeated = sends.Count(posts => posts.Count() > 1 && posts.Min(post => post.At) < point - Ticks(AnswerTakes));
        var repeatedInTheWindow = sends.Count(posts => posts.Count() > 1) - repeated;

        var happenings = new Happenings();
        foreach (var acceptance in load.Accepted.Where(IsKept))
            happenings.Add(acceptance);
        foreach (var left in Stoppages.OfConversations(record))
            happenings.Add(new Undone(left.Conversation, left.What));
        // Once each: how often they came is counted above, and what came of the lost seconds only is nowhere in the record.
        foreach (var posts in sends.Where(posts => record.Deliveries.Any(delivery => delivery.Id == posts.Key)))
            happenings.Add(new Arrival(posts.Key, posts.First().Body));
        var verdict = Judge.Of(happenings, record);
        foreach (var finding in verdict.Findings.Take(10))
            Say($"{finding}");

        figures.Add("restore.rpo_seconds", rpo.TotalSeconds, $"from the oldest lost message to the loss; {lost.Count} of {load.Accepted.Count:#,0} messages lost; archive_timeout is 60 s");
        figures.Add("restore.rto_seconds", rto.TotalSeconds, "from the loss until a message was accepted again, by silos that nobody restarted");
        figures.Add("restore.lost_before_the_point", wrongly, "messages lost though older than one that was kept");
        figures.Add("restore.repeated_sends", repeated, $"of {sends.Count} posts, sent before the point of the restore");
        figures.Add("restore.repeated_in_the_window", repeatedInTheWindow, "posts of the lost seconds that came again, under the same id");
        figures.Add("restore.unanswered", verdict.Count(Harm.Stuck), "kept messages that nobody answered");
        figures.Add("restore.doubled", verdict.Count(Harm.Doubled) + verdict.Count(Harm.Reordered) + verdict.Count(Harm.Leaked) + verdict.Count(Harm.Lost), "any other harm");
    }

    private static async Task<StoredRecord> Settled(Fleet fleet)
    {
        for (var since = TimeProvider.System.GetTimestamp(); ; await Task.Delay(TimeSpan.FromSeconds(1)))
            if (await RecordReader.Read(fleet.Database.Url) is var record && (!Stoppages.OfConversations(record).Any() || TimeProvider.System.GetElapsedTime(since) > SettleWithin))
                return record;
    }

    private static async Task Command(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{Path.GetFileName(program)} ended with {process.ExitCode}: {error}");
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * TimeProvider.System.TimestampFrequency);

    private static void Say(string line) => Console.WriteLine($"  {line}");
}
