using FteAgent.Cluster.History;
using FteAgent.Cluster.Load;

namespace FteAgent.Cluster.Soaking;

/// <summary>What became of the customers who write by several ways.</summary>
/// <param name="Linked">How many were joined by codes that they typed on our pages.</param>
/// <param name="Merged">How many were joined by an operator.</param>
/// <param name="Apart">How many are not: their ways lead to several conversations.</param>
/// <param name="Messages">How many messages of theirs were accepted under load.</param>
/// <param name="Unanswered">How many of these no answer names in the one conversation of their customer.</param>
internal sealed record JoinedReport(int Linked, int Merged, int Apart, int Messages, int Unanswered)
{
    public static JoinedReport Of(IReadOnlyList<SoakCustomer> several, Happenings happenings, StoredRecord record)
    {
        var answered = record.Messages.Where(message => message is { Author: "assistant", Kind: "text" })
            .SelectMany(answer => Mark.In(answer.Text).Select(mark => (answer.Conversation, mark))).ToHashSet();
        // By way of the one conversation, and no other: an answer that stands elsewhere is none. Whoever is apart has none at all.
        var homes = several.ToDictionary(customer => Mark.Of(customer.Number), customer => customer.IsJoined ? customer.Conversations.Values.First() : null);
        var messages = happenings.Accepted.Where(acceptance => homes.ContainsKey(Mark.Owner(acceptance.Mark))).ToList();
        return new(
            several.Count(customer => customer is { IsJoined: true, Links: true }), several.Count(customer => customer is { IsJoined: true, Links: false }),
            several.Count(customer => !customer.IsJoined), messages.Count,
            messages.Count(message => homes[Mark.Owner(message.Mark)] is not { } home || !answered.Contains((home, message.Mark))));
    }
}
