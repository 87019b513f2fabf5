namespace FteAgent.Cluster.History;

/// <summary>When all is well again, nothing is left undone: each message is decided, each delivery sent.</summary>
internal static class Stoppages
{
    public static IEnumerable<Finding> In(Evidence evidence) => [.. OfConversations(evidence.Record), .. OfDeliveries(evidence), .. OfTheTime(evidence)];

    /// <summary>The conversations that still wait for something, which a run gives time to end.</summary>
    public static IEnumerable<Finding> OfConversations(StoredRecord record)
    {
        var lastToAssistant = record.Messages.GroupBy(message => message.Conversation).ToDictionary(messages => messages.Key, LastToAssistant);
        foreach (var conversation in record.Conversations)
        {
            if (conversation.HasExchange)
                yield return new(Harm.Stuck, conversation.Id, "its exchange is open");
            else if (lastToAssistant.GetValueOrDefault(conversation.Id) > conversation.DecidedThrough)
                yield return new(Harm.Stuck, conversation.Id, $"decided through {conversation.DecidedThrough}, and the customer wrote at {lastToAssistant[conversation.Id]}");
        }

        foreach (var delivery in record.Deliveries.Where(delivery => !delivery.IsSent))
            yield return new(Harm.Stuck, delivery.Conversation, $"delivery {delivery.Sequence} to {delivery.Destination} is {(delivery.IsGivenUp ? "given up" : "not sent")}");
    }

    /// <summary>What the record says was sent has arrived.</summary>
    private static IEnumerable<Finding> OfDeliveries(Evidence evidence)
    {
        var arrived = evidence.Arrived.Select(arrival => arrival.Id).ToHashSet();
        return evidence.Record.Deliveries.Where(delivery => delivery.IsSent && !arrived.Contains(delivery.Id))
            .Select(delivery => new Finding(Harm.Stuck, delivery.Conversation, $"delivery {delivery.Sequence} to {delivery.Destination} is marked sent and never arrived"));
    }

    /// <summary>What was put right only because somebody looked.</summary>
    private static IEnumerable<Finding> OfTheTime(Evidence evidence) =>
        evidence.Undone.Select(left => new Finding(Harm.Stuck, left.Conversation, $"when the fleet had had its time: {left.What}"));

    /// <summary>What is written to an operator who has the conversation is theirs to answer.</summary>
    private static long LastToAssistant(IEnumerable<StoredMessage> conversation)
    {
        var (course, last) = (new Course(), 0L);
        foreach (var message in conversation.OrderBy(message => message.Sequence))
        {
            if (message is { Author: "customer", Kind: "text" } && !course.IsHeld)
                last = message.Sequence;
            course.Pass(message);
        }

        return last;
    }
}
