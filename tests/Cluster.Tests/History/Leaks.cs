namespace FteAgent.Cluster.History;

/// <summary>No word of one customer is stored with, shown to or told about another.</summary>
internal static class Leaks
{
    public static IEnumerable<Finding> In(Evidence evidence)
    {
        foreach (var message in evidence.Record.Messages)
            foreach (var foreign in Foreign(evidence, message.Conversation, message.Text + message.Citations))
                yield return Leak(message.Conversation, $"message {message.Sequence} holds {foreign}");

        foreach (var showing in evidence.Shown)
            foreach (var foreign in Foreign(evidence, showing.Conversation, showing.Raw))
                yield return Leak(showing.Conversation, $"{showing.Reading} was shown {foreign} at {showing.Sequence}");

        foreach (var glimpse in evidence.Glimpsed)
            foreach (var foreign in Foreign(evidence, glimpse.Conversation, glimpse.Raw))
                yield return Leak(glimpse.Conversation, $"{glimpse.Reading} was shown {foreign}");

        foreach (var delivery in evidence.Record.Deliveries)
            foreach (var foreign in Foreign(evidence, delivery.Conversation, delivery.Payload))
                yield return Leak(delivery.Conversation, $"delivery {delivery.Sequence} holds {foreign}");

        foreach (var arrival in evidence.Arrived)
            if (evidence.Deliveries.TryGetValue(arrival.Id, out var delivery))
                foreach (var foreign in Foreign(evidence, delivery.Conversation, arrival.Body))
                    yield return Leak(delivery.Conversation, $"what arrived as {arrival.Id} holds {foreign}");
    }

    private static IEnumerable<string> Foreign(Evidence evidence, string conversation, string text) =>
        Load.Mark.In(text).Distinct().Where(mark => evidence.Owners.GetValueOrDefault(conversation) is { } owner && Load.Mark.Owner(mark) != owner);

    private static Finding Leak(string conversation, string what) => new(Harm.Leaked, conversation, what);
}
