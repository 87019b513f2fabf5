using System.Collections.Immutable;
using FteAgent.Knowledge;
using FteAgent.Texts;

namespace FteAgent.Learning;

/// <summary>
/// Puts messages together that ask for the same: by the cosine of their words, each weighed by its rarity among the messages (tf-idf), in one pass in
/// which every message joins the nearest group or begins one (Manning, Raghavan and Schütze, Introduction to Information Retrieval, 6.3 and 16).
/// </summary>
internal static class Gaps
{
    /// <summary>Messages that are looked at: the time that one pass takes grows with their square at worst.</summary>
    public const int MessageLimit = IGaps.MessageLimit;

    /// <summary>How near a message has to be to a group. Two questions that share half of what they say are at about .5.</summary>
    private const double Near = 0.35;

    /// <summary>A word that fewer customers used may be one of theirs: a name, an address, an order.</summary>
    private const int FewestCustomers = 3;

    private const int TermLimit = 8;

    /// <summary>What a message's later words add little to.</summary>
    private const int TextLimit = 2_000;

    /// <summary>Of each burst the message that says most, the first of equals: nobody asks for "thanks!".</summary>
    public static ImmutableArray<UnansweredMessage> Fullest(ImmutableArray<UnansweredMessage> messages) =>
    [
        .. messages.GroupBy(message => (message.Conversation, message.Burst))
            .Select(burst => burst.MaxBy(message => Proposal.Fullness(message.Text))!)
            .DistinctBy(message => message.Message),
    ];

    /// <summary>Groups of messages, those of most customers first; the same for the same messages in the same order.</summary>
    public static ImmutableArray<Gap> Of(ImmutableArray<UnansweredMessage> messages)
    {
        var readings = messages.TakeLast(MessageLimit).Select(Read).Where(reading => reading.Counts.Count > 0).ToList();
        var held = readings.SelectMany(reading => reading.Counts.Keys).CountBy(term => term, StringComparer.Ordinal)
            .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        var groups = new Groups();
        foreach (var reading in readings)
            groups.Take(reading, Weigh(reading, held, readings.Count));
        return
        [
            .. groups.All
                .Select(group => new Gap(Terms(group), [.. group.Readings.Select(reading => reading.Message)]))
                .OrderByDescending(gap => gap.Customers).ThenByDescending(gap => gap.Messages.Length)
                .Take(IGaps.GapLimit),
        ];
    }

    private static Reading Read(UnansweredMessage message)
    {
        var reading = new Reading(message, new(StringComparer.Ordinal), new(StringComparer.Ordinal));
        var text = SafeCut.At(message.Text, TextLimit).AsSpan();
        var terms = new TermReader(text);
        while (terms.MoveNext())
        {
            // Numbers tell customers apart, and courtesies nothing.
            if (!Chatter.IsTelling(terms.Current))
                continue;
            var term = terms.Current.ToString();
            reading.Counts[term] = reading.Counts.GetValueOrDefault(term) + 1;
            reading.Written.TryAdd(term, text[terms.Start..terms.End].ToString().ToLowerInvariant());
        }

        return reading;
    }

    /// <summary>Of unit length.</summary>
    private static Dictionary<string, double> Weigh(Reading reading, Dictionary<string, int> held, int messages)
    {
        var weights = reading.Counts.ToDictionary(
            pair => pair.Key, pair => (1 + Math.Log(pair.Value)) * Math.Log(1 + ((double)messages / held[pair.Key])), StringComparer.Ordinal);
        var length = Math.Sqrt(weights.Values.Sum(weight => weight * weight));
        return weights.ToDictionary(pair => pair.Key, pair => pair.Value / length, StringComparer.Ordinal);
    }

    /// <summary>The words of several customers, as they were written first.</summary>
    private static ImmutableArray<string> Terms(Group group) =>
    [
        .. group.Readings.SelectMany(reading => reading.Counts.Keys.Select(term => (Term: term, reading.Message.Person)))
            .Distinct().CountBy(use => use.Term, StringComparer.Ordinal)
            .Where(pair => pair.Value >= FewestCustomers)
            .OrderByDescending(pair => group.Sum[pair.Key]).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(TermLimit)
            .Select(pair => Written(group, pair.Key)),
    ];

    /// <summary>The way in which most customers wrote it; the word that is searched by where none is common to as many as have to be.</summary>
    private static string Written(Group group, string term) =>
        group.Readings.Where(reading => reading.Written.ContainsKey(term))
            .GroupBy(reading => reading.Written[term], StringComparer.Ordinal)
            .Select(way => (Word: way.Key, Customers: way.Select(reading => reading.Message.Person).Distinct().Count()))
            .Where(way => way.Customers >= FewestCustomers)
            .OrderByDescending(way => way.Customers).ThenBy(way => way.Word, StringComparer.Ordinal)
            .Select(way => way.Word).FirstOrDefault(term);

    /// <summary>A message as its terms.</summary>
    private sealed record Reading(UnansweredMessage Message, Dictionary<string, int> Counts, Dictionary<string, string> Written);

    /// <summary>Messages that ask for the same, and the sum of what they say.</summary>
    private sealed class Group
    {
        public List<Reading> Readings { get; } = [];

        public Dictionary<string, double> Sum { get; } = new(StringComparer.Ordinal);

        public double Length { get; private set; }

        public void Add(Reading reading, Dictionary<string, double> weights)
        {
            Readings.Add(reading);
            var squares = Length * Length;
            foreach (var (term, weight) in weights)
            {
                var before = Sum.GetValueOrDefault(term);
                Sum[term] = before + weight;
                squares += ((before + weight) * (before + weight)) - (before * before);
            }

            Length = Math.Sqrt(squares);
        }
    }

    /// <summary>All groups so far, found by the words that they share with a message.</summary>
    private sealed class Groups
    {
        private readonly Dictionary<string, HashSet<int>> holding = new(StringComparer.Ordinal);

        public List<Group> All { get; } = [];

        public void Take(Reading reading, Dictionary<string, double> weights)
        {
            var products = new Dictionary<int, double>();
            foreach (var (term, weight) in weights)
                if (holding.TryGetValue(term, out var groups))
                    foreach (var group in groups)
                        products[group] = products.GetValueOrDefault(group) + (weight * All[group].Sum[term]);

            var nearest = products.Select(pair => (Group: pair.Key, Cosine: pair.Value / All[pair.Key].Length))
                .OrderByDescending(near => near.Cosine).ThenBy(near => near.Group).FirstOrDefault((Group: -1, Cosine: 0.0));
            var chosen = nearest.Cosine >= Near ? nearest.Group : All.Count;
            if (chosen == All.Count)
                All.Add(new());
            All[chosen].Add(reading, weights);
            foreach (var term in weights.Keys)
            {
                if (!holding.TryGetValue(term, out var groups))
                    holding[term] = groups = [];
                groups.Add(chosen);
            }
        }
    }
}
