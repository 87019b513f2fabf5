using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Kafka;

/// <summary>What is found at a broker.</summary>
/// <param name="Answers">Whether it answers.</param>
/// <param name="Code">Kafka's name of the error where it does not.</param>
/// <param name="Brokers">How many brokers there are.</param>
/// <param name="Topics">Our topics that are there, with their partitions.</param>
/// <param name="Missing">Our topics that are not.</param>
/// <param name="KeptTooLong">Those that keep customers' words longer than they may be kept.</param>
public sealed record KafkaFacts(
    bool Answers, string Code, int Brokers, ImmutableSortedDictionary<string, int> Topics, ImmutableArray<string> Missing, ImmutableArray<string> KeptTooLong);

/// <summary>A dead letter.</summary>
/// <param name="Id">Its place among them: the partition and the offset.</param>
/// <param name="Topic">Where it was.</param>
/// <param name="Place">Its partition and offset there.</param>
/// <param name="At">When it was given up.</param>
/// <param name="Tries">How often it was tried.</param>
/// <param name="Cause">Why it could not be taken.</param>
public sealed record DeadLetter(string Id, string Topic, string Place, string At, string Tries, string Cause);

/// <summary>What became of dead letters that were to be put back.</summary>
/// <param name="PutBack">Those that are in their topics again.</param>
/// <param name="Left">Those that are not, each with the reason.</param>
/// <param name="Passed">How many were passed over, since putting them back would bring them here again, or they have come back as newer ones.</param>
public sealed record Replay(ImmutableArray<DeadLetter> PutBack, ImmutableArray<(string Id, string Reason)> Left, int Passed);

/// <summary>What commands ask of a broker. Nothing of it needs a running silo.</summary>
public sealed class KafkaExamination(KafkaOptions options)
{
    private readonly KafkaClients clients = new(options, NullLogger<KafkaClients>.Instance);

    /// <summary>Why no client can be made by these settings, in a clause; null where one can. Asks no broker.</summary>
    public static string? Fault(KafkaOptions options)
    {
        try
        {
            using var client = new KafkaClients(options, NullLogger<KafkaClients>.Instance).Admin();
            return null;
        }
        catch (Exception failure)
        {
            return failure is DllNotFoundException or BadImageFormatException or TypeInitializationException
                ? "its library (librdkafka) cannot be loaded on this system"
                : failure.Message;
        }
    }

    /// <summary>What is there.</summary>
    public async Task<KafkaFacts> Look()
    {
        var setup = new TopicSetup(clients);
        try
        {
            using var admin = clients.Admin();
            var facts = await Task.Run(() => setup.Look(admin)).ConfigureAwait(false);
            return new(true, "", facts.Brokers, facts.Present, facts.Missing, await setup.KeptTooLong(admin, facts.Present.Keys).ConfigureAwait(false));
        }
        catch (Exception away)
        {
            return new(false, away is KafkaException kafka ? kafka.Error.Code.ToString() : away.GetType().Name, 0, ImmutableSortedDictionary<string, int>.Empty, KafkaTopics.All, []);
        }
    }

    /// <summary>Makes topics that are missing; returns those that were made, and those that were not with Kafka's reason.</summary>
    public async Task<(ImmutableArray<string> Made, ImmutableArray<(string Topic, string Reason)> Refused)> Make(ImmutableArray<string> topics)
    {
        using var admin = clients.Admin();
        var made = await new TopicSetup(clients).Make(admin, topics).ConfigureAwait(false);
        return (made.Made, [.. made.Refused.Select(each => (each.Topic, each.Code.ToString()))]);
    }

    /// <summary>The latest dead letters, oldest first.</summary>
    /// <exception cref="InvalidDataException">The broker does not answer.</exception>
    public Task<ImmutableArray<DeadLetter>> DeadLetters(int limit, CancellationToken cancellationToken) =>
        Shelf(shelf => ImmutableArray.CreateRange(shelf.Read(cancellationToken).TakeLast(limit).Select(DeadLetterShelf.Told)));

    /// <summary>Puts dead letters back into the topics that they came from, with the ids that they had.</summary>
    /// <param name="id">Which one; null for all whose cause may have passed.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <exception cref="InvalidDataException">The broker does not answer.</exception>
    public async Task<Replay> Replay(string? id, CancellationToken cancellationToken)
    {
        var all = await Shelf(shelf => shelf.Read(cancellationToken)).ConfigureAwait(false);
        var newer = all.Select(record => CloudEvent.Text(record.Message.Headers, DeadLetterBox.ReplayOf)).ToHashSet(StringComparer.Ordinal);
        var found = all.Where(record => id is null ? MayPass(record, newer) : DeadLetterShelf.IdOf(record) == id).ToList();
        using var producer = clients.Producer(KafkaProducer.Within, static () => { });
        var (back, left) = (ImmutableArray.CreateBuilder<DeadLetter>(), ImmutableArray.CreateBuilder<(string, string)>());
        foreach (var record in found)
        {
            var letter = DeadLetterShelf.Told(record);
            try
            {
                // A header may name any topic; only those are filled again that silos read.
                if (!KafkaTopics.Consumed.Contains(letter.Topic))
                    left.Add((letter.Id, "it names no topic that silos read"));
                else if (record.Message.Value is not { Length: > 0 } value)
                    left.Add((letter.Id, "the record itself was too large to be kept"));
                else
                {
                    var headers = DeadLetterBox.Own(record.Message.Headers);
                    headers.Remove(DeadLetterBox.ReplayOf);
                    headers.Add(DeadLetterBox.ReplayOf, Encoding.ASCII.GetBytes(letter.Id));
                    var key = CloudEvent.Text(record.Message.Headers, DeadLetterBox.Unkeyed) is null ? record.Message.Key : null;
                    await producer.ProduceAsync(letter.Topic, new() { Key = key, Value = value, Headers = headers }, cancellationToken).ConfigureAwait(false);
                    back.Add(letter);
                }
            }
            catch (KafkaException failure)
            {
                left.Add((letter.Id, failure.Error.Code.ToString()));
            }
        }

        return new(back.ToImmutable(), left.ToImmutable(), id is null ? all.Count - found.Count : 0);
    }

    /// <summary>Whether it is worth another try, and is not here once more from the last one.</summary>
    private static bool MayPass(ConsumeResult<byte[]?, byte[]?> record, HashSet<string?> newer) =>
        CloudEvent.Text(record.Message.Headers, DeadLetterBox.Kind) == DeadLetterBox.NameOf(DeadKind.Refused) && !newer.Contains(DeadLetterShelf.IdOf(record));

    private async Task<T> Shelf<T>(Func<DeadLetterShelf, T> read)
    {
        try
        {
            return await Task.Run(() =>
            {
                using var consumer = clients.Reader();
                return read(new(consumer));
            }).ConfigureAwait(false);
        }
        catch (KafkaException away)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"The dead letters cannot be read: {away.Error.Code}."));
        }
    }
}
