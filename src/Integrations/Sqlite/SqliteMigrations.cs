using FteAgent.Storage;

namespace FteAgent.Sqlite;

/// <summary>Brings a file's schema up to date, and refuses one that is not what it says it is.</summary>
internal static class SqliteMigrations
{
    private const string Ledger = """
        create table if not exists schema_migrations (
            number      integer not null primary key,
            name        text    not null,
            checksum    text    not null,
            applied_at  integer not null
        ) strict
        """;

    /// <summary>
    /// Applies what is missing, in order, in one transaction: the schema is whole or as before, and a second process that
    /// starts at the same time waits and then finds nothing to do.
    /// </summary>
    public static void Apply(SqliteSession session, IReadOnlyList<MigrationScript> scripts, TimeProvider time)
    {
        session.Run("begin immediate");
        try
        {
            session.Run(Ledger);
            var applied = session["select number, name, checksum from schema_migrations order by number"]
                .List(row => (Number: row.Int(), Name: row.Text(), Checksum: row.Text()));

            foreach (var (number, name, checksum) in applied)
            {
                if (number > scripts.Count)
                    throw new InvalidDataException($"The record was written by a newer version: it bears migration {name}, which this version does not have. Start the newer version.");
                if (scripts[number - 1].Checksum != checksum)
                    throw new InvalidDataException($"Migration {name} was changed after it was applied to this record. Put the released file back, or start with the version that wrote the record.");
            }

            foreach (var script in scripts.Skip(applied.Count))
            {
                using (var command = session.Connection.CreateCommand())
                {
                    command.CommandText = script.Sql;
                    command.ExecuteNonQuery();
                }

                session["insert into schema_migrations (number, name, checksum, applied_at) values ($number, $name, $checksum, $at)"]
                    .Set("$number", script.Number).Set("$name", script.Name).Set("$checksum", script.Checksum).Set("$at", time.GetUtcNow())
                    .Execute();
            }

            session.Run("commit");
        }
        catch
        {
            if (session.InTransaction)
                session.Run("rollback");
            throw;
        }
    }
}
