using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Silo.Hosting;

namespace FteAgent.Silo.Commands;

/// <summary>Gives a person a copy of what is kept of them, erases it, and erases again after a restore.</summary>
internal static class CustomersCommand
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly JsonSerializerOptions Lines = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Who did it, for the audit: whoever may run this on the machine.</summary>
    private static string By => $"command line: {Environment.UserName}";

    public static Command Create() => new("customers", "What is kept of a person: a copy, and its erasure.") { Export(), Erase(), Erasures() };

    private static Command Export()
    {
        var id = Id();
        var to = new Option<string?>("--to") { Description = "The file to write; it must not exist yet. Without it the copy goes to standard output." };
        var command = new Command("export", "Write all that is kept of a customer as JSON, attachments in base64.") { id, to };
        command.SetAction((parsed, token) => Export(parsed.GetRequiredValue(id), parsed.GetValue(to), token));
        return command;
    }

    private static Command Erase()
    {
        var id = new Argument<string?>("id") { Description = "The customer's id, as in the console's address.", Arity = ArgumentArity.ZeroOrOne };
        var yes = new Option<bool>("--yes") { Description = "Do not ask again." };
        var replay = new Option<string?>("--replay") { Description = "A file of erasures, as 'silo customers erasures' wrote it: erase them again after a restore." };
        var command = new Command("erase", "Erase all that is kept of a customer, and of whoever they were merged with.") { id, yes, replay };
        command.SetAction((parsed, token) => (parsed.GetValue(id), parsed.GetValue(replay)) switch
        {
            ({ } one, null) => Erase(one, parsed.GetValue(yes), token),
            (null, { } file) => Replay(file, token),
            _ => throw new UsageException("Give either a customer's id or --replay FILE."),
        });
        return command;
    }

    private static Command Erasures()
    {
        var command = new Command("erasures", "List what was erased, a JSON object on each line. Keep it outside the record: a restore needs it.");
        command.SetAction((_, token) => List(token));
        return command;
    }

    private static Argument<string> Id() => new("id") { Description = "The customer's id, as in the console's address." };

    private static async Task<int> Export(string id, string? to, CancellationToken cancellationToken)
    {
        var customer = Parse(id);
        if (to is not null && File.Exists(to))
            throw new UsageException($"'{to}' exists already; an export overwrites nothing.");
        await using var services = await SiloHost.OpenRecord(cancellationToken);
        var data = services.GetRequiredService<IPersonalData>();
        if (await services.GetRequiredService<ICustomerDirectory>().Find(customer, cancellationToken) is null)
            throw NotThere();
        if (to is null)
        {
            await using var output = Console.OpenStandardOutput();
            return await data.Export(customer, By, output, cancellationToken) ? 0 : throw NotThere();
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        await using (var file = new FileStream(to, options))
            if (!await data.Export(customer, By, file, cancellationToken))
                throw NotThere();
        await Console.Error.WriteLineAsync($"Wrote {to} ({new FileInfo(to).Length / 1024:N0} KiB). It holds a person's data: send it by a safe way and delete it here.");
        return 0;
    }

    private static async Task<int> Erase(string id, bool yes, CancellationToken cancellationToken)
    {
        var customer = Parse(id);
        await using var services = await SiloHost.OpenRecord(cancellationToken);
        if (!yes && !await IsSure(services, customer, cancellationToken))
            throw new UsageException("Nothing was erased.");
        var erasure = await services.GetRequiredService<IPersonalData>().Erase(customer, By, cancellationToken);
        if (erasure.Customers.IsEmpty)
            throw NotThere();
        await Console.Error.WriteLineAsync(
            $"Erased {erasure.Rows:N0} rows of {erasure.Customers.Length} customer id(s). Backups still hold them: keep this line, and replay it after a restore.");
        Write(erasure);
        return 0;
    }

    private static async Task<bool> IsSure(ServiceProvider services, CustomerId customer, CancellationToken cancellationToken)
    {
        if (Console.IsInputRedirected)
            throw new UsageException("Nobody can be asked here; give --yes to erase.");
        var group = await services.GetRequiredService<IIdentities>().Group(customer, cancellationToken);
        Console.Error.Write($"Erase all that is kept of {customer}{(group.Length > 1 ? $" and of {group.Length - 1} merged with them" : "")}, for ever? [y/N] ");
        return (await Console.In.ReadLineAsync(cancellationToken))?.Trim() is "y" or "Y" or "yes";
    }

    private static async Task<int> Replay(string path, CancellationToken cancellationToken)
    {
        // All of it is read before anything is erased: half a file is a mistake to hear of at once.
        var erasures = new List<ErasureLine>();
        foreach (var (text, number) in (await File.ReadAllLinesAsync(path, cancellationToken)).Select((text, i) => (text, i + 1)))
            if (text.Trim().Length > 0)
                erasures.Add(ErasureLine.Read(text) ?? throw new UsageException($"Line {number} of '{path}' is no erasure."));

        await using var services = await SiloHost.OpenRecord(cancellationToken);
        var data = services.GetRequiredService<IPersonalData>();
        var again = 0;
        foreach (var line in erasures)
            if (!(await data.EraseAgain(line.Ids, line.At, line.MessageIds, By, cancellationToken)).Customers.IsEmpty)
                again++;
        Console.WriteLine($"{erasures.Count} erasures were read; {again} had to be done again.");
        return 0;
    }

    private static async Task<int> List(CancellationToken cancellationToken)
    {
        await using var services = await SiloHost.OpenRecord(cancellationToken);
        foreach (var erasure in await services.GetRequiredService<IPersonalData>().Erasures(cancellationToken))
            Write(erasure);
        return 0;
    }

    private static void Write(Erasure erasure) => Console.WriteLine(JsonSerializer.Serialize(
        new ErasureLine([.. erasure.Customers.Select(customer => customer.ToString())], erasure.By, erasure.At, erasure.Rows,
            [.. erasure.Messages.Select(message => message.ToString())]), Lines));

    private static CustomerId Parse(string id) =>
        CustomerId.TryParse(id, null, out var customer) ? customer : throw new UsageException("A customer's id has 32 hexadecimal digits; the console shows it in its address.");

    private static UsageException NotThere() => new("There is no such customer, or no longer.");

    /// <summary>An erasure as a line of JSON.</summary>
    internal sealed record ErasureLine(ImmutableArray<string> Customers, string By, DateTimeOffset At, long Rows, ImmutableArray<string>? Messages = null)
    {
        /// <summary>Who was erased.</summary>
        [JsonIgnore]
        public ImmutableArray<CustomerId> Ids => [.. Customers.Select(id => CustomerId.Parse(id))];

        /// <summary>What they had written, where the line tells.</summary>
        [JsonIgnore]
        public ImmutableArray<MessageId> MessageIds => [.. (Messages ?? []).Select(id => new MessageId(Guid.ParseExact(id, "N")))];

        /// <summary>Reads a line; null for anything else.</summary>
        public static ErasureLine? Read(string line)
        {
            try
            {
                return JsonSerializer.Deserialize<ErasureLine>(line, Lines) is { Customers.IsDefaultOrEmpty: false } read
                    && read.Customers.All(id => CustomerId.TryParse(id, null, out _))
                    && (read.Messages ?? []).All(id => Guid.TryParseExact(id, "N", out _))
                    ? read
                    : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }
}
