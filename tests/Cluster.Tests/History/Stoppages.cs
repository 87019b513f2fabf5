namespace FteAgent.Cluster.History;

/// <summary>When all is well again, nothing is left undone: each message is decided, each delivery sent.</summary>
internal static class Stoppages
{
    public static IEnumerable<Finding> In(Evidence evidence) => [.. OfConversations(evidence.Record), .. OfDeliveries(evidence), .. OfPages(evidence)];

    /// <summary>The conversations that still wait for something, which a run gives time to end.</summary>
    public static IEnumerable<Finding> OfConversations(StoredRecord record)
    {
        var lastOfCustomer = record.Messages.Where(message => message is { Author: "customer", Kind: "text" })
            .GroupBy(message => message.Conversation).ToDictionary(messages => messages.Key, messages => messages.Max(message => message.Sequence));
        foreach (var conversation in record.Conversations)
        {
            if (conversation.HasExchange)
                yield return new(Harm.Stuck, conversation.Id, "its exchange is open");
            // What is written to an operator who has the conversation is theirs to answer.
            else if (!conversation.IsHeld && lastOfCustomer.GetValueOrDefault(conversation.Id) > conversation.DecidedThrough)
                yield return new(Harm.Stuck, conversation.Id, $"decided through {conversation.DecidedThrough}, and the customer wrote at {lastOfCustomer[conversation.Id]}");
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

    private static IEnumerable<Finding> OfPages(Evidence evidence) =>
        evidence.Unseen.Select(page => new Finding(Harm.Stuck, page.Conversation, $"{page.Reading} showed it to {page.Shown} of {page.Last}"));
}
