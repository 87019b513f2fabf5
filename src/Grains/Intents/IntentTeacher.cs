using System.Diagnostics;
using System.Globalization;
using FteAgent.Jobs;
using FteAgent.Knowledge;
using Microsoft.Extensions.Logging;

namespace FteAgent.Intents;

/// <summary>
/// Trains the classifier of intents when there is something new to learn from: one silo of the fleet looks after each change of the knowledge, and once an
/// hour for what changes beside it. What it finds learned already is not learned again.
/// </summary>
internal sealed partial class IntentTeacher(
    Lessons lessons, IIntents record, KnownIntents known, KnowledgeIndex index, IJobRoster jobs, IntentMetrics metrics, TimeProvider time,
    ILogger<IntentTeacher> log) : Routine(Period, time)
{
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    /// <summary>Whoever approves one article often approves the next: they are learned together.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromSeconds(10);

    /// <summary>So long at most, though the knowledge changes all the time.</summary>
    public static readonly TimeSpan LongestSettle = TimeSpan.FromMinutes(2);

    /// <summary>From one training to the next; where there is no classifier, nobody waits.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    /// <summary>The most examples take some seconds. A silo that dies over it, or fails, is waited for as long as this.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    /// <summary>How often it is begun anew because somebody was erased meanwhile.</summary>
    private const int Attempts = 5;

    private long seen;
    private DateTimeOffset seenAt;
    private DateTimeOffset? unsettledSince;
    private string? done;

    /// <summary>A silo that has just started has better things to do.</summary>
    protected override TimeSpan FirstAfter => Period;

    /// <summary>Looks, and trains where there is something new; true where this silo did. What is cut off another silo learns when the lease is over.</summary>
    public async Task<bool> Look(CancellationToken cancellationToken)
    {
        var kept = await known.Refresh(cancellationToken);
        // What a later release trained, this one cannot better.
        if (kept.Format > ClassifierBytes.Version || !Settled(index.Version)) return false;
        var isUsable = kept.Format == ClassifierBytes.Version && !known.Refused(kept.Number);
        if (isUsable && kept.Age < Between) return false;
        // A silo that lags behind would teach what another has just replaced.
        await index.Refresh(cancellationToken);
        if (index.Version != seen) return false;

        var job = string.Create(CultureInfo.InvariantCulture, $"intents/{kept.Number}/{seen}/{Time.GetUtcNow():yyyy-MM-ddTHH}");
        if (job == done || await jobs.Claim(job, Lease, cancellationToken) is not { } claim) return false;
        var trained = await Learn(kept, isUsable, cancellationToken);
        await jobs.Finish(claim, cancellationToken);
        (done, unsettledSince) = (job, null);
        return trained;
    }

    /// <inheritdoc/>
    protected override Task Do(CancellationToken cancellationToken) => Look(cancellationToken);

    /// <inheritdoc/>
    protected override void Tell(Exception failure) => LogFailed(failure);

    private bool Settled(long version)
    {
        var now = Time.GetUtcNow();
        if (version != seen)
        {
            (seen, seenAt) = (version, now);
            unsettledSince ??= now;
        }

        return version > 0 && (now - seenAt >= Settle || now - unsettledSince >= LongestSettle);
    }

    private async Task<bool> Learn(KeptIntents kept, bool isUsable, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var lesson = await lessons.Gather(cancellationToken);
            if (isUsable ? lesson.Fingerprint == kept.Fingerprint : kept.Format == 0 && lesson.Examples.IsEmpty) return false;
            var since = Stopwatch.GetTimestamp();
            var outcome = "failed";
            try
            {
                var bytes = await QuietThread.Run("fte-intents", () => Train(lesson, cancellationToken));
                var isKept = await record.Keep(
                    new(kept.Number, ClassifierBytes.Version, lesson.Fingerprint, bytes.Labels, lesson.Examples.Length, bytes.Classifier, lesson.Articles), cancellationToken);
                outcome = isKept ? "kept" : "outdated";
                if (!isKept && (await record.Current(cancellationToken)).Number == kept.Number) continue;
                LogTrained(lesson.Examples.Length, bytes.Labels, Stopwatch.GetElapsedTime(since).TotalSeconds, outcome);
                await known.Refresh(cancellationToken);
                return isKept;
            }
            finally
            {
                metrics.Trained(outcome, since);
            }
        }

        return false;
    }

    private static (byte[] Classifier, int Labels) Train(Lesson lesson, CancellationToken cancellationToken)
    {
        var classifier = IntentTrainer.Train(lesson.Examples, cancellationToken);
        var bytes = ClassifierBytes.Write(classifier);
        // What silos would refuse is not kept: each would have it trained anew for ever.
        return ClassifierBytes.TryRead(bytes, out _, out var fault) ? (bytes, classifier.Labels.Length) : throw new InvalidDataException(fault);
    }

    [LoggerMessage(2132, LogLevel.Information, "Intents were learned from {Examples} examples of {Labels} in {Seconds:0.0} s: {Outcome}.")]
    private partial void LogTrained(int examples, int labels, double seconds, string outcome);

    [LoggerMessage(2133, LogLevel.Error, "Intents could not be learned; it is tried again.")]
    private partial void LogFailed(Exception failure);
}
