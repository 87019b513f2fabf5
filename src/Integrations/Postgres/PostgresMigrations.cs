using System.Collections.Immutable;
using System.Globalization;
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

    private const string Record = "fte";
    private const string Orleans = "orleans";

    private const string Engine = "engine";

    /// <summary>Our schemas, each with migrations of its own: the record, and what the silos of each grain engine meet in. Only one of the latter is used.</summary>
    private static readonly string[] Schemas = [Record, Orleans, Engine];

    private const string Ledger = """
        create table if not exists {0}.migrations (
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
    private readonly IReadOnlyList<Steps> steps;

    /// <summary>The migrations that this version carries, for this database.</summary>
    public PostgresMigrations(PostgresSource source)
    {
        this.source = source;
        steps = [.. Schemas.Select(schema => new Steps(schema, MigrationScript.Of(schema)))];
    }

    /// <summary>Those of the record alone, as given.</summary>
    internal PostgresMigrations(PostgresSource source, IReadOnlyList<MigrationScript> scripts)
    {
        this.source = source;
        steps = [new(Record, scripts)];
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
        foreach (var (schema, scripts) in steps.Where(each => IsNeeded(each.Schema)))
        {
            var exists = await new PostgresStatement(source.Work.CreateCommand($"select to_regclass('{schema}.migrations') is not null"))
                .First(static row => row.Bool(), false, cancellationToken).ConfigureAwait(false);
            if (!exists)
                throw new InvalidDataException($"The record's database has no schema '{schema}' yet; run 'silo migrate' first.");

            var applied = await new PostgresStatement(source.Work.CreateCommand(Applied(schema)))
                .List(Read, cancellationToken).ConfigureAwait(false);
            RefuseDrift(applied, scripts);
            if (applied.Count < scripts.Count)
                throw new InvalidDataException($"The record's schema '{schema}' is at migration {applied.Count} and this version needs {scripts.Count}; run 'silo migrate' first.");
        }
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
                var names = ImmutableArray.CreateBuilder<string>();
                foreach (var each in steps)
                {
                    try
                    {
                        await ApplyAlone(connection, each, names, cancellationToken).ConfigureAwait(false);
                    }
                    catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege && !IsNeeded(each.Schema))
                    {
                        // Nobody here reads it: a role that may not make it does without.
                    }
                }

                // Each time, since the extension may have come since: it is no part of the schema, and its absence no failure.
                await Run(connection, InstallVectors, cancellationToken).ConfigureAwait(false);
                return names.ToImmutable();
            }
            finally
            {
                // A connection goes back to its pool with its session: the lock must not stay on it. A broken one has lost it already.
                if (connection.State is System.Data.ConnectionState.Open)
                    await Run(connection, $"select pg_advisory_unlock({LockKey})", CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private bool IsNeeded(string schema) => schema == Record || schema == (source.Options.NeedsOrleans ? Orleans : Engine);

    private static async Task ApplyAlone(
        NpgsqlConnection connection, Steps steps, ImmutableArray<string>.Builder names, CancellationToken cancellationToken)
    {
        var (schema, scripts) = steps;
        // Asked for first: the right to make schemas is needed only where this one is missing.
        if (!await new PostgresStatement(new($"select to_regnamespace('{schema}') is not null", connection)).First(static row => row.Bool(), false, cancellationToken).ConfigureAwait(false))
            await Run(connection, $"create schema {schema}", cancellationToken).ConfigureAwait(false);
        await Run(connection, string.Format(CultureInfo.InvariantCulture, Ledger, schema), cancellationToken).ConfigureAwait(false);
        var applied = await new PostgresStatement(new(Applied(schema), connection)).List(Read, cancellationToken).ConfigureAwait(false);
        RefuseDrift(applied, scripts);

        foreach (var script in scripts.Skip(applied.Count))
        {
            await Apply(connection, schema, script, cancellationToken).ConfigureAwait(false);
            names.Add(schema == Record ? script.Name : $"{schema}/{script.Name}");
        }
    }

    private static async Task Apply(NpgsqlConnection connection, string schema, MigrationScript script, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await Run(connection, LockPatience, cancellationToken).ConfigureAwait(false);
            await Run(connection, script.Sql, cancellationToken).ConfigureAwait(false);
            await new PostgresStatement(new($"insert into {schema}.migrations (number, name, checksum) values ($1, $2, $3)", connection))
                .Set(script.Number).Set(script.Name).Set(script.Checksum)
                .Execute(cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static void RefuseDrift(List<(int Number, string Name, string Checksum)> applied, IReadOnlyList<MigrationScript> scripts)
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

    private static string Applied(string schema) => $"select number, name, checksum from {schema}.migrations order by number";

    private static (int Number, string Name, string Checksum) Read(PostgresRow row) => (row.Int(), row.Text(), row.Text());

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };   // A migration takes as long as it takes.
        await using (command.ConfigureAwait(false))
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private sealed record Steps(string Schema, IReadOnlyList<MigrationScript> Scripts);
}
