using Microsoft.Extensions.Hosting;

namespace FteAgent.Jobs;

/// <summary>
/// What a silo does again and again for as long as it runs. One time of it is a round. A round that fails is told, and the next comes all the same;
/// rounds never overlap, whoever asks for them, and one that takes longer than a period is followed by one other, not by all that it missed.
/// </summary>
public abstract class Routine(TimeSpan period, TimeProvider time) : BackgroundService
{
    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>The clock that the rounds go by.</summary>
    protected TimeProvider Time => time;

    /// <summary>How long after the start the first round is. Zero for at once; the period where a silo that has just started has better things to do.</summary>
    protected virtual TimeSpan FirstAfter => TimeSpan.Zero;

    /// <summary>Does it once, after the round that is on.</summary>
    /// <exception cref="OperationCanceledException">The token ended it; any other failure is told and not thrown.</exception>
    public async Task Round(CancellationToken cancellationToken)
    {
        // One that began earlier and ends later would put what it saw in place of what is newer.
        await turn.WaitAsync(cancellationToken);
        try
        {
            await Do(cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            Tell(failure);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Run(stoppingToken);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // Whatever was cut off by it: not every failure of a cancelled call is a cancellation.
        }
    }

    /// <summary>What a round does. What it leaves undone when it is cut off must be found by a later one, on whichever silo.</summary>
    protected abstract Task Do(CancellationToken cancellationToken);

    /// <summary>Tells of a round that failed, by a log event of the routine's own.</summary>
    protected abstract void Tell(Exception failure);

    private async Task Run(CancellationToken stoppingToken)
    {
        var atOnce = FirstAfter == TimeSpan.Zero;
        using var timer = new PeriodicTimer(atOnce ? period : FirstAfter, time);
        if (!atOnce)
        {
            await timer.WaitForNextTickAsync(stoppingToken);
            // Setting it begins the period anew, which a first round after one period does not need.
            if (FirstAfter != period)
                timer.Period = period;
        }

        do
        {
            await Round(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
