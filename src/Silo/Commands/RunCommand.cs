using System.CommandLine;
using FteAgent.Operators;
using FteAgent.Silo.Hosting;
using Spectre.Console;

namespace FteAgent.Silo.Commands;

/// <summary>Runs the silo: pages, API and grains in one process.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var command = new Command("run", "Run the silo: pages, API and grains in one process (the default).");
        command.SetAction(Run);
        return command;
    }

    public static async Task<int> Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var app = SiloHost.Build([]);
        await app.StartAsync(cancellationToken);
        await Welcome(app, cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    /// <summary>Tells a person at a terminal where to go. A key is written to a terminal only: a log would keep it.</summary>
    private static async Task Welcome(WebApplication app, CancellationToken cancellationToken)
    {
        var address = app.Urls.FirstOrDefault() ?? "";
        if (Console.IsOutputRedirected)
        {
            Console.WriteLine($"fte: ready at {address}");
            return;
        }

        AnsiConsole.MarkupLineInterpolated($"\n[bold]FteAgent[/] is ready. Ask something at [link]{address}/[/]");
        var operators = app.Services.GetRequiredService<IOperatorDirectory>();
        if ((await operators.List(cancellationToken)).Any(entry => entry.RevokedAt is null))
        {
            AnsiConsole.MarkupLineInterpolated($"Operators sign in at [link]{address}/console/[/]\n");
            return;
        }

        var key = OperatorKeys.NewKey();
        var name = Environment.UserName is { Length: > 0 } user ? user : "operator";
        if (await operators.Add(name, OperatorKeys.Hash(key), cancellationToken) is null)
            return;
        AnsiConsole.MarkupLineInterpolated($"You are its first operator, [bold]{name}[/]. Sign in with this link, which is shown once:");
        // Past the console library, which would break a long link in two.
        Console.WriteLine($"{address}/console/#key={key}\n");
    }
}
