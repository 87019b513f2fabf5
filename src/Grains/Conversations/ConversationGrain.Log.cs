using FteAgent.Customers;
using Microsoft.Extensions.Logging;

namespace FteAgent.Conversations;

/// <content>Events 1000–1099. Ids only, never what a customer wrote.</content>
internal sealed partial class ConversationGrain
{
    [LoggerMessage(1001, LogLevel.Debug, "Conversation {Customer}: a draft for exchange {Exchange} came too late and was dropped.")]
    private static partial void LogStaleDraft(ILogger logger, CustomerId customer, ExchangeId exchange);

    [LoggerMessage(1002, LogLevel.Information, "Conversation {Customer}: exchange {Exchange} was decided by {Rule}.")]
    private static partial void LogDecided(ILogger logger, CustomerId customer, ExchangeId exchange, string rule);

    [LoggerMessage(1003, LogLevel.Warning, "Conversation {Customer}: moved on from version {Version} elsewhere; deciding again.")]
    private static partial void LogVersionConflict(ILogger logger, CustomerId customer, long version);

    [LoggerMessage(1004, LogLevel.Warning, "Conversation {Customer}: the answer to command {Command} got lost, its commit did not.")]
    private static partial void LogLostAnswer(ILogger logger, Exception? cause, CustomerId customer, CommandId command);

    [LoggerMessage(1005, LogLevel.Error, "Conversation {Customer}: the record cannot be written or reached.")]
    private static partial void LogRecordUnavailable(ILogger logger, Exception failure, CustomerId customer);

    [LoggerMessage(1006, LogLevel.Information, "Conversation {Customer}: message {Message} was taken: {Outcome}.")]
    private static partial void LogTaken(ILogger logger, CustomerId customer, MessageId message, AcceptOutcome outcome);
}
