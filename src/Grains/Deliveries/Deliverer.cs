using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Health;
using FteAgent.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FteAgent.Deliveries;

/// <summary>
/// Sends what was decided: claims a conversation's unsent items, asks once more whether the claim holds, sends in order, marks.
/// At least once, each item under an id that never changes.
/// </summary>
internal sealed partial class Deliverer : BackgroundService, IDeliveryQueue
{
    private const int Workers = 8;
    private const int Capacity = 50_000;

    /// <summary>How often an item is tried before it is given up: with doubling waits about an hour.</summary>
    private const int AttemptLimit = 14;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SendFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    /// <summary>What those who stop after this one need: the last sign of life, and the hand-over of the grains.</summary>
    private static readonly TimeSpan OthersNeed = TimeSpan.FromSeconds(3);

    private readonly Channel<CustomerId> waiting = System.Threading.Channels.Channel.CreateBounded<CustomerId>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.Wait });
    private readonly ConcurrentDictionary<CustomerId, Turn> turns = new();
    private readonly IOutbox outbox;
    private readonly Dictionary<string, IChannelSender> senders;
    private readonly DeliveryCircuits circuits;
    private readonly IDeliveries deliveries;
    private readonly ConversationCalls conversations;
    private readonly StopTime stop;
    private readonly TimeProvider time;
    private readonly DeliveryMetrics metrics;
    private readonly ILogger<Deliverer> logger;
    private readonly string claimant;

    /// <summary>What is being sent is cut off now: there is no more time to wait for its answer.</summary>
    private readonly CancellationTokenSource cut = new();

    public Deliverer(
        IOutbox outbox, IEnumerable<IChannelSender> senders, IDeliveries deliveries, ConversationCalls conversations, SiloIncarnation silo, StopTime stop,
        TimeProvider time, DeliveryMetrics metrics, ILogger<Deliverer> logger)
    {
        this.outbox = outbox;
        this.senders = senders.ToDictionary(sender => sender.Destination);
        this.deliveries = deliveries;
        circuits = new(this.senders.Values.Select(sender => (sender.Destination, sender.Provider)), time);
        metrics.Watch(circuits);
        this.conversations = conversations;
        this.stop = stop;
        this.time = time;
        this.metrics = metrics;
        this.logger = logger;
        claimant = silo.Value;
    }

    /// <inheritdoc/>
    public void Enqueue(CustomerId customer)
    {
        while (true)
        {
            if (turns.TryAdd(customer, Turn.Queued))
            {
                if (!waiting.Writer.TryWrite(customer))
                    turns.TryRemove(customer, out _);
                return;
            }

            // One delivery of a conversation at a time: what is committed during one asks for another after it.
            if (!turns.TryGetValue(customer, out var turn))
                continue;
            if (turn is not Turn.Running || turns.TryUpdate(customer, Turn.RunningAndAskedAgain, Turn.Running))
                return;
        }
    }

    /// <summary>
    /// Takes nothing new, and gives what is being sent its time: cut off, it may have arrived all the same, and the next silo would send it
    /// again.
    /// </summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(stop.Share(SendFor, OthersNeed), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        await base.StopAsync(both.Token);
        await cut.CancelAsync();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        cut.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(() => Work(stoppingToken), CancellationToken.None)));

    private async Task Work(CancellationToken stopping)
    {
        try
        {
            await foreach (var customer in waiting.Reader.ReadAllAsync(stopping))
            {
                // What waits here is in the record too; another silo finds it there.
                if (stopping.IsCancellationRequested)
                    return;
                turns[customer] = Turn.Running;
                try
                {
                    await Deliver(customer, stopping);
                }
                catch (Exception failure) when (!stopping.IsCancellationRequested)
                {
                    LogDeliveryFailed(logger, failure, customer);
                }

                if (!turns.TryRemove(new(customer, Turn.Running)) && turns.TryRemove(customer, out _))
                    Enqueue(customer);
            }
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            // Whatever was cut off by it: another silo goes on from the record.
        }
    }

    /// <summary>Where a conversation's delivery stands on this silo.</summary>
    private enum Turn
    {
        Queued,
        Running,
        RunningAndAskedAgain,
    }

    private async Task Deliver(CustomerId customer, CancellationToken stopping)
    {
        var items = await outbox.Claim(customer, claimant, Lease, stopping);
        foreach (var destination in items.GroupBy(item => item.Destination))
            foreach (var item in destination.OrderBy(item => item.Sequence))
                if (!await Send(item, stopping))
                    break;
    }

    /// <summary>Returns whether the item after it may be sent.</summary>
    private async Task<bool> Send(OutboxItem item, CancellationToken stopping)
    {
        if (stopping.IsCancellationRequested)
            return false;
        if (circuits.Wait(item.Destination) is { } rest)
        {
            await outbox.GiveBack(item.Id, claimant, Spread(rest), stopping);
            return false;
        }

        if (!await outbox.Holds(item.Id, claimant, Lease, stopping))
            return false;

        using var step = Traces.GoOn("deliver", item.Trace);
        step?.SetTag("fte.conversation", item.Customer).SetTag("fte.item", item.Id).SetTag("fte.destination", item.Destination);
        var since = Stopwatch.GetTimestamp();
        var result = await Try(item);
        switch (circuits.Note(item.Destination, result))
        {
            case CircuitChange.Opened: LogLeftAlone(logger, item.Destination, result.Cause); break;
            case CircuitChange.Closed: LogTakesAgain(logger, item.Destination); break;
        }

        var given = result.Outcome is SendOutcome.Refused || item.Attempts + 1 >= AttemptLimit;
        var served = senders.ContainsKey(item.Destination) ? item.Destination : null;
        metrics.Tried(served, result.Outcome, given, since);
        step?.SetTag("fte.outcome", result.Outcome);
        if (result.Outcome is SendOutcome.Sent)
        {
            metrics.Delivered(served, time.GetUtcNow() - item.CreatedAt);
            LogSent(logger, item.Customer, item.Id, item.Destination);
            return await outbox.MarkSent(item.Id, claimant, CancellationToken.None);
        }

        step?.SetStatus(ActivityStatusCode.Error, result.Cause);
        LogSendFailed(logger, item.Destination, item.Id, item.Attempts + 1, result.Cause, given);
        // Told before it is marked: cut off in between, it is told again, and known by the item's id.
        if (given)
            await Tell(item, result.Cause, stopping);
        await outbox.MarkFailed(item.Id, claimant, result.Cause, given ? null : RetryIn(item, result), CancellationToken.None);
        return given;
    }

    /// <summary>A message that will not arrive is the conversation's business: a person must know.</summary>
    private async Task Tell(OutboxItem item, string cause, CancellationToken stopping)
    {
        if (OutboundMessage.ChannelOf(item.Destination) is null)
            return;
        await deliveries.Update(item.Id, DeliveryStatus.Failed, cause, stopping);
        // Who was not reached by mail beside our own pages finds the answer there.
        if (item.Destination is OutboundMessage.Unseen
            || JsonSerializer.Deserialize<OutboundMessage>(item.Payload, OutboundMessage.Json) is not { Sequence: > 0 } message)
            return;
        await conversations.Act(
            item.Customer, grain => grain.Undeliverable(OutboundMessage.Undeliverable(item.Destination, message.Message, item.Id), item.Destination, cause, message.Message), stopping);
    }

    private async Task<SendResult> Try(OutboxItem item)
    {
        if (!senders.TryGetValue(item.Destination, out var sender))
            return new(SendOutcome.TryAgain, "no sender for this destination is configured");
        using var limit = new CancellationTokenSource(SendFor, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cut.Token, limit.Token);
        try
        {
            return await sender.Send(item, both.Token);
        }
        catch (OperationCanceledException) when (!cut.IsCancellationRequested)
        {
            return new(SendOutcome.TryAgain, "no answer in time");
        }
        catch (Exception failure) when (!cut.IsCancellationRequested)
        {
            return new(SendOutcome.TryAgain, failure.GetType().Name);
        }
    }

    /// <summary>1, 2, 4 … seconds up to 15 minutes.</summary>
    private static TimeSpan RetryIn(OutboxItem item, SendResult result)
    {
        var wait = Spread(TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, Math.Pow(2, item.Attempts))));
        return result.RetryAfter is { } asked && asked > wait && asked <= LongestWait ? asked : wait;
    }

    /// <summary>Up to a quarter longer, so that many do not come back together.</summary>
    private static TimeSpan Spread(TimeSpan wait) => wait * (1 + Random.Shared.NextDouble() / 4);

    [LoggerMessage(1104, LogLevel.Warning, "{Destination} fails again and again, last with: {Cause}. It is left alone for a while, and then tried with one item.")]
    private static partial void LogLeftAlone(ILogger logger, string destination, string cause);

    [LoggerMessage(1105, LogLevel.Information, "{Destination} takes what is sent again.")]
    private static partial void LogTakesAgain(ILogger logger, string destination);

    [LoggerMessage(1101, LogLevel.Warning, "Sending {Item} to {Destination} failed (attempt {Attempt}): {Cause}. Given up: {GivenUp}.")]
    private static partial void LogSendFailed(ILogger logger, string destination, Guid item, int attempt, string cause, bool givenUp);

    [LoggerMessage(1103, LogLevel.Information, "Conversation {Customer}: {Item} was sent to {Destination}.")]
    private static partial void LogSent(ILogger logger, CustomerId customer, Guid item, string destination);

    [LoggerMessage(1102, LogLevel.Error, "Conversation {Customer}: delivering failed; the sweeper will find it.")]
    private static partial void LogDeliveryFailed(ILogger logger, Exception failure, CustomerId customer);
}
