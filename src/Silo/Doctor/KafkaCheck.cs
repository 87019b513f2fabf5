using System.Runtime.CompilerServices;
using FteAgent.Kafka;
using FteAgent.Silo.Commands;
using FteAgent.Silo.Hosting;
using FteAgent.Silo.Settings;

namespace FteAgent.Silo.Doctor;

/// <summary>Whether the broker can be reached, has the topics, and keeps customers' words no longer than it may.</summary>
internal sealed class KafkaCheck(IConfiguration configuration) : IDoctorCheck
{
    public string Name => "kafka";

    public async IAsyncEnumerable<Finding> Look([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (settings, canBeTaken) = Read();
        if (!canBeTaken)
        {
            yield return Finding.Fail("Not looked at, since its settings cannot be taken.", "Set them right first.");
            yield break;
        }

        if (settings is null)
        {
            yield return Finding.Ok("Not configured: KAFKA_BOOTSTRAP_SERVERS is not set. Messages come by HTTP alone.");
            yield break;
        }

        if (settings.Options is { Security: KafkaSecurity.SaslPlaintext } or { Security: KafkaSecurity.Plaintext })
            yield return Finding.Warn("What goes to the broker is not encrypted.", "Leave it so only in a network that is private or encrypts by itself; else set KAFKA_SECURITY_PROTOCOL=SASL_SSL.");
        var facts = await new KafkaExamination(settings.Options).Look();
        if (!facts.Answers)
        {
            yield return Finding.Fail($"The broker does not answer ({facts.Code}).", "See whether it runs and lets this user in, and whether KAFKA_BOOTSTRAP_SERVERS names it as clients reach it.");
            yield break;
        }

        yield return facts.Brokers == 1 && settings.TakesThroughKafka
            ? Finding.Warn("There is one broker, and messages come in through it: what it alone holds is lost with its disk.", "Have three brokers, or set INTAKE=direct.")
            : Finding.Ok($"{facts.Brokers} broker{(facts.Brokers == 1 ? " answers" : "s answer")}.");
        yield return facts.Missing.IsEmpty
            ? Finding.Ok($"All {facts.Topics.Count} topics are there.")
            : Finding.Fail($"Topics are missing: {string.Join(", ", facts.Missing)}.", "Run 'silo kafka topics' with a user who may make them, or make them by your broker's own means.");
        if (!facts.KeptTooLong.IsEmpty)
            yield return Finding.Warn(
                $"These topics may keep records for longer than {KafkaTopics.Retention.TotalDays:0} days: {string.Join(", ", facts.KeptTooLong)}.",
                $"Set their retention.ms to {KafkaTopics.KeptFor.TotalMilliseconds:0} and segment.ms to {KafkaTopics.Segment.TotalMilliseconds:0} or less, so that what was erased is gone from them too: brokers delete whole segments.");
    }

    private (KafkaSettings? Settings, bool CanBeTaken) Read()
    {
        try
        {
            return (KafkaSettings.Read(configuration, configuration["DATABASE_URL"] is { Length: > 0 }, KafkaWiring.Alone), true);
        }
        catch (UsageException)
        {
            return (null, false);   // The first check says what is wrong.
        }
    }
}
