namespace FteAgent.Cluster.History;

/// <summary>No page and no transcript passes over a message that its reader may see, and one that had its time shows all to the end.</summary>
internal static class Omissions
{
    /// <summary>A transcript shows so many at most, the latest.</summary>
    private const int MostShown = 500;

    public static IEnumerable<Finding> In(Evidence evidence)
    {
        var readings = evidence.Shown.ToLookup(showing => showing.Reading);
        var whole = evidence.Whole.ToDictionary(whole => whole.Reading);
        foreach (var reading in readings)
        {
            var shown = reading.Select(showing => showing.Sequence).ToHashSet();
            var (first, last) = (shown.Min(), shown.Max());
            var to = last;
            if (whole.GetValueOrDefault(reading.Key) is { } all)
                (first, to) = (1, Math.Max(last, all.Through));
            foreach (var finding in Missing(evidence, reading.First().Conversation, reading.Key, shown, Math.Max(first, to - MostShown + 1), last, to))
                yield return finding;
        }

        foreach (var empty in evidence.Whole.Where(whole => !readings.Contains(whole.Reading)))
            foreach (var finding in Missing(evidence, empty.Conversation, empty.Reading, [], 1, 0, empty.Through))
                yield return finding;
    }

    private static IEnumerable<Finding> Missing(Evidence evidence, string conversation, string reading, HashSet<long> shown, long from, long last, long to)
    {
        // Notes are for operators only.
        foreach (var message in evidence.Messages[conversation].Where(message => message.Kind != "note" && message.Sequence >= from && message.Sequence <= to))
            if (!shown.Contains(message.Sequence))
                yield return message.Sequence < last
                    ? new(Harm.Lost, conversation, $"{reading} was shown {last} and never {message.Sequence}")
                    : new(Harm.Stuck, conversation, $"{reading} was never shown {message.Sequence} of {to}");
    }
}
