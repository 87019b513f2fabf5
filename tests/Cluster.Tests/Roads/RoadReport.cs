using FteAgent.Cluster.History;
using FteAgent.Cluster.Load;

namespace FteAgent.Cluster.Roads;

/// <summary>What became of messages that came by Kafka, as the record has it in the end.</summary>
/// <param name="Acknowledged">How many the broker had acknowledged.</param>
/// <param name="Lost">Those of them that are not in the record.</param>
/// <param name="Doubled">Those that are there more than once.</param>
/// <param name="Swapped">Those that stand before an earlier one of the same customer.</param>
/// <param name="Caught">How long after the broker was back, or the silo was killed, the last one was in the record.</param>
internal sealed record RoadReport(int Acknowledged, IReadOnlyList<string> Lost, IReadOnlyList<string> Doubled, IReadOnlyList<string> Swapped, TimeSpan Caught)
{
    /// <summary>Whether nothing happened that must never.</summary>
    public bool IsClean => Lost.Count == 0 && Doubled.Count == 0 && Swapped.Count == 0;

    public override string ToString() =>
        $"{Acknowledged} acknowledged; lost: {string.Join(", ", Lost.Take(10))}; doubled: {string.Join(", ", Doubled.Take(10))}; swapped: {string.Join(", ", Swapped.Take(10))}";

    /// <summary>Waits until the record has all of them, or for as long as is reasonable, and then looks at it.</summary>
    public static async Task<RoadReport> Of(IReadOnlyCollection<string> acknowledged, string database, TimeSpan within, CancellationToken cancellationToken = default)
    {
        var since = TimeProvider.System.GetTimestamp();
        List<(string Mark, string Customer, long Sequence)> stored;
        do
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250), cancellationToken);
            stored = await Stored(database);
        }
        while (stored.Select(each => each.Mark).Distinct().Count() < acknowledged.Count && TimeProvider.System.GetElapsedTime(since) < within);
        var caught = TimeProvider.System.GetElapsedTime(since);

        var there = stored.Select(each => each.Mark).ToHashSet();
        // A mark's letters sort as its number does.
        var swapped = stored.GroupBy(each => Mark.Owner(each.Mark)).SelectMany(customer =>
        {
            var marks = customer.OrderBy(each => each.Sequence).Select(each => each.Mark).ToList();
            return marks.Zip(marks.Skip(1)).Where(pair => string.CompareOrdinal(pair.First, pair.Second) > 0).Select(pair => pair.Second);
        });
        return new(
            acknowledged.Count, [.. acknowledged.Where(mark => !there.Contains(mark))],
            [.. stored.GroupBy(each => each.Mark).Where(same => same.Count() > 1).Select(same => same.Key)], [.. swapped], caught);
    }

    /// <summary>How many messages the record has.</summary>
    public static async Task<int> Taken(string database) => (await Stored(database)).Count;

    private static async Task<List<(string Mark, string Customer, long Sequence)>> Stored(string database) =>
        [.. (await RecordReader.Read(database)).Messages.Where(message => message.Author == "customer")
            .SelectMany(message => Mark.In(message.Text).Select(mark => (mark, message.Conversation, message.Sequence)))];
}
