using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.InProcess;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace FteAgent.Postgres;

/// <summary>
/// Wakes watchers of this process at once, and those of the other silos by NOTIFY: never within a commit, joined, and at most one each
/// <see cref="Pace"/>. Where there is no connection past the pooler nobody listens, and watchers find what is new when they next look.
/// </summary>
internal sealed partial class PostgresLiveSignals(PostgresSource source, TimeProvider time, ILogger<PostgresLiveSignals> logger) : BackgroundService, ILiveSignals
{
    /// <summary>A NOTIFY holds up every other one of the database for a moment, so they are few and carry much.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly LiveSignals local = new(time);
    private readonly LiveNotice.Outgoing outgoing = new();

    /// <inheritdoc/>
    public void Wake(CustomerId customer)
    {
        local.Wake(customer);
        if (source.Direct is not null)
            outgoing.Add(customer, null);
    }

    /// <inheritdoc/>
    public void Status(CustomerId customer, string text)
    {
        local.Status(customer, text);
        if (source.Direct is not null)
            outgoing.Add(customer, text);
    }

    /// <inheritdoc/>
    public ILiveWatch Watch(CustomerId? customer) => local.Watch(customer);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => source.Direct is { } direct
        ? Task.WhenAll(Task.Run(() => Tell(direct, stoppingToken), CancellationToken.None), Task.Run(() => Listen(direct, stoppingToken), CancellationToken.None))
        : Task.CompletedTask;

    /// <summary>On a connection of the direct source: telling waits for no report, and no commit for it.</summary>
    private async Task Tell(NpgsqlDataSource direct, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await outgoing.Any(stopping).ConfigureAwait(false);
                var command = direct.CreateCommand("select pg_notify($1, $2)");
                await using (command.ConfigureAwait(false))
                {
                    command.Parameters.Add(new() { Value = LiveNotice.Channel });
                    command.Parameters.Add(new() { Value = outgoing.Take() });
                    await command.ExecuteNonQueryAsync(stopping).ConfigureAwait(false);
                }

                await Task.Delay(Pace, TimeProvider.System, stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
            }
            catch (Exception failure)
            {
                // Whatever it is, it must not end the telling for good. What was to be told is lost; who watches looks each second anyway.
                LogCannotTell(logger, failure.GetType().Name);
                await Pause(FirstPause, stopping).ConfigureAwait(false);
            }
        }
    }

    private async Task Listen(NpgsqlDataSource direct, CancellationToken stopping)
    {
        var pause = FirstPause;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var connection = await direct.OpenConnectionAsync(stopping).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false))
                {
                    connection.Notification += (_, notice) => Hear(notice.Payload);
                    var command = new NpgsqlCommand($"listen {LiveNotice.Channel}", connection);
                    await using (command.ConfigureAwait(false))
                        await command.ExecuteNonQueryAsync(stopping).ConfigureAwait(false);
                    // Nobody knows what was said while nobody listened.
                    local.WakeAll();
                    pause = FirstPause;
                    while (true)
                        await connection.WaitAsync(stopping).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
            }
            catch (Exception failure)
            {
                LogNotListening(logger, failure.GetType().Name);
                await Pause(pause, stopping).ConfigureAwait(false);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private void Hear(string payload)
    {
        if (LiveNotice.Read(payload, outgoing.From) is not { } told)
            return;
        if (told.All)
            local.WakeAll();
        foreach (var (customer, status) in told.Customers)
            if (status is null)
                local.Wake(customer);
            else
                local.Status(customer, status);
    }

    private static Task Pause(TimeSpan about, CancellationToken stopping) =>
        Task.Delay(about * (1 + Random.Shared.NextDouble() / 2), TimeProvider.System, stopping).ContinueWith(static _ => { }, TaskScheduler.Default);

    [LoggerMessage(1301, LogLevel.Warning, "Watchers on other silos could not be woken ({Cause}); they look each second anyway.")]
    private static partial void LogCannotTell(ILogger logger, string cause);

    [LoggerMessage(1302, LogLevel.Warning, "Not listening to the other silos ({Cause}); watchers look each second until it works again.")]
    private static partial void LogNotListening(ILogger logger, string cause);
}
