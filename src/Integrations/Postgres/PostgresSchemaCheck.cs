using FteAgent.Conversations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FteAgent.Postgres;

/// <summary>
/// Stops a silo's start where the schema is older than what this version knows: better no silo than one that fails in its first write. A
/// database that is away is waited for: machines start together, and a database that fails over is back within seconds.
/// </summary>
internal sealed partial class PostgresSchemaCheck(
    PostgresMigrations migrations, PostgresVectorSearch vectors, PostgresSource source, TimeProvider time, ILogger<PostgresSchemaCheck> logger) : IHostedLifecycleService
{
    /// <summary>How long it is waited for. After that the process ends, and whoever runs it starts it anew, or looks what is wrong.</summary>
    public static readonly TimeSpan WaitsFor = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Before any other service starts: the grain engine and the sweeper read the record too.</summary>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        for (var waited = false; ; waited = true)
        {
            try
            {
                await migrations.Check(cancellationToken).ConfigureAwait(false);
                await vectors.SayWhich(cancellationToken).ConfigureAwait(false);
                if (waited)
                    LogThere(logger, (int)time.GetElapsedTime(since).TotalSeconds);
                return;
            }
            catch (RecordUnavailableException away) when (time.GetElapsedTime(since) < WaitsFor)
            {
                if (!waited)
                    LogAway(logger, away.Message, (int)WaitsFor.TotalSeconds);
            }

            // What lies in the pool is most likely as dead as this one was.
            source.Work.Clear();
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(5020, LogLevel.Warning, "{Reason} The start waits for it, up to {Seconds} seconds.")]
    private static partial void LogAway(ILogger logger, string reason, int seconds);

    [LoggerMessage(5021, LogLevel.Information, "The record's database is there, after {Seconds} seconds.")]
    private static partial void LogThere(ILogger logger, int seconds);
}
