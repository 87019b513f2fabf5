using System.CommandLine;
using FteAgent.Kafka;
using FteAgent.Silo.Hosting;
using FteAgent.Silo.Settings;
using Spectre.Console;

namespace FteAgent.Silo.Commands;

/// <summary>Shows the broker's topics and makes those that are missing.</summary>
internal static class KafkaCommand
{
    public static Command Create()
    {
        var topics = new Command("topics", "Show the topics, and make those that are missing. Exits with 1 when some cannot be made.");
        topics.SetAction((_, _) => Topics());
        return new Command("kafka", "The broker of KAFKA_BOOTSTRAP_SERVERS.") { topics };
    }

    /// <summary>The broker that the settings name.</summary>
    public static KafkaExamination Broker() => new(Options());

    private static KafkaOptions Options()
    {
        var configuration = SiloHost.Configuration();
        var settings = KafkaSettings.Read(configuration, configuration["DATABASE_URL"] is { Length: > 0 }, KafkaWiring.Alone);
        settings?.Check();
        return settings?.Options ?? throw new UsageException("There is no broker: set KAFKA_BOOTSTRAP_SERVERS.");
    }

    private static async Task<int> Topics()
    {
        var broker = Broker();
        var facts = await broker.Look();
        if (!facts.Answers)
            throw new IOException($"The broker does not answer ({facts.Code}).");
        var (made, refused) = await broker.Make(facts.Missing);
        var table = new Table().Border(TableBorder.Simple).AddColumns("Topic", "Partitions", "");
        foreach (var topic in KafkaTopics.All)
            table.AddRow(
                topic,
                facts.Topics.TryGetValue(topic, out var partitions) ? $"{partitions}" : "",
                made.Contains(topic) ? "made now"
                    : refused.FirstOrDefault(each => each.Topic == topic) is { Reason: { } reason } ? $"missing, and not made: {reason}"
                    : facts.KeptTooLong.Contains(topic) ? $"may keep records for longer than {KafkaTopics.Retention.TotalDays:0} days: see retention.ms and segment.ms"
                    : "there");
        AnsiConsole.Write(table);
        return refused.IsEmpty ? 0 : 1;
    }
}
