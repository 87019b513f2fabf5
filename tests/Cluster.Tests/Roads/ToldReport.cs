using FteAgent.Cluster.History;

namespace FteAgent.Cluster.Roads;

/// <summary>What other systems were told by Kafka, held against what was decided.</summary>
/// <param name="Decided">How many events are in the outbox.</param>
/// <param name="Untold">Those that no topic holds, and messages to customers that no event tells.</param>
/// <param name="Doubled">Messages that two different events tell, and events that nobody decided.</param>
/// <param name="Swapped">Events that stand in their topic before an earlier one of the same conversation.</param>
/// <param name="Repeated">How many came more than once under one id: allowed, and known by the id.</param>
internal sealed record ToldReport(int Decided, IReadOnlyList<string> Untold, IReadOnlyList<string> Doubled, IReadOnlyList<string> Swapped, int Repeated)
{
    private const string Destination = "events";
    private static readonly TimeSpan LookEach = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether nothing happened that must never.</summary>
    public bool IsClean => Untold.Count == 0 && Doubled.Count == 0 && Swapped.Count == 0;

    public override string ToString() =>
        $"{Decided} events; untold: {string.Join(", ", Untold.Take(10))}; doubled: {string.Join(", ", Doubled.Take(10))}; swapped: {string.Join(", ", Swapped.Take(10))}; repeated: {Repeated}";

    /// <summary>Waits until nothing is to be told any more, or for as long as is reasonable, and then looks at the topics.</summary>
    public static async Task<ToldReport> Of(string bootstrap, string database, TimeSpan within)
    {
        StoredRecord record;
        var since = TimeProvider.System.GetTimestamp();
        do
        {
            await Task.Delay(LookEach);
            record = await RecordReader.Read(database);
        }
        while (IsOpen(record) && TimeProvider.System.GetElapsedTime(since) < within);

        var decided = record.Deliveries.Where(item => item.Destination == Destination).ToDictionary(item => item.Id);
        var told = await Topics.Told(bootstrap);
        var first = told.DistinctBy(each => each.Id).ToList();
        var messages = first.Where(each => each.Message is not null).ToLookup(each => each.Message!);
        var swapped = first.Where(each => decided.ContainsKey(each.Id)).GroupBy(each => (each.Topic, each.Key)).SelectMany(conversation =>
            conversation.Zip(conversation.Skip(1)).Where(pair => decided[pair.First.Id].Sequence > decided[pair.Second.Id].Sequence).Select(pair => pair.Second.Id));
        var ids = first.Select(each => each.Id).ToHashSet();
        return new(
            decided.Count,
            [
                .. decided.Keys.Where(id => !ids.Contains(id)),
                .. record.Messages.Where(message => message.Author != "customer" && message.Kind != "note" && !messages.Contains(message.Id)).Select(message => $"message {message.Id}"),
            ],
            [.. messages.Where(same => same.Count() > 1).Select(same => $"message {same.Key}"), .. ids.Where(id => !decided.ContainsKey(id))],
            [.. swapped], told.Count - first.Count);
    }

    /// <summary>Whether something is still being answered or to be told.</summary>
    private static bool IsOpen(StoredRecord record) =>
        record.Conversations.Any(conversation => conversation.HasExchange)
        || record.Deliveries.Any(item => item is { Destination: Destination, IsSent: false, IsGivenUp: false });
}
