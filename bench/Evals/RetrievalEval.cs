using System.Collections.Immutable;
using System.Text.Json;
using FteAgent.Knowledge;

namespace FteAgent.Evals;

/// <summary>Are the documents that answer among the first? recall@k, hit@k and MRR@10 as the baseline defines them.</summary>
internal sealed class RetrievalEval(string set, string corpus, string questions, Func<JsonElement, ImmutableArray<string>> utterances) : IEval
{
    public string Name => set;

    /// <summary>What is measured of each question.</summary>
    public static ImmutableArray<(string Name, Func<Ranks, double> Of)> Measures { get; } =
    [
        ("recall@1", ranks => ranks.Recall(1)),
        ("recall@5", ranks => ranks.Recall(5)),
        ("recall@10", ranks => ranks.Recall(10)),
        ("hit@1", ranks => ranks.Hit(1)),
        ("hit@5", ranks => ranks.Hit(5)),
        ("mrr@10", ranks => ranks.Reciprocal()),
    ];

    public async Task Run(EvalData data, Figures figures)
    {
        if (!IsHere(data, figures)) return;
        var index = await Corpora.Index(data, corpus);
        var ranks = await Ask(index, Questions(data));
        figures.Heading($"{set}: {ranks.Count} questions, {index.Chunks} chunks");
        foreach (var (measure, of) in Measures)
        {
            var values = ranks.ConvertAll(rank => of(rank));
            figures.Add($"{set}.{measure}", values.Average(), Interval.OfMean(values));
        }

        var doubtful = Corpora.Doubtful(index.Current);
        foreach (var kind in new[] { FlagKind.Instructions, FlagKind.Contradicts, FlagKind.Differs })
            figures.Add($"{set}.flagged_{kind.ToString().ToLowerInvariant()}", doubtful.Count(flag => flag.Kind == kind));
    }

    /// <summary>Whether the set is here; says so where it is not.</summary>
    public bool IsHere(EvalData data, Figures figures)
    {
        if (data.Has(questions)) return true;
        figures.Say($"\n{set}: no {questions} here, left out.");
        return false;
    }

    /// <summary>What is searched.</summary>
    public IEnumerable<Document> Corpus(EvalData data) => data.Sources(corpus).Select(Corpora.ToDocument);

    /// <summary>The questions that some document answers.</summary>
    public IReadOnlyList<RetrievalQuestion> Questions(EvalData data) =>
    [
        .. data.Questions(questions).Select(line => new RetrievalQuestion(utterances(line), line.Texts("relevant").ToHashSet(StringComparer.Ordinal)))
            .Where(question => question.Relevant.Count > 0),
    ];

    /// <summary>Asks them all.</summary>
    public static async Task<List<Ranks>> Ask(KnowledgeIndex index, IEnumerable<RetrievalQuestion> questions)
    {
        var ranks = new List<Ranks>();
        foreach (var question in questions) ranks.Add(new Ranks(await Documents(index, question.Utterances), question.Relevant));
        return ranks;
    }

    public static async Task<List<string>> Documents(KnowledgeIndex index, ImmutableArray<string> query)
    {
        var found = await index.Search(query, KnowledgeIndex.MaxResults, null, CancellationToken.None);
        return [.. found.Hits.Select(hit => hit.DocumentId).Distinct().Take(Ranks.Depth)];
    }
}

/// <summary>A question of a set: what is asked, and the documents that answer.</summary>
internal sealed record RetrievalQuestion(ImmutableArray<string> Utterances, HashSet<string> Relevant);

/// <summary>What was found for one question, best first, and what answers it.</summary>
internal sealed record Ranks(List<string> Found, HashSet<string> Relevant)
{
    /// <summary>How many documents are looked at.</summary>
    public const int Depth = 10;

    public double Recall(int k) => (double)Found.Take(k).Count(Relevant.Contains) / Relevant.Count;

    public double Hit(int k) => Found.Take(k).Any(Relevant.Contains) ? 1 : 0;

    public double Reciprocal() => Found.FindIndex(Relevant.Contains) is >= 0 and var at ? 1.0 / (at + 1) : 0;
}
