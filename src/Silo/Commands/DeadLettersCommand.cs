using System.CommandLine;
using FteAgent.Conversations;
using FteAgent.Events;
using FteAgent.Silo.Hosting;
using Spectre.Console;

namespace FteAgent.Silo.Commands;

/// <summary>Lists the records that could not be taken from Kafka, and puts them back; and has events sent again that it could not take.</summary>
internal static class DeadLettersCommand
{
    private const int Most = 10_000;

    public static Command Create()
    {
        var limit = new Option<int>("--limit") { Description = "How many of the latest are shown.", DefaultValueFactory = static _ => 50 };
        var list = new Command("list", "List the latest dead letters: where each was, and why it could not be taken. Nothing of what they say is shown.") { limit };
        list.SetAction((parsed, token) => List(parsed.GetValue(limit), token));

        var id = new Argument<string?>("id") { Description = "The dead letter's id, as 'list' shows it.", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = "Put all back that conversations refused: what cannot be read, or is in conflict, would come here again." };
        var replay = new Command("replay", "Put a dead letter back into the topic it came from. What is in the record already is recognised and not taken twice.") { id, all };
        replay.SetAction((parsed, token) => Replay(parsed.GetValue(id), parsed.GetValue(all), token));

        var resend = new Command("resend", "Tell other systems again what was given up while the broker was away. The ids are those that it had. What a run that was cut off has done stays done; run it again for the rest.");
        resend.SetAction((_, token) => Resend(token));
        return new Command("deadletters", "Records that could not be taken from Kafka, and events that it could not take.") { list, replay, resend };
    }

    private static async Task<int> List(int limit, CancellationToken cancellationToken)
    {
        if (limit is < 1 or > Most)
            throw new UsageException($"--limit must be a whole number from 1 to {Most}.");
        var table = new Table().Border(TableBorder.Simple).AddColumns("Id", "Topic", "Place", "Given up", "Tries", "Cause");
        var letters = await KafkaCommand.Broker().DeadLetters(limit, cancellationToken);
        foreach (var letter in letters)
            table.AddRow(Array.ConvertAll<string, string>([letter.Id, letter.Topic, letter.Place, letter.At, letter.Tries, letter.Cause], Markup.Escape));
        if (letters.IsEmpty)
            Console.WriteLine("There are no dead letters.");
        else
            AnsiConsole.Write(table);
        return 0;
    }

    private static async Task<int> Resend(CancellationToken cancellationToken)
    {
        await using var services = await SiloHost.OpenRecord(cancellationToken);
        var count = await services.GetRequiredService<IGivenUp>().BringBackAll(PublishedEvent.Destination, GivenUp.CustomersAtOnce, cancellationToken);
        Console.WriteLine(count == 0 ? "No event was given up." : $"{count} events are sent again by the silos.");
        return 0;
    }

    private static async Task<int> Replay(string? id, bool all, CancellationToken cancellationToken)
    {
        if (all == id is not null)
            throw new UsageException("Name one dead letter, or all of them with --all.");
        var replay = await KafkaCommand.Broker().Replay(all ? null : id, cancellationToken);
        foreach (var letter in replay.PutBack)
            Console.WriteLine($"{letter.Id} is in {letter.Topic} again.");
        foreach (var (left, reason) in replay.Left)
            Console.WriteLine($"{left} was left: {reason}.");
        if (id is not null && replay.PutBack.IsEmpty && replay.Left.IsEmpty)
            throw new UsageException($"There is no dead letter '{id}'.");
        Console.WriteLine($"{replay.PutBack.Length} put back, {replay.Left.Length} left.{(replay.Passed > 0 ? $" {replay.Passed} passed over: they would come back, or have come back as newer ones." : "")}");
        return replay.Left.IsEmpty ? 0 : 1;
    }
}
