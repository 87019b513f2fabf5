using FteAgent.Jobs;
using FteAgent.Knowledge;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FteAgent.Learning;

/// <summary>
/// Puts approved articles into the knowledge, and takes out those that are not approved any more. It compares the record with itself, so whatever was
/// cut off is done by the next look, on whichever silo; for each version of the knowledge one silo makes the next.
/// </summary>
internal sealed partial class LearnedKnowledge(
    IArticles articles, IKnowledgeIndex index, IJobRoster roster, TimeProvider time, ILogger<LearnedKnowledge> logger)
    : BackgroundService, ILearnedKnowledge
{
    /// <summary>How long another silo leaves it to the one that began. Made twice it is the same.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim waking = new(0, 1);

    public void Wake()
    {
        try
        {
            waking.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is about to look anyway.
        }
    }

    /// <summary>Looks, and does what there is to do; true where this silo published something.</summary>
    public async Task<bool> Round(CancellationToken cancellationToken)
    {
        try
        {
            var difference = await articles.Unpublished(cancellationToken);
            if (difference.IsEmpty || await roster.Claim($"learned/{difference.Version}", Lease, cancellationToken) is not { } claim)
                return false;
            var (version, put, removed) = await index.Change(
                [.. difference.Upserts.Take(IKnowledgeIndex.MaxChange)], [.. difference.Removed.Take(IKnowledgeIndex.MaxChange)], cancellationToken);
            // Where no version came of it, the next difference to this one must find the job free.
            if (version > difference.Version)
                await roster.Finish(claim, cancellationToken);
            LogPublished(logger, version, put, removed);
            return true;
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(logger, failure);
            return false;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        waking.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Round(stoppingToken);
                using var pause = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                // Whichever comes first; the other is given up, or it would eat the next call.
                await Task.WhenAny(waking.WaitAsync(pause.Token), Task.Delay(Period, time, pause.Token));
                await pause.CancelAsync();
                stoppingToken.ThrowIfCancellationRequested();
            }
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // Whatever was cut off by it: the next look goes on.
        }
    }

    [LoggerMessage(2303, LogLevel.Information, "Knowledge version {Version} has {Put} learned articles that the one before lacked, and {Removed} less.")]
    private static partial void LogPublished(ILogger logger, long version, int put, int removed);

    [LoggerMessage(2304, LogLevel.Error, "What operators approved could not be put into the knowledge; it is tried again.")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}
