using FteAgent.Storage;
using FteAgent.Testing;
using Npgsql;

namespace FteAgent.Postgres;

public sealed class PostgresMigrationTests : IAsyncLifetime
{
    private static readonly MigrationScript First = MigrationScript.From("0001_first.sql", "create table fte.one (id integer)");
    private static readonly MigrationScript Second = MigrationScript.From("0002_second.sql", "create table fte.two (id integer)");
    private TestDatabase database = null!;

    public async Task InitializeAsync() => database = await (await PostgresServer.Shared).NewDatabase(migrated: false);

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Fact]
    public async Task What_is_missing_is_applied_in_order_and_once()
    {
        await using var source = new PostgresSource(database.Options);

        Assert.Equal<string>(["0001_first.sql"], (await new PostgresMigrations(source, [First]).Apply(default)).AsEnumerable());
        Assert.Equal<string>(["0002_second.sql"], (await new PostgresMigrations(source, [First, Second]).Apply(default)).AsEnumerable());
        Assert.Empty(await new PostgresMigrations(source, [First, Second]).Apply(default));
    }

    [Fact]
    public async Task Those_who_migrate_at_once_take_turns()
    {
        var applied = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            await using var source = new PostgresSource(database.Options);
            return await new PostgresMigrations(source).Apply(default);
        }));

        Assert.Equal(MigrationScript.Of("fte").Select(s => s.Name).Concat(new[] { "orleans", "engine" }.SelectMany(schema => MigrationScript.Of(schema).Select(s => $"{schema}/{s.Name}"))), Assert.Single(applied, names => names.Length > 0));
    }

    [Fact]
    public async Task Step_that_fails_leaves_nothing_of_itself_and_lets_the_next_try()
    {
        await using var source = new PostgresSource(database.Options);
        var broken = MigrationScript.From("0002_second.sql", "create table fte.two (id integer); select nonsense");

        await Assert.ThrowsAsync<PostgresException>(() => new PostgresMigrations(source, [First, broken]).Apply(default));

        Assert.Equal<string>(["0002_second.sql"], (await new PostgresMigrations(source, [First, Second]).Apply(default)).AsEnumerable());
    }

    [Fact]
    public async Task Changed_step_is_refused_with_a_sentence()
    {
        await using var source = new PostgresSource(database.Options);
        await new PostgresMigrations(source, [First]).Apply(default);
        var changed = MigrationScript.From("0001_first.sql", "create table fte.one (id bigint)");

        foreach (var attempt in new Func<Task>[] { () => new PostgresMigrations(source, [changed]).Apply(default), () => new PostgresMigrations(source, [changed]).Check(default) })
            Assert.Contains("0001_first.sql was changed after it was applied", (await Assert.ThrowsAsync<InvalidDataException>(attempt)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silo_starts_on_its_own_schema_or_a_newer_one_and_not_on_an_older()
    {
        await using var source = new PostgresSource(database.Options);
        var old = new PostgresMigrations(source, [First]);
        var current = new PostgresMigrations(source, [First, Second]);

        Assert.Contains("run 'silo migrate'", (await Assert.ThrowsAsync<InvalidDataException>(() => old.Check(default))).Message, StringComparison.Ordinal);
        await old.Apply(default);
        await old.Check(default);
        Assert.Contains("at migration 1 and this version needs 2", (await Assert.ThrowsAsync<InvalidDataException>(() => current.Check(default))).Message, StringComparison.Ordinal);
        await current.Apply(default);
        await old.Check(default);
        await current.Check(default);
        Assert.Empty(await old.Apply(default));
    }

    [Fact]
    public async Task Without_a_way_past_the_pooler_migrations_say_what_to_set()
    {
        var url = new NpgsqlConnectionStringBuilder(database.Url);
        await using var source = new PostgresSource(new() { Url = $"postgres://{url.Username}@{url.Host}:{url.Port}/{url.Database}?pgbouncer=true" });

        Assert.Contains("DATABASE_DIRECT_URL", (await Assert.ThrowsAsync<InvalidDataException>(() => new PostgresMigrations(source).Apply(default))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Role_that_may_not_install_extensions_migrates_all_the_same()
    {
        var role = $"fte_role_{Guid.NewGuid():N}";
        await database.Execute($"create role {role} login password 'a'; create schema fte authorization {role}; create schema engine authorization {role}");
        try
        {
            var url = new NpgsqlConnectionStringBuilder(database.Url) { Username = role, Password = "a" }.ConnectionString;
            await using var source = new PostgresSource(new() { Url = url });
            await new PostgresMigrations(source).Apply(default);
            await new PostgresMigrations(source).Check(default);
            Assert.Equal(0L, await database.Scalar<long>("select count(*) from pg_extension where extname = 'vector'"));
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            await database.Execute($"drop owned by {role}; drop role {role}");
        }
    }
}
