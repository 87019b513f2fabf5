using System.Collections.Concurrent;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Health;
using FteAgent.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FteAgent.Answering;

/// <summary>
/// Drafts outside the grains: waits until a burst has ended, asks the <see cref="Drafter"/>, and brings the draft back through
/// <see cref="IConversationGrain.Complete"/> on a fresh reference. Bounded; drained on shutdown. It keeps nothing that the record does not.
/// </summary>
internal sealed partial class ExchangeRunner(
    Drafter drafter, ModelChain models, ConversationCalls conversations, ILiveSignals live, ConversationContext context, StopTime stop,
    ILogger<ExchangeRunner> logger)
    : IExchangeQueue, IHostedService, IDisposable
{
    /// <summary>How many exchanges may wait or be drafted on one silo.</summary>
    private const int Capacity = 20_000;

    /// <summary>How many are drafted at the same time by a model that only waits for its answer.</summary>
    private const int WideConcurrency = 1_024;

    /// <summary>How many are by one that computes here.</summary>
    private const int Concurrency = 64;

    /// <summary>The longest wait before a draft is brought back once more.</summary>
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(3);

    /// <summary>How long drafts in the making may go on at shutdown, where there is so much time.</summary>
    private static readonly TimeSpan DrainFor = TimeSpan.FromSeconds(20);

    /// <summary>What those who stop after this one need: the last sign of life, and the hand-over of the grains.</summary>
    private static readonly TimeSpan OthersNeed = TimeSpan.FromSeconds(5);

    /// <summary>How long drafts that were cut short may take to end.</summary>
    private static readonly TimeSpan EndFor = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<CustomerId, Job> jobs = new();
    private readonly SemaphoreSlim slots = new(
        context.Options.DraftsAtOnce > 0 ? context.Options.DraftsAtOnce : models.LeavesTheDeployment ? WideConcurrency : Concurrency);
    private readonly CancellationTokenSource stopping = new();

    /// <inheritdoc/>
    public void Enqueue(ExchangeSnapshot snapshot)
    {
        if (stopping.IsCancellationRequested || jobs.Count >= Capacity)
            return;

        var customer = snapshot.Conversation.Customer;
        var job = new Job(snapshot, CancellationTokenSource.CreateLinkedTokenSource(stopping.Token));
        while (true)
        {
            if (jobs.TryGetValue(customer, out var current))
            {
                if (current.Snapshot.Conversation.Epoch >= snapshot.Conversation.Epoch)
                {
                    job.Dispose();
                    return;
                }

                if (!jobs.TryUpdate(customer, job, current))
                    continue;
                current.Cancel();
            }
            else if (!jobs.TryAdd(customer, job))
            {
                continue;
            }

            break;
        }

        // Off the grain's scheduler: nothing here is part of a turn.
        job.Running = Task.Run(() => Run(job), CancellationToken.None);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // What still settles is left to the record; what is being drafted gets its time.
        var drafting = jobs.Values.Where(job => job.IsDrafting).Select(job => job.Running).ToArray();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(stop.Share(DrainFor, OthersNeed));
        await Task.WhenAll(drafting).WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await stopping.CancelAsync();
        // What a draft has cost is noted at its end, however it ends.
        await Task.WhenAll(drafting).WaitAsync(EndFor, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        slots.Dispose();
        stopping.Dispose();
    }

    private async Task Run(Job job)
    {
        var (conversation, exchange) = job.Snapshot;
        try
        {
            if (exchange.DraftAt - context.Time.GetUtcNow() is { Ticks: > 0 } settling)
                await Task.Delay(settling, context.Time, job.Token);
            // Whoever waits for a slot waits as well.
            await using var progress = new Progress(live, conversation.Customer, exchange.OpenedAt, context.Time);
            await slots.WaitAsync(job.Token);
            try
            {
                job.IsDrafting = true;
                using var step = Traces.GoOn("draft", exchange.Trace);
                step?.SetTag("fte.conversation", conversation.Customer).SetTag("fte.exchange", exchange.Id);
                var draft = await drafter.Write(job.Snapshot, job.Token);
                // Not a word of it after the answer.
                await progress.DisposeAsync();
                await Complete(conversation, exchange, draft, job.Token);
            }
            finally
            {
                slots.Release();
            }
        }
        catch (OperationCanceledException) when (job.Token.IsCancellationRequested)
        {
            // The customer wrote again, or this silo stops: the newer snapshot or another silo goes on.
        }
        catch (Exception failure)
        {
            LogLeftToSweeper(logger, failure, conversation.Customer, exchange.Id);
        }
        finally
        {
            jobs.TryRemove(new(conversation.Customer, job));
            job.Dispose();
        }
    }

    private async Task Complete(Conversation conversation, Exchange exchange, Draft draft, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await conversations.Act(conversation.Customer, grain => grain.Complete(exchange.Id, conversation.Epoch, draft), cancellationToken);
                return;
            }
            catch (Exception failure) when (context.Time.GetUtcNow() < exchange.DueAt)
            {
                // The draft is at hand: it is brought back until the sweeper would start the exchange over anyway.
                LogCompleteFailed(logger, failure, conversation.Customer, exchange.Id, attempt);
                var wait = TimeSpan.FromMilliseconds(100 << Math.Min(attempt, 5));
                await Task.Delay(wait < LongestRetry ? wait : LongestRetry, context.Time, cancellationToken);
            }
        }
    }

    private sealed class Job(ExchangeSnapshot snapshot, CancellationTokenSource cancellation) : IDisposable
    {
        private readonly Lock gate = new();
        private bool disposed;

        public ExchangeSnapshot Snapshot => snapshot;

        public CancellationToken Token { get; } = cancellation.Token;

        public Task Running { get; set; } = Task.CompletedTask;

        public volatile bool IsDrafting;

        public void Cancel()
        {
            lock (gate)
                if (!disposed)
                    cancellation.Cancel();
        }

        public void Dispose()
        {
            lock (gate)
                disposed = true;
            cancellation.Dispose();
        }
    }

    [LoggerMessage(2001, LogLevel.Warning, "Conversation {Customer}: the draft for exchange {Exchange} could not be brought back (attempt {Attempt}).")]
    private static partial void LogCompleteFailed(ILogger logger, Exception failure, CustomerId customer, ExchangeId exchange, int attempt);

    [LoggerMessage(2002, LogLevel.Error, "Conversation {Customer}: exchange {Exchange} is left to the sweeper.")]
    private static partial void LogLeftToSweeper(ILogger logger, Exception failure, CustomerId customer, ExchangeId exchange);
}
