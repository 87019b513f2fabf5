using System.Collections.Immutable;
using System.Text.Json;
using FteAgent.Knowledge;

namespace FteAgent.Evals;

/// <summary>Are the documents that answer among the first? recall@k, hit@k and MRR@10 as the baseline defines them.</summary>
internal sealed class RetrievalEval(string set, string corpus, string questions, Func<JsonElement, ImmutableArray<string>> utterances) : IEval
{
    public string Name => set;

    public async Task Run(EvalData data, Figures figures)
    {
        if (!data.Has(questions))
        {
            figures.Say($"\n{set}: no {questions} here, left out.");
            return;
        }

        var index = await Corpora.Index(data, corpus);
        var ranks = new List<Ranks>();
        foreach (var question in data.Questions(questions))
        {
            var relevant = question.Texts("relevant").ToHashSet(StringComparer.Ordinal);
            if (relevant.Count == 0) continue;
            ranks.Add(new Ranks(await Documents(index, utterances(question)), relevant));
        }

        figures.Heading($"{set}: {ranks.Count} questions, {index.Chunks} chunks");
        foreach (var k in new[] { 1, 5, 10 }) Report(figures, $"recall@{k}", ranks, r => r.Recall(k));
        foreach (var k in new[] { 1, 5 }) Report(figures, $"hit@{k}", ranks, r => r.Hit(k));
        Report(figures, "mrr@10", ranks, r => r.Reciprocal());
        var doubtful = Corpora.Doubtful(index.Current);
        foreach (var kind in new[] { FlagKind.Instructions, FlagKind.Contradicts, FlagKind.Differs })
            figures.Add($"{set}.flagged_{kind.ToString().ToLowerInvariant()}", doubtful.Count(flag => flag.Kind == kind));
    }

    public static async Task<List<string>> Documents(KnowledgeIndex index, ImmutableArray<string> query)
    {
        var found = await index.Search(query, KnowledgeIndex.MaxResults, null, CancellationToken.None);
        return [.. found.Hits.Select(hit => hit.DocumentId).Distinct().Take(Ranks.Depth)];
    }

    private void Report(Figures figures, string figure, List<Ranks> ranks, Func<Ranks, double> value)
    {
        var values = ranks.ConvertAll(rank => value(rank));
        figures.Add($"{set}.{figure}", values.Average(), Interval.OfMean(values));
    }

}

/// <summary>What was found for one question, best first, and what answers it.</summary>
internal sealed record Ranks(List<string> Found, HashSet<string> Relevant)
{
    /// <summary>How many documents are looked at.</summary>
    public const int Depth = 10;

    public double Recall(int k) => (double)Found.Take(k).Count(Relevant.Contains) / Relevant.Count;

    public double Hit(int k) => Found.Take(k).Any(Relevant.Contains) ? 1 : 0;

    public double Reciprocal() => Found.FindIndex(Relevant.Contains) is >= 0 and var at ? 1.0 / (at + 1) : 0;
}
