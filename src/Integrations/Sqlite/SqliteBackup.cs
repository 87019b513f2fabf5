using Microsoft.Data.Sqlite;

namespace FteAgent.Sqlite;

/// <summary>Copies the record while it is being written.</summary>
public sealed class SqliteBackup(SqliteRecord record)
{
    /// <summary>
    /// Writes a copy of this moment's record to <paramref name="path"/>, which must not exist yet. The copy is checked from end to end before
    /// it gets that name, so a file of that name is a whole backup.
    /// </summary>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    /// <exception cref="InvalidDataException">The copy did not pass its check; it is removed.</exception>
    public Task Run(string path, CancellationToken cancellationToken) => Task.Run(() => Copy(path, cancellationToken), cancellationToken);

    private void Copy(string path, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
            throw new IOException($"{path} exists already; a backup never overwrites a file.");

        SqliteFile.MakeFolder(path);
        var unfinished = path + ".part";
        try
        {
            File.Delete(unfinished);
            SqliteFile.MakePrivate(unfinished);
            using (var target = Open(unfinished))
            {
                // A reader's connection: one state of the record is copied, and the writer goes on meanwhile.
                using (var source = SqliteSession.OpenReader(record.Options))
                    source.Connection.BackupDatabase(target);
                cancellationToken.ThrowIfCancellationRequested();
                Execute(target, "pragma journal_mode = delete");   // One file, that can be carried away.
                if (Execute(target, "pragma integrity_check") is not "ok" and var finding)
                    throw new InvalidDataException($"The backup did not pass its integrity check: {finding}");
            }

            File.Move(unfinished, path, overwrite: false);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static string? Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() as string;
    }
}
