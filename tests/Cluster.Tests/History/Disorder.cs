namespace FteAgent.Cluster.History;

/// <summary>A customer's messages stand in the order in which they were sent, readers are shown them in that order, and deliveries come in theirs.</summary>
internal static class Disorder
{
    public static IEnumerable<Finding> In(Evidence evidence) => [.. OfMessages(evidence), .. OfReadings(evidence), .. OfDeliveries(evidence)];

    /// <summary>Whoever had the answer to one message before sending the next has them in that order. Messages that were under way together may stand either way.</summary>
    private static IEnumerable<Finding> OfMessages(Evidence evidence)
    {
        var sent = evidence.Accepted
            .GroupBy(acceptance => (acceptance.Conversation, acceptance.Author, acceptance.Mark))
            .Select(message => (
                message.Key.Conversation, message.Key.Author, message.Key.Mark,
                SentAt: message.Min(acceptance => acceptance.SentAt),
                AcceptedAt: message.Min(acceptance => acceptance.AcceptedAt),
                evidence.ByMark[message.Key.Mark].FirstOrDefault(stored => stored.Conversation == message.Key.Conversation)?.Sequence))
            .Where(message => message.Sequence is not null);
        foreach (var sender in sent.GroupBy(message => (message.Conversation, message.Author)))
        {
            var accepted = sender.OrderBy(message => message.AcceptedAt).ToList();
            var (next, last, lastMark) = (0, 0L, "");
            foreach (var message in sender.OrderBy(message => message.SentAt))
            {
                for (; next < accepted.Count && accepted[next].AcceptedAt < message.SentAt; next++)
                    if (accepted[next].Sequence > last)
                        (last, lastMark) = (accepted[next].Sequence!.Value, accepted[next].Mark);
                if (message.Sequence < last)
                    yield return new(Harm.Reordered, sender.Key.Conversation, $"{message.Mark} was sent after {lastMark} had been accepted, and stands before it");
            }
        }
    }

    private static IEnumerable<Finding> OfReadings(Evidence evidence)
    {
        foreach (var reading in evidence.Shown.GroupBy(showing => showing.Reading))
        {
            var last = 0L;
            foreach (var showing in reading)
            {
                if (showing.Sequence <= last)
                    yield return new(Harm.Reordered, showing.Conversation, $"{showing.Reading} was shown {showing.Sequence} after {last}");
                last = showing.Sequence;
            }
        }
    }

    /// <summary>What arrives for the first time follows all that came before it for that destination; repeats of what came are allowed.</summary>
    private static IEnumerable<Finding> OfDeliveries(Evidence evidence)
    {
        var last = new Dictionary<(string, string), long>();
        foreach (var arrival in evidence.Arrived.DistinctBy(arrival => arrival.Id))
        {
            if (!evidence.Deliveries.TryGetValue(arrival.Id, out var delivery))
                continue;
            var road = (delivery.Conversation, delivery.Destination);
            if (last.GetValueOrDefault(road) is var before && delivery.Sequence < before)
                yield return new(Harm.Reordered, delivery.Conversation, $"{delivery.Destination} received {delivery.Sequence} after {before}");
            last[road] = Math.Max(before, delivery.Sequence);
        }
    }
}
