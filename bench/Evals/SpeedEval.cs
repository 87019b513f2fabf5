using System.Diagnostics;
using FteAgent.Documents;
using FteAgent.Knowledge;

namespace FteAgent.Evals;

/// <summary>How fast the largest corpus is imported and searched, and what it takes of memory.</summary>
internal sealed class SpeedEval : IEval
{
    private const string Corpus = "flydocs/corpus.jsonl";
    private const string Questions = "flydocs/queries.jsonl";
    private const int ManyChunks = 10_000;
    private const int Rounds = 5;
    private const double Megabyte = 1024 * 1024;

    public string Name => "knowledge";

    public async Task Run(EvalData data, Figures figures)
    {
        if (data.PathOf(Corpus) is not { } path || !data.Has(Questions))
        {
            figures.Say($"\n{Name}: no {Corpus} here, left out.");
            return;
        }

        var started = Stopwatch.GetTimestamp();
        var documents = new DocumentFiles(TimeProvider.System).Read(path, CancellationToken.None).Documents;
        var index = await Corpora.Index(documents);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        figures.Heading($"{Name}: {documents.Count} documents read, cut, stored and indexed");
        figures.Add("knowledge.import_s", seconds);
        figures.Add("knowledge.chunks", index.Chunks);

        // What the index itself keeps: the store's copy of the documents is measured away.
        var chunks = documents.SelectMany(Chunker.Cut).ToList();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        started = Stopwatch.GetTimestamp();
        var snapshot = KnowledgeSnapshot.Build(new KnowledgeVersion(1, default, documents, chunks), null);
        figures.Add("knowledge.build_s", Stopwatch.GetElapsedTime(started).TotalSeconds);
        figures.Add("knowledge.index_mb", (GC.GetTotalMemory(forceFullCollection: true) - before) / Megabyte);
        GC.KeepAlive(snapshot);

        var copies = (ManyChunks / index.Chunks) + 1;
        var many = await Corpora.Index(Enumerable.Range(0, copies).SelectMany(n => documents.Select(document => document with { Id = $"{n}/{document.Id}" })));
        var times = new List<double>();
        var texts = data.Questions(Questions).Select(question => question.Text("query")).ToList();
        foreach (var text in Enumerable.Repeat(texts, Rounds).SelectMany(round => round))
        {
            started = Stopwatch.GetTimestamp();
            await many.Search([text], 10, null, CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        // The first round warms the code up.
        var measured = times.Skip(texts.Count).ToList();
        figures.Say($"search over {many.Chunks} chunks, one at a time:");
        foreach (var percent in new[] { 50, 95 })
            figures.Add($"knowledge.search_p{percent}_ms", Interval.Quantile(measured, percent / 100.0), Interval.OfQuantile(measured, percent / 100.0));
    }
}
