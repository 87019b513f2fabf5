using FteAgent.Knowledge;

namespace FteAgent.Evals;

/// <summary>Can the index stand in for an intent classifier? Labelled examples are the documents; labels rank by their best example.</summary>
internal sealed class IntentEval(string set, string examples) : IEval
{
    private const int Depth = 10;

    public string Name => set;

    public async Task Run(EvalData data, Figures figures)
    {
        var questions = $"{set}/queries.jsonl";
        if (!data.Has(questions))
        {
            figures.Say($"\n{set}: no {questions} here, left out.");
            return;
        }

        var labels = data.Sources(examples).ToDictionary(line => line.Text("id"), line => line.Text("label"), StringComparer.Ordinal);
        var index = await Corpora.Index(data, examples);
        var ranks = new List<int>();
        foreach (var question in data.Questions(questions).Where(question => labels.ContainsValue(question.Text("label"))))
        {
            var found = await index.Search([question.Text("text")], KnowledgeIndex.MaxResults, null, CancellationToken.None);
            var ranked = found.Hits.Select(hit => labels[hit.DocumentId]).Distinct().Take(Depth).ToList();
            ranks.Add(ranked.IndexOf(question.Text("label")));
        }

        figures.Heading($"{set}: {ranks.Count} questions, {labels.Values.Distinct().Count()} intents by nearest of {labels.Count} examples");
        foreach (var k in new[] { 1, 5 }) Report(figures, $"hit@{k}", ranks, rank => rank >= 0 && rank < k ? 1 : 0);
        Report(figures, "mrr@10", ranks, rank => rank < 0 ? 0 : 1.0 / (rank + 1));
    }

    private void Report(Figures figures, string figure, List<int> ranks, Func<int, double> value)
    {
        var values = ranks.ConvertAll(rank => value(rank));
        figures.Add($"{set}.{figure}", values.Average(), Interval.OfMean(values));
    }
}
