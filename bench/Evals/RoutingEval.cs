using FteAgent.Intents;
using FteAgent.Knowledge;

namespace FteAgent.Evals;

/// <summary>
/// Do intents bring a paraphrase to its article? Each label is an article: one example is its question, and the words of the label are what it says. A few
/// more examples are what customers asked of it. The set's questions are searched by words alone, and then with intents learned from so many examples.
/// </summary>
internal sealed class RoutingEval(string set, string examples) : IEval
{
    private static readonly int[] Taught = [1, 3, 6];

    public string Name => $"{set}_routing";

    public async Task Run(EvalData data, Figures figures)
    {
        var path = $"{set}/queries.jsonl";
        if (!data.Has(path))
        {
            figures.Say($"\n{Name}: no {path} here, left out.");
            return;
        }

        var labels = Labels(data, examples, Taught[^1]);
        var intents = new TaughtIntents();
        var index = await Index(labels, intents);
        var asked = data.Questions(path).Select(line => (Text: line.Text("text"), Label: line.Text("label"))).ToList();

        figures.Heading($"{Name}: {labels.Count} articles, {asked.Count} questions");
        await Measure(index, asked, "words", figures);
        foreach (var count in Taught)
        {
            intents.Learn(labels.SelectMany(label => label.Value.Take(count).Select(text => new LabelledText(text, label.Key))));
            await Measure(index, asked, $"{count}_examples", figures);
        }
    }

    /// <summary>So many examples of each label.</summary>
    public static Dictionary<string, List<string>> Labels(EvalData data, string examples, int count) =>
        data.Sources(examples).GroupBy(line => line.Text("label"), line => line.Text("text")).ToDictionary(label => label.Key, label => label.Take(count).ToList(), StringComparer.Ordinal);

    /// <summary>The labels as articles.</summary>
    public static async Task<KnowledgeIndex> Index(Dictionary<string, List<string>> labels, IIntentGuesses intents)
    {
        var index = Corpora.Open(intents);
        await index.Publish([.. labels.Select(label => new Document(label.Key, $"{label.Value[0].TrimEnd('?')}?", label.Key.Replace('_', ' '), DateTimeOffset.UnixEpoch))], null, CancellationToken.None);
        return index;
    }

    private async Task Measure(KnowledgeIndex index, List<(string Text, string Label)> asked, string by, Figures figures)
    {
        var found = new List<(bool IsKnown, int Rank, double Evidence, bool IsSure)>();
        foreach (var (text, label) in asked)
        {
            var result = await index.Search([text], KnowledgeIndex.MaxResults, null, CancellationToken.None);
            found.Add((label != ClassifierEval.OutOfScope, result.Hits.Select(hit => hit.DocumentId).ToList().IndexOf(label), result.Evidence, result.Intent is not null));
        }

        var known = found.Where(one => one.IsKnown).ToList();
        foreach (var k in new[] { 1, 5 })
        {
            var values = known.ConvertAll(one => one.Rank >= 0 && one.Rank < k ? 1.0 : 0);
            figures.Add($"{Name}.hit@{k}_{by}", values.Average(), Interval.OfMean(values));
        }

        var answered = found.Where(one => one.Evidence >= Evidence.Needed).ToList();
        figures.Say($"with evidence: {known.Count(one => one.Evidence >= Evidence.Needed)} of {known.Count} known, {answered.Count(one => !one.IsKnown)} of {found.Count - known.Count} strange");
        var sure = found.Where(one => one.IsSure).ToList();
        figures.Say($"taken to be meant: {sure.Count}, of these right {sure.Count(one => one.Rank == 0)}, strange {sure.Count(one => !one.IsKnown)}; with evidence and first right {known.Count(one => one is { Rank: 0, Evidence: >= Evidence.Needed })}");
    }
}
