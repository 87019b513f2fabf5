using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using Microsoft.Data.Sqlite;

namespace FteAgent.Evals.Identity;

/// <summary>Notes in the record's own table where messages came from: whether a number is still in use is told by it.</summary>
internal sealed class SqliteOriginsOfEval(string path) : IOrigins
{
    public async Task Note(Origin origin, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = """
            insert into origins (message_id, customer_id, channel, address, recipient, proved, thread, received_at)
            values ($message, $customer, $channel, $address, '', $proved, '[]', $at) on conflict do nothing
            """;
        command.Parameters.AddWithValue("$message", origin.Message.Value.ToByteArray(bigEndian: true));
        command.Parameters.AddWithValue("$customer", origin.Customer.Value.ToByteArray(bigEndian: true));
        command.Parameters.AddWithValue("$channel", origin.Channel is Channel.WhatsApp ? "whatsapp" : "email");
        command.Parameters.AddWithValue("$address", origin.Address);
        command.Parameters.AddWithValue("$proved", origin.Proved);
        command.Parameters.AddWithValue("$at", (origin.ReceivedAt.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public Task<Origin?> Find(MessageId message, CancellationToken cancellationToken) => Task.FromResult<Origin?>(null);

    public Task<Origin?> Latest(CustomerId customer, Channel channel, CancellationToken cancellationToken) => Task.FromResult<Origin?>(null);
}
