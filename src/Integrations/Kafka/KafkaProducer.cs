using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using ErrorCode = Confluent.Kafka.ErrorCode;

namespace FteAgent.Kafka;

/// <summary>How producing a record ended.</summary>
internal enum ProduceOutcome
{
    /// <summary>All replicas in sync hold it.</summary>
    Acknowledged,

    /// <summary>It may work later. Whether the broker has it is not always known; it bears the same id when it comes again.</summary>
    Unavailable,

    /// <summary>It will never work: the broker or the client takes nothing so large.</summary>
    TooLarge,

    /// <summary>It will not work as long as the topic is as it is: it takes no such records.</summary>
    Refused,
}

/// <summary>How producing a record ended, and why when it failed.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Cause">Kafka's name of the error; empty when it worked.</param>
/// <param name="Place">Where the record is; null where it is nowhere, or the broker did not say.</param>
internal readonly record struct ProduceEnd(ProduceOutcome Outcome, string Cause = "", TopicPartitionOffset? Place = null);

/// <summary>The silo's one producer: idempotent, acknowledged by all replicas in sync, and never waited for longer than a bound.</summary>
internal sealed partial class KafkaProducer(KafkaClients clients, KafkaMetrics metrics, TimeProvider time, ILogger<KafkaProducer> logger) : IDisposable
{
    /// <summary>Less than a delivery is waited for, and than people wait.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromSeconds(8);

    /// <summary>What is still on its way when the silo stops.</summary>
    private static readonly TimeSpan LastWithin = TimeSpan.FromSeconds(2);

    /// <summary>The client's own limit starts anew where a broker came back; this one holds whatever it does.</summary>
    private static readonly TimeSpan AtMost = Within + TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly BrokerRest rest = new(AtMost, time);
    private IProducer<byte[]?, byte[]>? producer;
    private bool disposed;

    /// <summary>Produces a record. Those of one key stay in order if each is awaited.</summary>
    public async Task<ProduceEnd> Produce(string topic, byte[]? key, Headers headers, byte[] value, CancellationToken cancellationToken)
    {
        if (!rest.MayAsk())
        {
            metrics.Produced(topic, ProduceOutcome.Unavailable);
            return new(ProduceOutcome.Unavailable, "the broker was away a moment ago");
        }

        var end = await Try(topic, new() { Key = key, Value = value, Headers = headers }, cancellationToken).ConfigureAwait(false);
        metrics.Produced(topic, end.Outcome);
        if (end.Outcome is not ProduceOutcome.Acknowledged)
            LogNotProduced(logger, topic, end.Outcome, end.Cause);
        return end;
    }

    public void Dispose()
    {
        IProducer<byte[]?, byte[]>? last;
        lock (gate)
            (last, producer, disposed) = (producer, null, true);
        if (last is null)
            return;
        last.Flush(LastWithin);
        last.Dispose();
    }

    private async Task<ProduceEnd> Try(string topic, Message<byte[]?, byte[]> message, CancellationToken cancellationToken)
    {
        try
        {
            // Not ended by whoever asked: a customer who hangs up says nothing about the broker, and what is on its way arrives all the same.
            var told = await Current().ProduceAsync(topic, message, CancellationToken.None).WaitAsync(AtMost, time, cancellationToken).ConfigureAwait(false);
            rest.Answered();
            return new(ProduceOutcome.Acknowledged, Place: told.Offset.IsSpecial ? null : told.TopicPartitionOffset);
        }
        catch (TimeoutException)
        {
            rest.Failed();
            return new(ProduceOutcome.Unavailable, "no answer in time");
        }
        catch (KafkaException failure)
        {
            // What it says of one topic is no reason to spare it, and neither is that we have more to send than it has taken yet.
            if (failure.Error.Code is ErrorCode.Local_QueueFull)
                rest.Unsettled();
            else if (failure.Error.IsLocalError && OutcomeOf(failure.Error.Code) is ProduceOutcome.Unavailable)
                rest.Failed();
            else
                rest.Answered();
            return new(OutcomeOf(failure.Error.Code), failure.Error.Code.ToString());
        }
        catch (OperationCanceledException)
        {
            rest.Unsettled();
            throw;
        }
        catch (ObjectDisposedException)
        {
            return new(ProduceOutcome.Unavailable, "stopping");
        }
        catch (Exception broken)
        {
            // No client can be made. It helps nobody to fail otherwise than a broker that is away does.
            rest.Failed();
            return new(ProduceOutcome.Unavailable, broken.GetType().Name);
        }
    }

    private static ProduceOutcome OutcomeOf(ErrorCode code) => code switch
    {
        ErrorCode.MsgSizeTooLarge or ErrorCode.InvalidMsgSize => ProduceOutcome.TooLarge,
        // What a topic takes none of: one without a key where it is compacted, one of another time. Older brokers say the former.
        ErrorCode.InvalidMsg or ErrorCode.InvalidRecord => ProduceOutcome.Refused,
        _ => ProduceOutcome.Unavailable,
    };

    private IProducer<byte[]?, byte[]> Current()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            return producer ??= clients.Producer(Within, Renew);
        }
    }

    /// <summary>A client that has given itself up is left to its last callers, and the next one gets a new one.</summary>
    private void Renew()
    {
        IProducer<byte[]?, byte[]>? broken;
        lock (gate)
            (broken, producer) = (producer, null);
        LogRenewed(logger);
        // Not here: this is the client's own thread.
        if (broken is not null)
            ThreadPool.QueueUserWorkItem(static client => client.Dispose(), broken, preferLocal: false);
    }

    [LoggerMessage(3010, LogLevel.Warning, "A record for {Topic} was not produced ({Outcome}: {Cause}).")]
    private static partial void LogNotProduced(ILogger logger, string topic, ProduceOutcome outcome, string cause);

    [LoggerMessage(3011, LogLevel.Error, "Kafka's producer has given itself up and is made anew.")]
    private static partial void LogRenewed(ILogger logger);
}
