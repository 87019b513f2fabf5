using Npgsql;

namespace FteAgent.Engine.Postgres;

/// <summary>States as rows of a Postgres database, one round trip each.</summary>
internal sealed class PostgresStateRows(NpgsqlDataSource source, string serviceId, string storage) : IStateRows, IDisposable
{
    private const string Keys = "service_id = $1 and storage = $2 and grain_type = $3 and grain_key = $4 and state_name = $5";

    private const string ReadRow = $"select version, state from engine.grain_state where {Keys}";

    private const string AddRow = """
        insert into engine.grain_state (service_id, storage, grain_type, grain_key, state_name, version, state)
        values ($1, $2, $3, $4, $5, 1, $6)
        on conflict do nothing
        returning version
        """;

    private const string ReplaceRow = $"""
        update engine.grain_state set version = version + 1, state = $6, written_at = now()
        where {Keys} and version = $7
        returning version
        """;

    public async Task<StoredState?> Read(StateKey key)
    {
        await using var command = Command(ReadRow, key);
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync() ? new(reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetFieldValue<byte[]>(1)) : null;
    }

    public async Task<long?> Write(StateKey key, long expected, byte[]? bytes)
    {
        await using var command = Command(expected == 0 ? AddRow : ReplaceRow, key);
        command.Parameters.Add(new() { Value = (object?)bytes ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea });
        if (expected != 0) command.Parameters.Add(new() { Value = expected });
        return (long?)await command.ExecuteScalarAsync();
    }

    public void Dispose() => source.Dispose();

    private NpgsqlCommand Command(string sql, StateKey key)
    {
        var command = source.CreateCommand(sql);
        foreach (var part in (ReadOnlySpan<string>)[serviceId, storage, key.GrainType, key.GrainKey, key.Name]) command.Parameters.Add(new() { Value = part });
        return command;
    }
}
