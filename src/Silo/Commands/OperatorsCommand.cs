using System.CommandLine;
using System.Globalization;
using FteAgent.Operators;
using FteAgent.Silo.Hosting;
using Spectre.Console;

namespace FteAgent.Silo.Commands;

/// <summary>Adds, lists and revokes operators.</summary>
internal static class OperatorsCommand
{
    private const int NameLimit = 80;

    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "The name that customers will see." };
        var add = new Command("add", "Add an operator and show their key, once.") { name };
        add.SetAction((parsed, token) => Add(parsed.GetRequiredValue(name), token));
        var revoke = new Command("revoke", "Revoke an operator's key and end their sessions.") { name };
        revoke.SetAction((parsed, token) => Revoke(parsed.GetRequiredValue(name), token));
        var list = new Command("list", "List the operators.");
        list.SetAction((_, token) => List(token));
        return new Command("operators", "The people who take over from the assistant.") { add, list, revoke };
    }

    private static async Task<int> Add(string name, CancellationToken cancellationToken)
    {
        name = name.Trim();
        if (name.Length is 0 or > NameLimit || name.Any(char.IsControl))
            throw new UsageException($"A name must have 1 to {NameLimit} characters.");
        await using var services = await SiloHost.OpenRecord(cancellationToken);
        var key = OperatorKeys.NewKey();
        if (await services.GetRequiredService<IOperatorDirectory>().Add(name, OperatorKeys.Hash(key), cancellationToken) is null)
            throw new UsageException($"There is an operator named '{name}' already; revoke that one first or take another name.");
        // The key alone goes to standard output, so that it can be piped into a password manager.
        await Console.Error.WriteLineAsync($"Added {name}. This key is shown once:");
        await Console.Out.WriteLineAsync(key);
        return 0;
    }

    private static async Task<int> Revoke(string name, CancellationToken cancellationToken)
    {
        await using var services = await SiloHost.OpenRecord(cancellationToken);
        if (!await services.GetRequiredService<IOperatorDirectory>().Revoke(name.Trim(), cancellationToken))
            throw new UsageException($"There is no operator named '{name.Trim()}'.");
        await Console.Error.WriteLineAsync($"Revoked {name.Trim()}.");
        return 0;
    }

    private static async Task<int> List(CancellationToken cancellationToken)
    {
        await using var services = await SiloHost.OpenRecord(cancellationToken);
        var table = new Table().Border(TableBorder.Simple).AddColumns("Name", "Added", "Revoked");
        foreach (var entry in await services.GetRequiredService<IOperatorDirectory>().List(cancellationToken))
            table.AddRow(Markup.Escape(entry.Operator.Name), Date(entry.AddedAt), entry.RevokedAt is { } revoked ? Date(revoked) : "");
        AnsiConsole.Write(table);
        return 0;
    }

    private static string Date(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
