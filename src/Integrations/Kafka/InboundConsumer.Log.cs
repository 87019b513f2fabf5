using Microsoft.Extensions.Logging;
using ErrorCode = Confluent.Kafka.ErrorCode;

namespace FteAgent.Kafka;

internal sealed partial class InboundConsumer
{
    [LoggerMessage(3030, LogLevel.Information, "Kafka gave this silo {Count} partitions; it has {Total}.")]
    private static partial void LogAssigned(ILogger logger, int count, int total);

    [LoggerMessage(3031, LogLevel.Information, "Kafka takes {Count} partitions from this silo; what was in flight has ended: {Drained}.")]
    private static partial void LogRevoked(ILogger logger, int count, bool drained);

    [LoggerMessage(3032, LogLevel.Warning, "This silo has lost {Count} partitions: another one may take the same records, which their ids tell.")]
    private static partial void LogLost(ILogger logger, int count);

    [LoggerMessage(3033, LogLevel.Information, "The consumer has stopped; what was in flight has ended: {Drained}.")]
    private static partial void LogDrained(ILogger logger, bool drained);

    [LoggerMessage(3034, LogLevel.Warning, "The consumer could not take its leave of the group ({Code}); what was taken may come again and is recognised by its id.")]
    private static partial void LogNotClosed(ILogger logger, ErrorCode code);

    [LoggerMessage(3035, LogLevel.Debug, "The offset of {Topic}/{Partition} was not kept ({Code}).")]
    private static partial void LogNotKept(ILogger logger, string topic, int partition, ErrorCode code);

    [LoggerMessage(3036, LogLevel.Debug, "Nothing could be consumed from {Topic} ({Code}).")]
    private static partial void LogNotConsumed(ILogger logger, string topic, ErrorCode code);

    [LoggerMessage(3037, LogLevel.Error, "The consumer broke off ({Reason} {Code}) and begins anew.")]
    private static partial void LogBroken(ILogger logger, string reason, string code);

    [LoggerMessage(3038, LogLevel.Error, "Record {Topic}/{Partition}/{Offset} could not be handled and is tried again.")]
    private static partial void LogHandlingFailed(ILogger logger, Exception failure, string topic, int partition, long offset);
}
