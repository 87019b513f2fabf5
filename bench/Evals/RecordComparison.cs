using FteAgent.Bench;
using FteAgent.Bench.Knowledge;
using FteAgent.Knowledge;
using FteAgent.Sqlite;
using FteAgent.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Evals;

/// <summary>
/// Are answers as good on Postgres as on SQLite? The same sets on both records: by words alone, and with vectors, which SQLite's silo
/// searches exactly and Postgres by pgvector's index. The vectors are made from words, so only the difference says something.
/// </summary>
internal static class RecordComparison
{
    public static async Task<int> Run(EvalData data, IReadOnlyList<IEval> evals)
    {
        var figures = Bench.Figures.Begin("records");
        Console.WriteLine(ThisBuild.Heading);
        Console.WriteLine($"Evaluation sets in {data.Folder}.");
        var largest = 0.0;
        foreach (var (key, name, embedder) in new (string, string, IEmbedder?)[] { ("words", "words alone", null), ("vectors", "words and vectors", new HashedWords()) })
        {
            var onSqlite = await OnSqlite(data, evals, name, embedder);
            var onPostgres = await OnPostgres(data, evals, name, embedder);
            if (onSqlite.Count == 0 || !onSqlite.Keys.SequenceEqual(onPostgres.Keys))
                throw new InvalidOperationException("There is nothing to compare: the sets are missing, or were not measured alike on both records.");

            Console.WriteLine($"\n{name}, {ThisBuild.Engine}\n  {"figure",-38} {"SQLite",8} {"Postgres",9} {"difference",11}");
            foreach (var (figure, value) in onSqlite)
                Console.WriteLine(FormattableString.Invariant($"  {figure,-38} {value,8:0.000} {onPostgres[figure],9:0.000} {onPostgres[figure] - value,11:+0.000;-0.000;0}"));
            var difference = onSqlite.Max(figure => Math.Abs(onPostgres[figure.Key] - figure.Value));
            figures.Add($"knowledge.quality_difference_{key}", difference, $"{name}: the largest of {onSqlite.Count} figures' differences between the records");
            largest = Math.Max(largest, difference);
        }

        figures.Add("knowledge.quality_difference", largest, "the larger of the two");
        figures.Write();
        return 0;
    }

    private static async Task<IReadOnlyDictionary<string, double>> OnSqlite(EvalData data, IReadOnlyList<IEval> evals, string name, IEmbedder? embedder)
    {
        var folder = Directory.CreateTempSubdirectory("fte-records-");
        try
        {
            await using var services = new ServiceCollection().AddLogging().AddSqliteRecord(new SqliteOptions { Path = Path.Combine(folder.FullName, "fte.db") }).BuildServiceProvider();
            var store = services.GetRequiredService<IKnowledgeStore>();
            return await Measure(data, evals, $"SQLite, {name}", () => new(store, [new ExactVectorSearch(store)], NullLogger<KnowledgeIndex>.Instance, embedder, new() { VectorWeight = 0.5 }));
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyDictionary<string, double>> OnPostgres(EvalData data, IReadOnlyList<IEval> evals, string name, IEmbedder? embedder)
    {
        await using var server = await PostgresServer.Start(durable: true);
        await using var database = await server.NewDatabase(migrated: false);
        await using var record = await DatabaseRecord.Open(database.Url);
        // No other way beside it: where pgvector is missing, the comparison must not pass by searching in memory.
        return await Measure(data, evals, $"Postgres, {name}", () => new(record.Knowledge, [record.Vectors], NullLogger<KnowledgeIndex>.Instance, embedder, new() { VectorWeight = 0.5 }));
    }

    private static async Task<IReadOnlyDictionary<string, double>> Measure(EvalData data, IReadOnlyList<IEval> evals, string title, Func<KnowledgeIndex> open)
    {
        Console.WriteLine($"\n{title}");
        Corpora.Open = _ => open();
        var figures = new Figures();
        foreach (var eval in evals)
            await eval.Run(data, figures);
        return figures.All;
    }
}
