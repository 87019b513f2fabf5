using Npgsql;

namespace FteAgent.Cluster.History;

/// <summary>Reads the record past the product's own code, as the database has it.</summary>
internal static class RecordReader
{
    public static async Task<StoredRecord> Read(string database)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        // One snapshot for all three, or a commit between them would look like a harm.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        var conversations = await Rows(connection,
            "select customer_id, last_sequence, decided_through, exchange_id is not null from fte.conversations",
            row => new StoredConversation(Id(row, 0), row.GetInt64(1), row.GetInt64(2), row.GetBoolean(3)));
        var messages = await Rows(connection,
            "select customer_id, sequence, id, author, kind, text, citations, exchange_id, notice, at from fte.messages",
            row => new StoredMessage(
                Id(row, 0), row.GetInt64(1), Id(row, 2), row.GetString(3), row.GetString(4), row.GetString(5), Text(row, 6), row.IsDBNull(7) ? null : Id(row, 7), Text(row, 8), row.GetFieldValue<DateTimeOffset>(9)));
        var deliveries = await Rows(connection,
            "select id, customer_id, destination, sequence, payload, sent_at is not null, dead_at is not null from fte.outbox",
            row => new StoredDelivery(row.GetGuid(0).ToString(), Id(row, 1), row.GetString(2), row.GetInt64(3), row.GetString(4), row.GetBoolean(5), row.GetBoolean(6)));
        return new(conversations, messages, deliveries);
    }

    private static async Task<List<T>> Rows<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
            rows.Add(read(reader));
        return rows;
    }

    private static string Id(NpgsqlDataReader row, int column) => row.GetGuid(column).ToString("N");

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
