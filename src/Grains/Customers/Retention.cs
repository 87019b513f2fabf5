using FteAgent.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FteAgent.Customers;

/// <summary>How long people are remembered who do not write any more.</summary>
/// <param name="Keep">From when on someone who was silent is forgotten; at least a day.</param>
public sealed record RetentionOptions(TimeSpan Keep);

/// <summary>
/// Erases those who have been silent for longer than they are to be remembered, a few at a time. Every silo asks, and the record lets one at
/// a time do it.
/// </summary>
internal sealed partial class Retention(IPersonalData data, RetentionOptions options, TimeProvider time, ILogger<Retention> logger)
    : Routine(Period, time)
{
    /// <summary>How many are erased before others may write in between.</summary>
    private const int BatchLimit = 50;

    /// <summary>How many batches a round has: what is left is for the next one.</summary>
    private const int BatchesInRound = 200;

    /// <summary>Who has been silent for a year may be so for some hours more, and the embedded record rewrites its file after each round.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromHours(6);

    /// <summary>A silo that has just started has better things to do.</summary>
    protected override TimeSpan FirstAfter => TimeSpan.FromMinutes(5);

    /// <summary>Erases who is due. It may be cut off anywhere: each erasure is one transaction.</summary>
    protected override async Task Do(CancellationToken cancellationToken)
    {
        var (people, articles) = (0, 0);
        try
        {
            for (var batch = 0; batch < BatchesInRound; batch++)
            {
                var now = await data.EraseOlderThan(options.Keep, BatchLimit, cancellationToken);
                people += now.People;
                articles += now.Articles;
                if (now.People < BatchLimit)
                    break;
            }
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // What was erased before is scrubbed all the same.
            Tell(failure);
        }

        if (people == 0)
            return;
        LogErased(logger, people, (int)options.Keep.TotalDays);
        if (articles > 0)
            LogForgotten(logger, articles);
        await data.Scrub(cancellationToken);
    }

    /// <inheritdoc/>
    protected override void Tell(Exception failure) => LogFailed(logger, failure);

    [LoggerMessage(1401, LogLevel.Information, "Erased {Count} customers who had been silent for {Days} days.")]
    private static partial void LogErased(ILogger logger, int count, int days);

    [LoggerMessage(1402, LogLevel.Error, "Erasing those who were silent for long failed; the next round tries again.")]
    private static partial void LogFailed(ILogger logger, Exception failure);

    [LoggerMessage(1403, LogLevel.Information, "With them went {Count} approved articles that had been learned from their tickets; nobody is answered from those any more.")]
    private static partial void LogForgotten(ILogger logger, int count);
}

/// <summary>Wires what concerns customers for longer than a conversation lasts.</summary>
public static class RetentionServices
{
    /// <summary>Forgets people who were silent for so long; without options nobody is forgotten.</summary>
    public static void AddRetention(this IServiceCollection services, RetentionOptions? options)
    {
        if (options is null)
            return;
        services.AddSingleton(options);
        services.AddHostedService<Retention>();
    }
}
