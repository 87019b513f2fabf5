using Microsoft.Data.Sqlite;

namespace FteAgent.Sqlite;

/// <summary>
/// Rewrites the file so that nothing deleted is left in it. A deleted row's bytes stay in its page until they are written over, also under
/// <c>secure_delete</c>: pages that were rebuilt keep pieces of rows that have moved. Only a file whose pages are all new holds none, and the
/// log beside it must end too. (sqlite.org/lang_vacuum.html, sqlite.org/pragma.html#pragma_secure_delete)
/// </summary>
internal static class SqliteScrub
{
    /// <summary>How long others' reads and writes are waited for.</summary>
    private const int WaitSeconds = 30;

    /// <summary>How often the log is tried to be ended: a reader that was in the midst of it holds it for milliseconds.</summary>
    private const int Attempts = 50;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Rewrites it; writes wait meanwhile, about a second for each hundred megabytes.</summary>
    public static async Task Run(SqliteOptions options, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = options.Path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = WaitSeconds,
        }.ToString());
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                Execute(connection, "vacuum");
            }
            catch (SqliteException failure) when (failure.SqliteErrorCode is SQLitePCL.raw.SQLITE_IOERR or SQLitePCL.raw.SQLITE_CANTOPEN)
            {
                // No folder for temporary files, as in an image that can only be read: the copy is made in memory.
                Execute(connection, "pragma temp_store = memory");
                Execute(connection, "vacuum");
            }

            for (var attempt = 1; Execute(connection, "pragma wal_checkpoint(truncate)") is not 0L; attempt++)
            {
                if (attempt == Attempts)
                    throw new IOException("What was erased is still in the file's log, because something reads it all the time; run 'silo customers erase' again, or stop the silo once.");
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static object? Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
