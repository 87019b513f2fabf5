namespace FteAgent.Cluster.History;

/// <summary>Whatever was accepted, shown or sent is in the record, as it was.</summary>
internal static class Losses
{
    public static IEnumerable<Finding> In(Evidence evidence)
    {
        foreach (var acceptance in evidence.Accepted)
            if (!evidence.ByMark[acceptance.Mark].Any(message => IsThat(message, acceptance)))
                yield return Lost(acceptance.Conversation, $"{acceptance.Author}'s {acceptance.Mark} was accepted as {acceptance.MessageId ?? "a message"} at {acceptance.Sequence} and is not in the record");

        foreach (var showing in evidence.Shown.DistinctBy(showing => (showing.Conversation, showing.Sequence, showing.MessageId, showing.Text)))
            if (evidence.Messages[showing.Conversation].FirstOrDefault(message => message.Sequence == showing.Sequence) is not { } stored)
                yield return Lost(showing.Conversation, $"{showing.Reading} was shown a message at {showing.Sequence} and there is none");
            else if (stored.Id != showing.MessageId || stored.Text != showing.Text)
                yield return Lost(showing.Conversation, $"{showing.Reading} was shown another message at {showing.Sequence} than the record has");

        foreach (var arrival in evidence.Arrived.DistinctBy(arrival => arrival.Id))
            if (!evidence.Deliveries.ContainsKey(arrival.Id))
                yield return Lost("?", $"delivery {arrival.Id} arrived and is not in the record");

        foreach (var conversation in evidence.Record.Conversations)
            if (Gap(evidence.Messages[conversation.Id], conversation.LastSequence) is { } gap)
                yield return Lost(conversation.Id, $"there is no message at {gap} of {conversation.LastSequence}");
    }

    private static bool IsThat(StoredMessage message, Acceptance acceptance) =>
        message.Conversation == acceptance.Conversation && message.Author == acceptance.Author
        && (acceptance.MessageId is null || message.Id == acceptance.MessageId)
        && (acceptance.Sequence is null || message.Sequence == acceptance.Sequence);

    private static long? Gap(IEnumerable<StoredMessage> messages, long last)
    {
        var expected = 1L;
        foreach (var message in messages)
            if (message.Sequence != expected++)
                return expected - 1;
        return expected <= last ? expected : null;
    }

    private static Finding Lost(string conversation, string what) => new(Harm.Lost, conversation, what);
}
