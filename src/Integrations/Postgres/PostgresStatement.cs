using FteAgent.Conversations;
using FteAgent.Storage;
using Npgsql;
using NpgsqlTypes;

namespace FteAgent.Postgres;

/// <summary>
/// A statement with its parameters <c>$1</c>, <c>$2</c> …, set in that order and run once. What comes from outside enters SQL here and
/// only here, as a bound value.
/// </summary>
/// <param name="command">The statement.</param>
/// <param name="standsAlone">Whether it is a whole transaction: one that gave way to others has written nothing, and is run again.</param>
/// <param name="doubtful">Whose connections are given up when one of them failed: what lies beside it is most likely as dead, and nobody may wait to find out.</param>
internal sealed class PostgresStatement(NpgsqlCommand command, bool standsAlone = false, NpgsqlDataSource? doubtful = null)
{
    /// <summary>
    /// Returned by a statement that writes what nobody is told of before a later commit: its own commit does not wait for the disk. The later one
    /// does, and the log is written in order, so whatever survives has this before it.
    /// </summary>
    public const string OnDiskWithTheNext = "set_config('synchronous_commit', 'off', true)";

    /// <summary>How often a statement that stands alone is run before it is said that the database cannot be used.</summary>
    private const int Runs = 3;

    public PostgresStatement Set(long? value) => Add(NpgsqlDbType.Bigint, value);

    public PostgresStatement Set(int? value) => Add(NpgsqlDbType.Integer, value);

    public PostgresStatement Set(double? value) => Add(NpgsqlDbType.Double, value);

    public PostgresStatement Set(bool? value) => Add(NpgsqlDbType.Boolean, value);

    public PostgresStatement Set(Guid? value) => Add(NpgsqlDbType.Uuid, value);

    public PostgresStatement Set(Guid[] values) => Add(NpgsqlDbType.Uuid | NpgsqlDbType.Array, values);

    public PostgresStatement Set(long[] values) => Add(NpgsqlDbType.Bigint | NpgsqlDbType.Array, values);

    public PostgresStatement Set(string[] values) => Add(NpgsqlDbType.Text | NpgsqlDbType.Array, Array.ConvertAll(values, PostgresText.Safe));

    public PostgresStatement Set(DateTimeOffset? value) => Add(NpgsqlDbType.TimestampTz, value?.UtcDateTime);

    public PostgresStatement Set(DateOnly? value) => Add(NpgsqlDbType.Date, value);

    public PostgresStatement Set(TimeSpan[] values) => Add(NpgsqlDbType.Interval | NpgsqlDbType.Array, values);

    public PostgresStatement Set(TimeSpan? value) => Add(NpgsqlDbType.Interval, value);

    public PostgresStatement Set(byte[]? value) => Add(NpgsqlDbType.Bytea, value);

    public PostgresStatement Set(float[]? value) => Add(NpgsqlDbType.Real | NpgsqlDbType.Array, value);

    public PostgresStatement Set(string? value) => Add(NpgsqlDbType.Text, value is null ? null : PostgresText.Safe(value));

    public PostgresStatement Set<T>(T? value) where T : struct, Enum => Add(NpgsqlDbType.Text, value is { } known ? EnumText.Of(known) : null);

    /// <summary>Lets this one run longer than the day's work may; zero is without an end.</summary>
    public PostgresStatement Within(TimeSpan limit)
    {
        command.CommandTimeout = (int)Math.Ceiling(limit.TotalSeconds);
        return this;
    }

    /// <summary>Runs it and says how many rows it changed.</summary>
    public Task<int> Execute(CancellationToken cancellationToken) => Said(() => ExecuteOnce(cancellationToken));

    /// <summary>Reads all rows.</summary>
    public Task<List<T>> List<T>(Func<PostgresRow, T> read, CancellationToken cancellationToken) => Said(() => ListOnce(read, cancellationToken));

    /// <summary>Reads the first row, or gives <paramref name="none"/>.</summary>
    public Task<T> First<T>(Func<PostgresRow, T> read, T none, CancellationToken cancellationToken) =>
        Said(() => FirstOnce(read, none, cancellationToken));

    /// <summary>Whether there is a row.</summary>
    public Task<bool> Any(CancellationToken cancellationToken) => First(static _ => true, false, cancellationToken);

    private async Task<T> Said<T>(Func<Task<T>> once)
    {
        try
        {
            await using (command.ConfigureAwait(false))
                return await PostgresFailure.SayWhenUnavailable(standsAlone ? Again(once) : once()).ConfigureAwait(false);
        }
        catch (RecordUnavailableException)
        {
            doubtful?.Clear();
            throw;
        }
    }

    /// <summary>The one that lost a deadlock waited for it to be found, so it need not wait once more: those it stood against have gone on.</summary>
    private static async Task<T> Again<T>(Func<Task<T>> once)
    {
        for (var run = 1; run < Runs; run++)
        {
            try
            {
                return await once().ConfigureAwait(false);
            }
            catch (PostgresException failure) when (PostgresFailure.GaveWay(failure))
            {
            }
        }

        return await once().ConfigureAwait(false);
    }

    private Task<int> ExecuteOnce(CancellationToken cancellationToken) => command.ExecuteNonQueryAsync(cancellationToken);

    private async Task<List<T>> ListOnce<T>(Func<PostgresRow, T> read, CancellationToken cancellationToken)
    {
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
        {
            var rows = new List<T>();
            var row = new PostgresRow(reader);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                row.Start();
                rows.Add(read(row));
            }

            return rows;
        }
    }

    private async Task<T> FirstOnce<T>(Func<PostgresRow, T> read, T none, CancellationToken cancellationToken)
    {
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (reader.ConfigureAwait(false))
            return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? read(new(reader)) : none;
    }

    private PostgresStatement Add<T>(NpgsqlDbType type, T? value)
    {
        command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value is null ? DBNull.Value : value });
        return this;
    }
}
