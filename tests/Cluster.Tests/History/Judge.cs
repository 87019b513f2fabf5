using System.Collections.Immutable;

namespace FteAgent.Cluster.History;

/// <summary>Holds what happened against the record. Pure: the same history gets the same verdict.</summary>
internal static class Judge
{
    public static Verdict Of(Happenings happenings, StoredRecord record)
    {
        var evidence = new Evidence(happenings, record);
        var answers = Answers.In(evidence);
        return new([
            .. Losses.In(evidence), .. Omissions.In(evidence), .. Doubles.In(evidence), .. Tellings.In(evidence), .. Disorder.In(evidence),
            .. answers.Findings, .. Stoppages.In(evidence), .. Leaks.In(evidence)],
            answers.Longest);
    }
}

/// <summary>A history and a record, with what the checks look up in them.</summary>
internal sealed class Evidence
{
    public Evidence(Happenings happenings, StoredRecord record)
    {
        Accepted = happenings.Accepted;
        Shown = happenings.Shown;
        Glimpsed = happenings.Glimpsed;
        Whole = happenings.Whole;
        Undone = happenings.Undone;
        Arrived = happenings.Arrived;
        Record = record;
        Messages = record.Messages.OrderBy(message => message.Sequence).ToLookup(message => message.Conversation);
        // A conversation whose first answer never reached its sender belongs to whoever wrote first in it.
        Owners = Messages.Select(messages => (messages.Key, Mark: messages.Where(message => message.Author == "customer").SelectMany(message => Load.Mark.In(message.Text)).FirstOrDefault()))
            .Where(pair => pair.Mark is not null).ToDictionary(pair => pair.Key, pair => happenings.Owners.GetValueOrDefault(pair.Key) ?? Load.Mark.Owner(pair.Mark!));
        Deliveries = record.Deliveries.ToDictionary(delivery => delivery.Id);
        // The assistant names the marks that it answers; whoever wrote a message bears its mark themselves.
        ByMark = record.Messages.Where(message => message.Author != "assistant").SelectMany(message => Load.Mark.In(message.Text).Select(mark => (mark, message)))
            .ToLookup(pair => pair.mark, pair => pair.message);
    }

    public ImmutableArray<Acceptance> Accepted { get; }

    public ImmutableArray<Showing> Shown { get; }

    public ImmutableArray<Glimpse> Glimpsed { get; }

    public ImmutableArray<Whole> Whole { get; }

    public ImmutableArray<Undone> Undone { get; }

    public ImmutableArray<Arrival> Arrived { get; }

    public IReadOnlyDictionary<string, string> Owners { get; }

    public StoredRecord Record { get; }

    public ILookup<string, StoredMessage> Messages { get; }

    public Dictionary<string, StoredDelivery> Deliveries { get; }

    public ILookup<string, StoredMessage> ByMark { get; }
}
