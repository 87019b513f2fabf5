using System.CommandLine;
using FteAgent.Silo.Hosting;
using FteAgent.Sqlite;

namespace FteAgent.Silo.Commands;

/// <summary>Copies the record while the silo runs.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var path = new Argument<string>("path") { Description = "The file to write; it must not exist yet." };
        var command = new Command("backup", "Copy the record to a file, also while the silo runs, and check the copy.") { path };
        command.SetAction((parsed, token) => Run(parsed.GetRequiredValue(path), token));
        return command;
    }

    private static async Task<int> Run(string path, CancellationToken cancellationToken)
    {
        if (File.Exists(path))
            throw new UsageException($"'{path}' exists already; a backup overwrites nothing.");
        await using var services = SiloHost.BuildRecord();
        if (services.GetService<SqliteBackup>() is not { } backup)
            throw new UsageException("'backup' copies the embedded record's file; with DATABASE_URL, back up the database with its own tools (pg_dump, or your provider's snapshots).");
        await backup.Run(path, cancellationToken);
        Console.WriteLine($"Backed up to {path} ({new FileInfo(path).Length / 1024:N0} KiB, checked).");
        return 0;
    }
}
