using System.Diagnostics.Metrics;
using FteAgent.Jobs;
using FteAgent.Telemetry;
using Microsoft.Extensions.Logging;

namespace FteAgent.Health;

/// <summary>
/// Tells what waits in the record, which is the same on every silo. It is read four times a minute, however often it is asked for, and only
/// while somebody takes metrics. After a reading that failed the last one stands, and its age tells so.
/// </summary>
internal sealed partial class BacklogWatch : Routine
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    private readonly IBacklogQueries queries;
    private readonly ILogger<BacklogWatch> logger;
    private readonly Instrument age;
    private Reading? last;

    public BacklogWatch(IBacklogQueries queries, IMeterFactory meters, TimeProvider time, ILogger<BacklogWatch> logger) : base(Period, time)
    {
        (this.queries, this.logger) = (queries, logger);
        var meter = meters.Create(Traces.Name);
        Gauge("fte.backlog.exchanges", "{exchange}", "Exchanges that are being answered, in the whole record.", backlog => backlog.OpenExchanges);
        Gauge("fte.backlog.exchange.age", "s", "How long the oldest of them has been open.", backlog => backlog.OldestExchange.TotalSeconds);
        Gauge("fte.backlog.outbox", "{item}", "Items of the outbox that are neither sent nor given up, in the whole record.", backlog => backlog.Unsent);
        Gauge("fte.backlog.outbox.age", "s", "How long ago the oldest of them was decided.", backlog => backlog.OldestUnsent.TotalSeconds);
        Gauge("fte.backlog.overdue", "s", "For how long the oldest open duty has been due; 0 when none is.", backlog => backlog.Overdue.TotalSeconds);
        Gauge("fte.backlog.waiting", "{conversation}", "Conversations that wait for a person, in the whole record.", backlog => backlog.WaitingForPerson);
        Gauge("fte.backlog.held", "{conversation}", "Conversations that an operator has, in the whole record.", backlog => backlog.HeldByPerson);
        age = meter.CreateObservableGauge(
            "fte.backlog.reading.age", () => Observed(reading => time.GetElapsedTime(reading.At).TotalSeconds), "s", "How long ago the record was last asked for all of these.");

        void Gauge(string name, string unit, string description, Func<Backlog, double> pick) =>
            meter.CreateObservableGauge(name, () => Observed(reading => pick(reading.Backlog)), unit, description);
    }

    /// <inheritdoc/>
    protected override async Task Do(CancellationToken cancellationToken)
    {
        if (age.Enabled)
            last = new(await queries.Read(cancellationToken), Time.GetTimestamp());
    }

    /// <inheritdoc/>
    protected override void Tell(Exception failure) => LogNotRead(logger, failure);

    private IEnumerable<Measurement<double>> Observed(Func<Reading, double> value) => last is { } reading ? [new(value(reading))] : [];

    private sealed record Reading(Backlog Backlog, long At);

    [LoggerMessage(1205, LogLevel.Warning, "What waits in the record could not be read for the metrics.")]
    private static partial void LogNotRead(ILogger logger, Exception failure);
}
