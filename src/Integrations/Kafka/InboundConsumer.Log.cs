using Microsoft.Extensions.Logging;
using ErrorCode = Confluent.Kafka.ErrorCode;

namespace FteAgent.Kafka;

internal sealed partial class InboundConsumer
{
    [LoggerMessage(3033, LogLevel.Information, "The consumer has stopped; what was in flight has ended: {Drained}.")]
    private static partial void LogDrained(ILogger logger, bool drained);

    [LoggerMessage(3034, LogLevel.Warning, "The consumer could not take its leave of the group ({Code}); what was taken may come again and is recognised by its id.")]
    private static partial void LogNotClosed(ILogger logger, ErrorCode code);

    [LoggerMessage(EventId = 3036, Message = "Nothing could be consumed from {Topic} ({Code}).")]
    private static partial void LogNotConsumed(ILogger logger, LogLevel level, string topic, ErrorCode code);

    [LoggerMessage(3037, LogLevel.Error, "The consumer broke off ({Reason} {Code}) and begins anew.")]
    private static partial void LogBroken(ILogger logger, string reason, string code);

    [LoggerMessage(3038, LogLevel.Error, "Record {Topic}/{Partition}/{Offset} could not be handled and is tried again.")]
    private static partial void LogHandlingFailed(ILogger logger, Exception failure, string topic, int partition, long offset);

    [LoggerMessage(3039, LogLevel.Warning, "A record came of {Topic}/{Partition}, which this silo does not have; whoever has it takes it.")]
    private static partial void LogNotOurs(ILogger logger, string topic, int partition);
}
