using System.Collections.Immutable;
using FteAgent.Jobs;
using Microsoft.Extensions.Logging;

namespace FteAgent.Knowledge.Flags;

/// <summary>Sees to it that what is doubtful about the current version is known: one silo of the fleet works it out, once a version and day.</summary>
internal sealed partial class FlagKeeper(
    KnowledgeIndex index, IKnowledgeFlags flags, IJobRoster jobs, KnowledgeOptions options, TimeProvider time, ILogger<FlagKeeper> log)
    : IKnowledgeReview
{
    /// <summary>Ten thousand chunks take some seconds.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    private readonly ChunkReader reader = new();
    private (long Version, DateOnly Day) known;

    public async Task<FlaggedVersion> Current(CancellationToken cancellationToken)
    {
        await index.Refresh(cancellationToken);
        var snapshot = index.Current;
        if (snapshot.Version == 0) return new(0, []);
        return new(snapshot.Version, await flags.Find(snapshot.Version, cancellationToken) ?? await WorkOut(snapshot, cancellationToken));
    }

    /// <summary>Looks whether something is to be worked out or learned from another silo.</summary>
    public async Task Look(CancellationToken cancellationToken)
    {
        var snapshot = index.Current;
        var now = (snapshot.Version, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        if (snapshot.Version == 0 || known == now) return;
        // Pages grow old though nothing is changed.
        var name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"flags/{snapshot.Version}/{now.Item2:yyyy-MM-dd}");
        if (await jobs.Claim(name, Lease, cancellationToken) is { } claim)
        {
            index.Flagged(await WorkOut(snapshot, cancellationToken));
            await jobs.Finish(claim, cancellationToken);
        }
        else if (await flags.Find(snapshot.Version, cancellationToken) is { } found) index.Flagged(found);
        else return;   // Another silo is at it.

        known = now;
    }

    private async Task<ImmutableArray<KnowledgeFlag>> WorkOut(KnowledgeSnapshot snapshot, CancellationToken cancellationToken)
    {
        var found = await QuietThread.Run("fte-flags", () => FlagFinder.Find(
            snapshot.Pages(), reader.Read(snapshot.All(), cancellationToken), time.GetUtcNow(), options.StaleAfter, cancellationToken));
        if (await flags.Keep(snapshot.Version, found, cancellationToken))
            LogFound(snapshot.Version, Count(found, FlagKind.Instructions), Count(found, FlagKind.Contradicts), Count(found, FlagKind.Differs), Count(found, FlagKind.Stale));
        return [.. found];
    }

    private static int Count(List<KnowledgeFlag> found, FlagKind kind) => found.Count(flag => flag.Kind == kind);

    [LoggerMessage(2120, LogLevel.Information, "Knowledge version {Version} has {Instructions} places that speak to the assistant, {Contradictions} sentences that contradict others, {Differences} that differ from those of other subjects and {Stale} stale pages; 'silo knowledge flags' lists them")]
    private partial void LogFound(long version, int instructions, int contradictions, int differences, int stale);
}
