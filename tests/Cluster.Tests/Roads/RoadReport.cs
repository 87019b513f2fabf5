using FteAgent.Cluster.History;
using FteAgent.Cluster.Load;

namespace FteAgent.Cluster.Roads;

/// <summary>What became of messages that came by Kafka, as the record has it in the end.</summary>
/// <param name="Acknowledged">How many the broker had acknowledged.</param>
/// <param name="Lost">Those of them that are not in the record.</param>
/// <param name="Doubled">Those that are there more than once.</param>
/// <param name="Swapped">Those that stand before an earlier one of the same customer.</param>
/// <param name="Caught">
/// How long after the broker was back all that it had acknowledged by then was in the record; or after a silo was killed, all that was brought.
/// </param>
/// <param name="Told">What other systems were told of it; null where that is not looked at.</param>
internal sealed record RoadReport(
    int Acknowledged, IReadOnlyList<string> Lost, IReadOnlyList<string> Doubled, IReadOnlyList<string> Swapped, TimeSpan Caught, ToldReport? Told = null)
{
    /// <summary>Whether nothing happened that must never.</summary>
    public bool IsClean => Lost.Count == 0 && Doubled.Count == 0 && Swapped.Count == 0 && Told is null or { IsClean: true };

    public override string ToString() =>
        $"{Acknowledged} acknowledged; lost: {string.Join(", ", Lost.Take(10))}; doubled: {string.Join(", ", Doubled.Take(10))}; swapped: {string.Join(", ", Swapped.Take(10))}{(Told is null ? "" : $"; told: {Told}")}";

    /// <summary>
    /// Waits until the record has all of them and the silos' group is at the end of its topics, or for as long as is reasonable, and only then looks
    /// at it: what comes twice may come after the last one.
    /// </summary>
    public static async Task<RoadReport> Of(IReadOnlyCollection<string> acknowledged, string bootstrap, string database, TimeSpan within, CancellationToken cancellationToken = default)
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
        if (!await Topics.AllTaken(bootstrap, within))
            throw new TimeoutException("The silos did not come to the end of what they consume.");
        stored = await Stored(database);

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

    /// <summary>Waits until the record has all of these, and says how long that took.</summary>
    public static async Task<TimeSpan> CatchUp(IReadOnlyCollection<string> marks, string database, TimeSpan within)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!(await Stored(database)).Select(each => each.Mark).ToHashSet().IsSupersetOf(marks) && TimeProvider.System.GetElapsedTime(since) < within)
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        return TimeProvider.System.GetElapsedTime(since);
    }

    /// <summary>How many messages the record has.</summary>
    public static async Task<int> Taken(string database) => (await Stored(database)).Count;

    private static async Task<List<(string Mark, string Customer, long Sequence)>> Stored(string database) =>
        [.. (await RecordReader.Read(database)).Messages.Where(message => message.Author == "customer")
            .SelectMany(message => Mark.In(message.Text).Select(mark => (mark, message.Conversation, message.Sequence)))];
}
