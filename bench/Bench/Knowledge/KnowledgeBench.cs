using System.Diagnostics;
using FteAgent.Documents;
using FteAgent.Knowledge;
using FteAgent.Postgres;
using FteAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Bench.Knowledge;

/// <summary>
/// Search over ten thousand chunks that lie in Postgres: by words alone, with vectors searched by pgvector, and with vectors searched
/// exactly in memory. The texts are this repository's own documents, each many times over with words of its copy, which is the hard case:
/// every word of a question is in very many chunks.
/// </summary>
internal static class KnowledgeBench
{
    private const int LeastChunks = 10_000;
    private const int Questions = 1_000;
    private const int Warming = 200;
    private const int Results = 10;
    private const int Seed = 20261124;
    private const int Rounds = 3;
    private const int Pages = 5;

    public static async Task Run()
    {
        var figures = Figures.Begin("knowledge");
        await using var server = await PostgresServer.Start(durable: true);
        await using var database = await server.NewDatabase();
        await using var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddPostgresRecord(database.Options).BuildServiceProvider();
        var store = services.GetRequiredService<IKnowledgeStore>();
        var byDatabase = services.GetRequiredService<IVectorSearch>();
        var (documents, questions) = Corpus();

        var words = Index(store, []);
        figures.Add("knowledge.publish_s", await Seconds(() => words.Publish(documents, null, default)), "cut, store, load and index, without vectors");
        figures.Add("knowledge.chunks", words.Chunks, "");
        var another = Index(store, []);
        figures.Add("knowledge.switch_s", await Seconds(() => another.Refresh(default)), "another silo: from the version's move to its being searched");
        figures.Add("knowledge.unmoved_ms", 1000 * await Seconds(() => another.Refresh(default)), "the look at a version that has not moved");
        await MeasureChange(figures, words, another, documents);
        var byWords = await Measure(figures, "knowledge.words_search", "words alone", words, questions);

        var vectors = Index(store, [byDatabase], new HashedWords());
        figures.Add("knowledge.vector_publish_s", await Seconds(() => vectors.Publish(documents, null, default)), "the same with vectors of 384 numbers and their HNSW index");
        var byVectors = await Measure(figures, "knowledge.pgvector_search", "words and vectors by pgvector", vectors, questions);
        figures.Add("knowledge.search_p95_ms", Math.Max(byWords, byVectors), "the slower of words alone and words with pgvector");

        var exact = Index(store, [new ExactVectorSearch(store)], new HashedWords());
        await exact.Refresh(default);
        await Measure(figures, "knowledge.exact_search", "words and vectors in memory", exact, questions);
        figures.Add("knowledge.pgvector_recall@10", await Recall(store, byDatabase, questions), "of the ten nearest by vectors alone; copies that are as near count");
        figures.Write();
    }

    private static KnowledgeIndex Index(IKnowledgeStore store, IEnumerable<IVectorSearch> ways, IEmbedder? embedder = null) =>
        new(store, ways, NullLogger<KnowledgeIndex>.Instance, embedder, new() { VectorWeight = 0.5 });

    /// <summary>One page changed, against all imported anew: stored and searched by the silo that did it, and switched to by another.</summary>
    private static async Task MeasureChange(Figures figures, KnowledgeIndex one, KnowledgeIndex another, List<Document> documents)
    {
        var (publish, wholeSwitch, change, switches) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            publish.Add(await Seconds(() => one.Publish(documents, null, default)));
            wholeSwitch.Add(await Seconds(() => another.Refresh(default)));
            for (var page = 0; page < Pages; page++)
            {
                var changed = documents[((round * Pages) + page) * 7 % documents.Count];
                change.Add(await Seconds(() => one.Change([changed with { Text = $"{changed.Text}\n\nRound {round} changed this page." }], [], default)));
                switches.Add(await Seconds(() => another.Refresh(default)));
            }
        }

        figures.Add("knowledge.change_s", Median(change), "one page put: store, switch to it");
        figures.Add("knowledge.change_switch_s", Median(switches), "another silo switches to it");
        figures.Add("knowledge.change_gain", Median(publish) / Median(change), "how many times faster than importing all, medians of one run");
        figures.Add("knowledge.change_switch_gain", Median(wholeSwitch) / Median(switches), "the same for another silo");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    /// <summary>Adds p50 and p95, and gives the latter.</summary>
    private static async Task<double> Measure(Figures figures, string name, string how, KnowledgeIndex index, List<string> questions)
    {
        foreach (var question in questions.Take(Warming))
            await index.Search([question], Results, null, default);

        var times = new List<double>(questions.Count);
        foreach (var question in questions)
        {
            var started = Stopwatch.GetTimestamp();
            await index.Search([question], Results, null, default);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        times.Sort();
        figures.Add($"{name}_p50_ms", times[times.Count / 2], $"{how}, one at a time");
        var p95 = times[(int)(times.Count * 0.95)];
        figures.Add($"{name}_p95_ms", p95, "");
        return p95;
    }

    /// <summary>How many of the nearest chunks the index finds, by their cosines: of two that are as near, either is right.</summary>
    private static async Task<double> Recall(IKnowledgeStore store, IVectorSearch byDatabase, List<string> questions)
    {
        const float AsNear = 1e-4f;
        var embedder = new HashedWords();
        var version = await store.Load(default);
        var indexed = (await byDatabase.Open(version, embedder.Name, default))!;
        var exact = (await new ExactVectorSearch(store).Open(version, embedder.Name, default))!;
        var recalls = new List<double>();
        foreach (var question in questions)
        {
            var vectors = await embedder.Embed([question], default);
            var truth = (await exact.Nearest(vectors, Results, null, default))[0].Hits;
            var found = (await indexed.Nearest(vectors, KnowledgeIndex.MaxNear, null, default))[0].Hits.Take(Results);
            recalls.Add((double)found.Count(hit => hit.Cosine >= truth[^1].Cosine - AsNear) / truth.Length);
        }

        return recalls.Average();
    }

    /// <summary>Copies of our documents, each with a few words that only it has; questions are stretches of their sentences.</summary>
    private static (List<Document> Documents, List<string> Questions) Corpus()
    {
        Console.WriteLine($"  seed {Seed}");
        var random = new Random(Seed);
        var own = new DocumentFiles(TimeProvider.System).Read(Path.Combine(Figures.Root(), "docs"), default).Documents;
        var copies = (LeastChunks / own.Sum(document => Chunker.Cut(document).Count)) + 1;
        var documents = Enumerable.Range(0, copies).SelectMany(copy => own.Select(document => document with
        {
            Id = $"{copy}/{document.Id}",
            Title = $"{document.Title} {copy}",
            Text = Salted(document.Text, copy, random),
        })).ToList();

        var sentences = own.SelectMany(document => document.Text.Split(['.', '\n', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Select(sentence => sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(sentence => sentence.Length >= 6)
            .ToList();
        var questions = Enumerable.Range(0, Questions).Select(_ =>
        {
            var sentence = sentences[random.Next(sentences.Count)];
            var start = random.Next(sentence.Length - 5);
            return string.Join(' ', sentence.Skip(start).Take(random.Next(4, 13)));
        }).ToList();
        return (documents, questions);
    }

    private static string Salted(string text, int copy, Random random) => string.Join('\n',
        text.Split('\n').Select(line => line.Length > 40 && line[0] is not ('#' or '|' or '`') ? $"{line} salt{copy % 50} grain{random.Next(2000)}" : line));

    private static async Task<double> Seconds(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
