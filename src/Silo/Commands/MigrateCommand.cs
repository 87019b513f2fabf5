using System.CommandLine;
using FteAgent.Postgres;
using FteAgent.Silo.Hosting;

namespace FteAgent.Silo.Commands;

/// <summary>Brings the shared record's schema up to date. Run before the silos of a new version start; those of the old one may run on.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var command = new Command("migrate", "Bring the schema of DATABASE_URL up to date (the embedded record does so by itself).");
        command.SetAction((_, token) => Run(token));
        return command;
    }

    private static async Task<int> Run(CancellationToken cancellationToken)
    {
        await using var services = SiloHost.BuildRecord();
        if (services.GetService<PostgresMigrations>() is not { } migrations)
        {
            Console.WriteLine("The embedded record needs no 'migrate': each start brings its file up to date. Set DATABASE_URL to migrate a database.");
            return 0;
        }

        var applied = await migrations.Apply(cancellationToken);
        foreach (var name in applied)
            Console.WriteLine($"Applied {name}.");
        Console.WriteLine(applied.IsEmpty ? "The schema is up to date." : "The schema is up to date now.");
        return 0;
    }
}
