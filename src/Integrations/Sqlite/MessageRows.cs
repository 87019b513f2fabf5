using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Storage;

namespace FteAgent.Sqlite;

/// <summary>A message as its row. Never changed once written.</summary>
internal static class MessageRows
{
    public const string Columns = """
        id, sequence, author, operator_id, operator_name, kind, text, at, channel, ticket_id, citations, footer, sentiment, notice,
        channel_message_id, rule, model, exchange_id
        """;

    private const string Insert = $"""
        insert into messages (customer_id, {Columns})
        values (
            $customer, $id, $sequence, $author, $operator_id, $operator_name, $kind, $text, $at, $channel, $ticket_id, $citations, $footer, $sentiment,
            $notice, $channel_message_id, $rule, $model, $exchange_id)
        on conflict (channel, channel_message_id) where channel_message_id is not null do nothing
        """;

    public static Message Read(Row row) => new(
        new(row.Id()), row.Long(), row.ActorOrNull()!, row.Enum<MessageKind>(), row.Text(), row.Time(), row.Enum<Channel>(),
        row.TextOrNull() is { } ticket ? new(ticket) : null,
        CitationJson.Read(row.TextOrNull()), row.TextOrNull(), row.DoubleOrNull(), row.EnumOrNull<Notice>(),
        row.TextOrNull(), row.TextOrNull(), row.TextOrNull(),
        row.IdOrNull() is { } exchange ? new(exchange) : null);

    /// <summary>Writes it, unless a message of that channel and channel message id is in the record already.</summary>
    public static bool TryWrite(SqliteSession session, CustomerId customer, Message message) =>
        session[Insert]
            .Set("$customer", customer.Value)
            .Set("$id", message.Id.Value)
            .Set("$sequence", message.Sequence)
            .Set("$author", message.Author.Kind)
            .Set("$operator_id", message.Author.Operator?.Id)
            .Set("$operator_name", message.Author.Operator?.Name)
            .Set("$kind", message.Kind)
            .Set("$text", message.Text)
            .Set("$at", message.At)
            .Set("$channel", message.Channel)
            .Set("$ticket_id", message.TicketId?.Value)
            .Set("$citations", CitationJson.Write(message.Citations))
            .Set("$footer", message.Footer)
            .Set("$sentiment", message.Sentiment)
            .Set("$notice", message.Notice)
            .Set("$channel_message_id", message.ChannelMessageId)
            .Set("$rule", message.Rule)
            .Set("$model", message.Model)
            .Set("$exchange_id", message.Exchange?.Value)
            .Execute() == 1;
}
