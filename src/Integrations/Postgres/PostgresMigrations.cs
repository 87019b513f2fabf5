using System.Collections.Immutable;
using FteAgent.Storage;
using Npgsql;

namespace FteAgent.Postgres;

/// <summary>Brings the database's schema up to date, and refuses one that is not what it says it is.</summary>
public sealed class PostgresMigrations
{
    /// <summary>What all who migrate one database wait for in turn: the letters "fte" and a number of ours.</summary>
    private const long LockKey = 0x66_74_65_00_00_00_01;

    /// <summary>A migration that waits longer for somebody's table holds up everyone behind it; it is better tried again.</summary>
    private const string LockPatience = "set local lock_timeout = '15s'";

    private const string Ledger = """
        create table if not exists fte.migrations (
            number      integer      not null primary key,
            name        text         not null,
            checksum    text         not null,
            applied_at  timestamptz  not null default clock_timestamp()
        )
        """;

    private const string InstallVectors = """
        do $$ begin
            if to_regprocedure('fte.install_pgvector()') is not null then perform fte.install_pgvector(); end if;
        end $$
        """;

    private readonly PostgresSource source;
    private readonly IReadOnlyList<MigrationScript> scripts;

    /// <summary>The migrations that this version carries, for this database.</summary>
    public PostgresMigrations(PostgresSource source) : this(source, MigrationScript.Of("fte"))
    {
    }

    internal PostgresMigrations(PostgresSource source, IReadOnlyList<MigrationScript> scripts)
    {
        this.source = source;
        this.scripts = scripts;
    }

    /// <summary>
    /// Applies what is missing, in order, each in a transaction of its own, and gives the names of what was applied. A second process
    /// that migrates at the same time waits and then finds nothing to do.
    /// </summary>
    /// <exception cref="InvalidDataException">The schema is not what this version knows, or there is no direct connection.</exception>
    public Task<ImmutableArray<string>> Apply(CancellationToken cancellationToken) =>
        PostgresFailure.SayWhenUnavailable(ApplyMissing(cancellationToken));

    /// <summary>Makes sure that the schema is at least what this version knows. A newer one is fine: what a version leaves, the next still has.</summary>
    /// <exception cref="InvalidDataException">It is older, or not what it says it is.</exception>
    public async Task Check(CancellationToken cancellationToken)
    {
        var exists = await new PostgresStatement(source.Work.CreateCommand("select to_regclass('fte.migrations') is not null"))
            .First(static row => row.Bool(), false, cancellationToken).ConfigureAwait(false);
        if (!exists)
            throw new InvalidDataException("The record's database has no schema yet; run 'silo migrate' first.");

        var applied = await new PostgresStatement(source.Work.CreateCommand("select number, name, checksum from fte.migrations order by number"))
            .List(Read, cancellationToken).ConfigureAwait(false);
        RefuseDrift(applied);
        if (applied.Count < scripts.Count)
            throw new InvalidDataException($"The record's schema is at migration {applied.Count} and this version needs {scripts.Count}; run 'silo migrate' first.");
    }

    private async Task<ImmutableArray<string>> ApplyMissing(CancellationToken cancellationToken)
    {
        if (source.Direct is null)
            throw new InvalidDataException("Migrations need a connection past the pooler; set DATABASE_DIRECT_URL.");

        var connection = await source.Direct.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            await Run(connection, $"select pg_advisory_lock({LockKey})", cancellationToken).ConfigureAwait(false);
            try
            {
                return await ApplyAlone(connection, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                // A connection goes back to its pool with its session: the lock must not stay on it. A broken one has lost it already.
                if (connection.State is System.Data.ConnectionState.Open)
                    await Run(connection, $"select pg_advisory_unlock({LockKey})", CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async Task<ImmutableArray<string>> ApplyAlone(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Asked for first: the right to make schemas is needed only where this one is missing.
        if (!await new PostgresStatement(new("select to_regnamespace('fte') is not null", connection)).First(static row => row.Bool(), false, cancellationToken).ConfigureAwait(false))
            await Run(connection, "create schema fte", cancellationToken).ConfigureAwait(false);
        await Run(connection, Ledger, cancellationToken).ConfigureAwait(false);
        var applied = await new PostgresStatement(new("select number, name, checksum from fte.migrations order by number", connection))
            .List(Read, cancellationToken).ConfigureAwait(false);
        RefuseDrift(applied);

        var names = ImmutableArray.CreateBuilder<string>();
        foreach (var script in scripts.Skip(applied.Count))
        {
            await Apply(connection, script, cancellationToken).ConfigureAwait(false);
            names.Add(script.Name);
        }

        // Each time, since the extension may have come since: it is no part of the schema, and its absence no failure.
        await Run(connection, InstallVectors, cancellationToken).ConfigureAwait(false);
        return names.ToImmutable();
    }

    private static async Task Apply(NpgsqlConnection connection, MigrationScript script, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await Run(connection, LockPatience, cancellationToken).ConfigureAwait(false);
            await Run(connection, script.Sql, cancellationToken).ConfigureAwait(false);
            await new PostgresStatement(new("insert into fte.migrations (number, name, checksum) values ($1, $2, $3)", connection))
                .Set(script.Number).Set(script.Name).Set(script.Checksum)
                .Execute(cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void RefuseDrift(List<(int Number, string Name, string Checksum)> applied)
    {
        for (var i = 0; i < applied.Count; i++)
        {
            var (number, name, checksum) = applied[i];
            if (number != i + 1)
                throw new InvalidDataException($"The record's list of migrations has a gap before {name}; restore it from a backup.");
            if (i < scripts.Count && scripts[i].Checksum != checksum)
                throw new InvalidDataException($"Migration {name} was changed after it was applied to this record. Put the released file back, or start with the version that wrote the record.");
        }
    }

    private static (int Number, string Name, string Checksum) Read(PostgresRow row) => (row.Int(), row.Text(), row.Text());

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };   // A migration takes as long as it takes.
        await using (command.ConfigureAwait(false))
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
