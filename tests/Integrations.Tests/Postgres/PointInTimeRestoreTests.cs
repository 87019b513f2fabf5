using System.Diagnostics;
using FteAgent.Testing;
using Npgsql;

namespace FteAgent.Postgres;

/// <summary>The command of docs/backup.md brings a database back to a moment, and later to its end, on a real server with a real archive.</summary>
public sealed class PointInTimeRestoreTests
{
    private static readonly TimeSpan ArchivedWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan RecoveredWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task A_restore_to_a_moment_keeps_what_was_before_it_and_the_next_one_goes_to_the_end_again()
    {
        await using var server = await PostgresServer.Start(durable: true, archives: true);
        await server.Execute("create table said (word text not null)");
        await Say(server, "before the backup");
        await Backup(server, "first");
        await Say(server, "before the mistake");
        var moment = await Ask(server, "select clock_timestamp()::text");
        await Say(server, "the mistake");
        await Archived(server);

        await Restore(server, "first", moment);
        Assert.Equal("before the backup,before the mistake", await Words(server));

        // The backup after that one holds the settings of the restore, the moment among them.
        await Say(server, "after the restore");
        await Backup(server, "second");
        await Say(server, "after the second backup");
        await Archived(server);

        await Restore(server, "second");
        Assert.Equal("before the backup,before the mistake,after the restore,after the second backup", await Words(server));
    }

    private static Task Say(PostgresServer server, string word) => server.Execute($"insert into said values ('{word}')");

    private static Task<string> Words(PostgresServer server) => Ask(server, "select string_agg(word, ',') from said");

    private static async Task Backup(PostgresServer server, string name) => await Run(
        Path.Combine(await PostgresServer.ProgramsFolder(), "pg_basebackup"),
        "-h", "127.0.0.1", "-p", $"{server.Port}", "-U", "postgres", "-D", Path.Combine(server.Folder!, name), "-c", "fast");

    private static async Task Restore(PostgresServer server, string backup, params string[] moment)
    {
        await server.Stop();
        var data = Path.Combine(server.Folder!, "data");
        Directory.Delete(data, recursive: true);
        await Run(PostgresServer.ScriptPath("postgres-restore"), [Path.Combine(server.Folder!, backup), Path.Combine(server.Folder!, "archive"), data, .. moment]);
        await server.StartAgain();
        // It counts as started while it still recovers, and takes nobody until then.
        for (var since = TimeProvider.System.GetTimestamp(); ; await Task.Delay(LookEvery))
            try
            {
                await Ask(server, "select 'open'");
                return;
            }
            catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.CannotConnectNow && TimeProvider.System.GetElapsedTime(since) < RecoveredWithin)
            {
            }
    }

    /// <summary>Waits until all that was said is in the archive.</summary>
    private static async Task Archived(PostgresServer server)
    {
        var segment = Path.Combine(server.Folder!, "archive", await Ask(server, "select pg_walfile_name(pg_switch_wal())"));
        for (var since = TimeProvider.System.GetTimestamp(); !File.Exists(segment); await Task.Delay(LookEvery))
            Assert.True(TimeProvider.System.GetElapsedTime(since) < ArchivedWithin, "The archive never got it.");
    }

    private static async Task<string> Ask(PostgresServer server, string sql)
    {
        // Not pooled: the server goes and comes back.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server.ConnectionString("postgres")) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{Path.GetFileName(program)} ended with {process.ExitCode}: {error}");
    }
}
