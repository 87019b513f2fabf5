using System.Text.Json;
using FteAgent.Knowledge;

namespace FteAgent.Evals;

/// <summary>
/// Are the weights of <see cref="Rerank"/> a habit of a few questions? In each fold they are chosen by all the other questions of
/// all sets, and judged by the fold's own.
/// </summary>
internal static class RerankTrial
{
    private static readonly RerankWeights[] Grid =
    [
        .. from nearness in new[] { 0f, 0.2f, 0.4f, 0.6f, 0.8f, 1f }
           from title in new[] { 0f, 0.5f, 1f, 1.5f }
           select new RerankWeights(nearness, title),
    ];

    public static void Run(EvalData data)
    {
        Trial[] trials =
        [
            .. Ask(data, "flydocs", "flydocs/corpus.jsonl", "flydocs/queries.jsonl", q => [q.Text("query")]),
            .. Ask(data, "banking", "banking/corpus.jsonl", "banking/queries.jsonl", q => [q.Text("query"), .. q.Texts("customer_turns")]),
            .. Ask(data, "banking_opening", "banking/corpus.jsonl", "banking/queries.jsonl", q => [q.Text("query")]),
            .. Ask(data, "eshop_questions", "eshop/corpus.jsonl", "eshop/evalquestions.jsonl", q => [q.Text("query")]),
        ];
        if (trials.Length == 0)
        {
            Console.WriteLine("None of the retrieval sets is here.");
            return;
        }

        var chosen = Enumerable.Range(0, Calibration.Folds).Select(fold => Best([.. trials.Where(trial => trial.Fold != fold)])).ToArray();
        Console.WriteLine("Chosen by the other folds: " + string.Join(", ", chosen.Select(at => $"{Grid[at].Nearness}/{Grid[at].Title}")));
        var whole = Best(trials);
        Console.WriteLine($"Chosen by all questions:   {Grid[whole].Nearness}/{Grid[whole].Title}");

        Console.WriteLine($"{"",-18} {"",-12} {"mrr@10",8} {"hit@5",8} {"recall@10",10}");
        foreach (var set in trials.GroupBy(trial => trial.Set))
        {
            Show(set, "first ranking", _ => Array.IndexOf(Grid, RerankWeights.None));
            Show(set, "other folds'", trial => chosen[trial.Fold]);
            Show(set, "the product's", _ => Array.IndexOf(Grid, RerankWeights.Default));
        }
    }

    private static void Show(IGrouping<string, Trial> set, string name, Func<Trial, int> at)
    {
        var ranks = set.Select(trial => trial.Found[at(trial)]).ToList();
        Console.WriteLine($"{set.Key,-18} {name,-14} {ranks.Average(r => r.Reciprocal()),6:0.000} {ranks.Average(r => r.Hit(5)),8:0.000} {ranks.Average(r => r.Recall(10)),10:0.000}");
    }

    // Each set counts alike, whatever its size, and each of the three figures as well.
    private static int Best(IReadOnlyList<Trial> trials) => Enumerable.Range(0, Grid.Length).MaxBy(at => trials.GroupBy(trial => trial.Set)
        .Average(set => set.Average(trial => trial.Found[at].Reciprocal() + trial.Found[at].Hit(5) + trial.Found[at].Recall(10))));

    private static List<Trial> Ask(EvalData data, string set, string corpus, string questions, Func<JsonElement, List<string>> texts)
    {
        var index = Calibration.Snapshot(data, corpus);
        var trials = new List<Trial>();
        foreach (var question in data.Questions(questions))
        {
            var relevant = question.Texts("relevant").ToHashSet(StringComparer.Ordinal);
            if (relevant.Count == 0) continue;
            var asked = texts(question).Where(text => !string.IsNullOrWhiteSpace(text)).TakeLast(KnowledgeIndex.MaxUtterances).ToList();
            trials.Add(new Trial(set, Calibration.FoldOf(question.Text("id")), [.. Grid.Select(weights => new Ranks(Documents(index, asked, weights), relevant))]));
        }

        return trials;
    }

    private static List<string> Documents(KnowledgeSnapshot index, List<string> asked, RerankWeights weights) =>
        [.. index.Search(asked, [], KnowledgeIndex.MaxResults, null, weights).Hits.Select(hit => hit.DocumentId).Distinct().Take(Ranks.Depth)];

    private sealed record Trial(string Set, int Fold, Ranks[] Found);
}
