using FteAgent.Storage;
using Microsoft.Data.Sqlite;

namespace FteAgent.Sqlite;

/// <summary>How a data file stands.</summary>
public enum SqliteState
{
    /// <summary>There is none.</summary>
    Missing,

    /// <summary>Its schema is what this version needs.</summary>
    Current,

    /// <summary>The next start brings it up to date.</summary>
    Older,

    /// <summary>A newer version wrote it; this one refuses it.</summary>
    Newer,

    /// <summary>It is no data file of ours, or was changed.</summary>
    Unknown,

    /// <summary>It cannot be opened.</summary>
    Unreadable,
}

/// <summary>Looks at a data file without making or changing anything.</summary>
public static class SqliteExamination
{
    private const int CouldNotOpen = SQLitePCL.raw.SQLITE_CANTOPEN;

    /// <summary>How the file stands.</summary>
    public static SqliteState Look(string path)
    {
        if (!File.Exists(path))
            return SqliteState.Missing;
        SQLitePCL.Batteries_V2.Init();
        try
        {
            // As the silo's own readers do: opened for reading alone, it would leave files of its own beside one that nobody has open.
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "pragma query_only = on; select number, checksum from schema_migrations order by number";
            using var rows = command.ExecuteReader();
            var known = MigrationScript.Of("sqlite");
            var applied = 0;
            for (; rows.Read(); applied++)
                if (applied < known.Count && (rows.GetInt32(0) != applied + 1 || rows.GetString(1) != known[applied].Checksum))
                    return SqliteState.Unknown;
            return applied == known.Count ? SqliteState.Current : applied < known.Count ? SqliteState.Older : SqliteState.Newer;
        }
        catch (SqliteException failure)
        {
            return failure.SqliteErrorCode is CouldNotOpen or SQLitePCL.raw.SQLITE_PERM or SQLitePCL.raw.SQLITE_AUTH or SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_IOERR or SQLitePCL.raw.SQLITE_READONLY
                ? SqliteState.Unreadable
                : SqliteState.Unknown;
        }
    }
}
