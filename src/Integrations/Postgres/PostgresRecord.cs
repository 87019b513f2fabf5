using Npgsql;

namespace FteAgent.Postgres;

/// <summary>Runs statements on the record's database, one by one or several as one transaction.</summary>
internal sealed class PostgresRecord(PostgresSource source)
{
    public PostgresSource Source { get; } = source;

    /// <summary>A statement on a connection of its own, and so a transaction of its own.</summary>
    public PostgresStatement this[string sql] => new(Source.Work.CreateCommand(sql), standsAlone: true);

    /// <summary>A statement on which it depends whether this silo counts as alive: nothing else takes its connection, and it waits for a second.</summary>
    public PostgresStatement Sign(string sql) => new(Source.Signs.CreateCommand(sql), standsAlone: true, Source.Signs);

    /// <summary>Runs what belongs together in one transaction; it is committed when <paramref name="work"/> returns, and undone when it throws.</summary>
    public Task<T> Together<T>(Func<PostgresSession, Task<T>> work, CancellationToken cancellationToken) =>
        PostgresFailure.SayWhenUnavailable(RunTogether(work, System.Data.IsolationLevel.ReadCommitted, cancellationToken));

    /// <summary>Reads one state of the record with several statements.</summary>
    public Task<T> ReadOneState<T>(Func<PostgresSession, Task<T>> read, CancellationToken cancellationToken) =>
        PostgresFailure.SayWhenUnavailable(RunTogether(read, System.Data.IsolationLevel.RepeatableRead, cancellationToken));

    private async Task<T> RunTogether<T>(Func<PostgresSession, Task<T>> work, System.Data.IsolationLevel isolation, CancellationToken cancellationToken)
    {
        var connection = await Source.Work.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var transaction = await connection.BeginTransactionAsync(isolation, cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                var result = await work(new(connection)).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
                return result;
            }
        }
    }
}

/// <summary>Statements of one transaction.</summary>
internal sealed class PostgresSession(NpgsqlConnection connection)
{
    /// <summary>The connection itself, for what a statement cannot do: COPY.</summary>
    public NpgsqlConnection Connection => connection;

    /// <summary>A statement of this transaction.</summary>
    public PostgresStatement this[string sql] => new(new NpgsqlCommand(sql, connection));
}
