using System.Globalization;
using Confluent.Kafka;
using FteAgent.Channels;
using FteAgent.Conversations;
using Microsoft.Extensions.Logging;

namespace FteAgent.Kafka;

/// <summary>
/// Calls a person for a customer's message that was acknowledged and went to the dead letters, since its conversation failed again and again. It is
/// done at best: what makes a conversation fail may fail here, too, and nobody's next message waits for that.
/// </summary>
/// <param name="call">Calls a person to the conversation of a message: under an id, with a note.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class BuriedCall(Func<InboundMessage, CommandId, string, CancellationToken, Task> call, TimeProvider time, ILogger<BuriedCall> logger)
{
    /// <summary>A call of a conversation ends within nine seconds; looking for whose the message is mostly takes milliseconds.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromSeconds(10);

    /// <summary>Makes the call, for what came by our own channels: other systems look after what they bring themselves.</summary>
    /// <param name="record">The record, which is among the dead letters.</param>
    /// <param name="letter">Where it is there, if that is known.</param>
    /// <param name="cut">There is no more time.</param>
    public async Task Make(InboundRecord record, TopicPartitionOffset? letter, CancellationToken cut)
    {
        if (record.Message is not { WasAcknowledged: true } message)
            return;
        using var limit = new CancellationTokenSource(Within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cut);
        try
        {
            await call(message, CommandOf(record, message), Words(record, letter), either.Token).WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            LogNobodyCalled(logger, record.Topic, record.Partition, record.Offset, failure.GetType().Name);
        }
    }

    /// <summary>The same for each time the record comes; no channel's id of a message has a line break.</summary>
    private static CommandId CommandOf(InboundRecord record, InboundMessage message) => new(
        MessageId.Of(message.Channel, string.Create(CultureInfo.InvariantCulture, $"buried\n{record.Topic}/{record.Partition}/{record.Offset}\n{message.Id}")).Value);

    private static string Words(InboundRecord record, TopicPartitionOffset? letter)
    {
        var id = letter is null ? "ID" : DeadLetterShelf.IdOf(letter);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"A message from this customer's side was acknowledged and could not be taken here, so nobody has answered it. It is among the dead letters{(letter is null ? "" : $" as {id}")}, and was {record.Topic}/{record.Partition}/{record.Offset}. Whoever runs the silos can put it back: silo deadletters replay {id}.");
    }

    [LoggerMessage(3026, LogLevel.Warning, "Nobody could be called for record {Topic}/{Partition}/{Offset}, which went to the dead letters ({Reason}).")]
    private static partial void LogNobodyCalled(ILogger logger, string topic, int partition, long offset, string reason);
}
