using FteAgent.Conversations;
using FteAgent.Storage;

namespace FteAgent.Postgres;

/// <summary>A message as its row.</summary>
internal static class MessageColumns
{
    public const string All = """
        id, sequence, author, operator_id, operator_name, kind, text, at, channel, ticket_id, citations, footer, sentiment, notice,
        channel_message_id, rule, model, exchange_id
        """;

    public static Message Read(PostgresRow row) => new(
        new(row.Id()), row.Long(), row.ActorOrNull()!, row.Enum<MessageKind>(), row.Text(), row.Time(), row.Enum<Channel>(),
        row.TextOrNull() is { } ticket ? new(ticket) : null,
        CitationJson.Read(row.TextOrNull()), row.TextOrNull(), row.DoubleOrNull(), row.EnumOrNull<Notice>(),
        row.TextOrNull(), row.TextOrNull(), row.TextOrNull(),
        row.IdOrNull() is { } exchange ? new(exchange) : null);
}
