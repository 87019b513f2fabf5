using FteAgent.Conversations;
using FteAgent.Record;
using FteAgent.Storage;
using FteAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FteAgent.Sqlite;

/// <summary>The file itself: who may read it, what schema it has, how it is copied.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly FakeTime time = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task File_and_its_folder_are_made_and_only_the_owner_may_read_them()
    {
        var path = folder.File("made/fte.db");
        await using var record = Open(path);
        await record.Write(session => session["insert into health (id, checked_at) values (1, 1)"].Execute(), default);

        if (OperatingSystem.IsWindows())
            return;
        foreach (var file in new[] { path, path + "-wal", path + "-shm" })
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public async Task File_left_open_to_others_is_closed_to_them()
    {
        if (OperatingSystem.IsWindows())
            return;
        var path = folder.File("fte.db");
        Open(path).Dispose();
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.OtherRead | UnixFileMode.GroupRead);

        await using var record = Open(path);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task Record_is_durable_and_keeps_its_references()
    {
        await using var record = Open(folder.File("fte.db"));

        Assert.Equal(("wal", 2, 1), await record.Write(
            session => (session["pragma journal_mode"].First(r => r.Text(), ""), session["pragma synchronous"].First(r => r.Int(), 0), session["pragma foreign_keys"].First(r => r.Int(), 0)),
            default));

        // Claims alone need not wait for the disk; the next commit does again.
        Assert.Equal(1, await record.WriteClaim(session => session["pragma synchronous"].First(r => r.Int(), 0), default));
        Assert.Equal(2, await record.Write(session => session["pragma synchronous"].First(r => r.Int(), 0), default));
    }

    [Fact]
    public async Task Record_wants_no_folder_for_temporary_files()
    {
        await using var record = Open(folder.File("fte.db"));

        // 2 is memory. With a root that can only be read, a file would be refused (SQLITE_IOERR_GETTEMPPATH), and the commit with it.
        Assert.Equal(2, await record.Write(session => session["pragma temp_store"].First(r => r.Int(), 0), default));
        Assert.Equal(2, await record.Read(session => session["pragma temp_store"].First(r => r.Int(), 0), default));
    }

    [Fact]
    public void Second_start_applies_nothing()
    {
        var path = folder.File("fte.db");
        Open(path).Dispose();
        time.Advance(TimeSpan.FromDays(1));
        Open(path).Dispose();

        Assert.Equal(Micros.Of(time.GetUtcNow().AddDays(-1)), SqliteFacts.Scalar<long>(path, "select max(applied_at) from schema_migrations"));
    }

    [Fact]
    public void Later_migration_is_applied_to_an_older_record()
    {
        var path = folder.File("fte.db");
        Open(path).Dispose();

        using (Open(path, Next("create table more (id integer primary key) strict; insert into more values (7);")))
        {
        }

        Assert.Equal(7L, SqliteFacts.Scalar<long>(path, "select id from more"));
    }

    [Fact]
    public void Migration_changed_after_it_was_applied_stops_the_start()
    {
        var path = folder.File("fte.db");
        Open(path).Dispose();
        SqliteFacts.Execute(path, "update schema_migrations set checksum = 'other' where number = 1");

        var refusal = Assert.Throws<InvalidDataException>(() => Open(path));

        Assert.Contains("0001_record.sql was changed", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Record_of_a_newer_version_stops_the_start()
    {
        var path = folder.File("fte.db");
        Open(path, Next("create table more (id integer primary key) strict")).Dispose();

        var refusal = Assert.Throws<InvalidDataException>(() => Open(path));

        Assert.Contains("newer version", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Migration_that_fails_leaves_the_record_as_it_was()
    {
        var path = folder.File("fte.db");
        Open(path).Dispose();

        Assert.ThrowsAny<Exception>(() => Open(path, MigrationScript.From("0004_bad.sql", "create table half (id integer) strict; create table broken (")));

        Open(path).Dispose();
        Assert.Equal(0L, SqliteFacts.Scalar<long>(path, "select count(*) from sqlite_schema where name = 'half'"));
    }

    [Fact]
    public void Line_ends_of_a_check_out_are_no_drift() =>
        Assert.Equal(MigrationScript.From("0001_a.sql", "a\nb\n").Checksum, MigrationScript.From("0001_a.sql", "a\r\nb\r\n").Checksum);

    [Fact]
    public async Task Backup_taken_while_writing_holds_every_commit_that_had_returned()
    {
        await using var services = SqliteTestRecord.Services(folder.File("fte.db"), time);
        var record = new TestRecord(services, time, () => ValueTask.CompletedTask);
        using var done = new CancellationTokenSource();
        var committed = 0;
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var conversation = await record.NewConversation();
            while (!done.IsCancellationRequested)
            {
                conversation = await record.Commit(new Act(conversation, time.GetUtcNow()).CustomerSays("Hello").Sends("web"));
                if (Interlocked.Increment(ref committed) == 200)
                    enough.SetResult();
            }
        })).ToArray();
        await Task.WhenAny([enough.Task, .. writers]);

        var before = Volatile.Read(ref committed);
        await services.GetRequiredService<SqliteBackup>().Run(folder.File("copy.db"), default);
        var during = Volatile.Read(ref committed);
        await done.CancelAsync();
        await Task.WhenAll(writers);

        Assert.InRange(SqliteFacts.Scalar<long>(folder.File("copy.db"), "select count(*) from messages"), before, during + writers.Length);
        Assert.Equal(0L, SqliteFacts.Scalar<long>(folder.File("copy.db"),
            "select count(*) from conversations c where version <> (select count(*) from outbox o where o.customer_id = c.customer_id)"));
        Open(folder.File("copy.db")).Dispose();   // It is a record like any other.
    }

    [Fact]
    public async Task Backup_is_one_private_file_and_overwrites_nothing()
    {
        await using var record = Open(folder.File("fte.db"));
        var backup = new SqliteBackup(record);
        var path = folder.File("backups/copy.db");
        await backup.Run(path, default);

        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        await Assert.ThrowsAsync<IOException>(() => backup.Run(path, default));
    }

    [Fact]
    public async Task Health_is_a_real_write()
    {
        var path = folder.File("fte.db");
        var services = SqliteTestRecord.Services(path, time);
        var health = services.GetRequiredService<HealthCheckService>();

        Assert.Equal(HealthStatus.Healthy, (await health.CheckHealthAsync()).Status);
        Assert.Equal(Micros.Of(time.GetUtcNow()), SqliteFacts.Scalar<long>(path, "select checked_at from health"));

        await services.GetRequiredService<SqliteRecord>().DisposeAsync();
        time.Advance(TimeSpan.FromSeconds(1));   // So long an answer is kept.
        Assert.Equal(HealthStatus.Unhealthy, (await health.CheckHealthAsync()).Status);
        await services.DisposeAsync();
    }

    [Fact]
    public async Task Second_process_may_write_beside_the_first()
    {
        // A command run beside the silo: two writers on one file, each waiting for the other.
        var path = folder.File("fte.db");
        await using var silo = SqliteTestRecord.Services(path, time);
        await using var command = SqliteTestRecord.Services(path, time);
        var records = new[] { silo, command }.Select(s => new TestRecord(s, time, () => ValueTask.CompletedTask)).ToArray();
        var conversation = await records[0].NewConversation();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            records[i % 2].Conversations.Commit(new Act(conversation, time.GetUtcNow()).CustomerSays($"{i}").Changes(), default)));

        Assert.Single(outcomes, CommitOutcome.Committed);
        Assert.Equal(1, (await records[1].Load(conversation)).Version);
    }

    /// <summary>A migration that a later version brings.</summary>
    private static MigrationScript Next(string sql) => MigrationScript.From($"{MigrationScript.Of("sqlite").Count + 1:0000}_more.sql", sql);

    private SqliteRecord Open(string path, params MigrationScript[] more) =>
        new(new() { Path = path }, time, [.. MigrationScript.Of("sqlite"), .. more]);
}
