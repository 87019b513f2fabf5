using System.Text.Json;
using FteAgent.Intents;
using FteAgent.Knowledge;
using FteAgent.Knowledge.Flags;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Evals;

/// <summary>Builds the product's own index over a set's documents.</summary>
internal static class Corpora
{
    /// <summary>An empty index, or one whose documents will be replaced: kept in memory, unless a record is to be measured.</summary>
    public static Func<IIntentGuesses, KnowledgeIndex> Open { get; set; } =
        guesses => new(new MemoryKnowledgeStore(), [], NullLogger<KnowledgeIndex>.Instance, guesses: guesses);

    /// <summary>An index of the documents, with the questions that they put themselves learned and what is doubtful noted as a silo does it.</summary>
    public static async Task<KnowledgeIndex> Index(IEnumerable<Document> documents) => (await Import(documents, Open)).Index;

    /// <summary>The same by an index that is opened otherwise, with what another index of the same documents has to know.</summary>
    public static async Task<ImportedCorpus> Import(IEnumerable<Document> documents, Func<IIntentGuesses, KnowledgeIndex> open)
    {
        var taught = new TaughtIntents();
        var index = open(taught);
        await index.Publish([.. documents], null, CancellationToken.None);
        taught.Learn(Lessons.OfDocuments(index.Current, TrainingSet.MostLabels));
        var doubtful = Doubtful(index.Current);
        index.Flagged(doubtful);
        return new(index, taught, doubtful);
    }

    /// <summary>What a silo notes as doubtful about documents, and so does not show or tells. All are of one day, so none is stale.</summary>
    public static List<KnowledgeFlag> Doubtful(KnowledgeSnapshot snapshot) =>
        FlagFinder.Find(snapshot.Pages(), new ChunkReader().Read(snapshot.All(), CancellationToken.None), DateTimeOffset.UnixEpoch, TimeSpan.FromDays(365), CancellationToken.None);

    public static Task<KnowledgeIndex> Index(EvalData data, string path) => Index(data.Sources(path).Select(ToDocument));

    public static Document ToDocument(JsonElement line) => new(line.Text("id"), line.Text("title"), line.Text("text"), DateTimeOffset.UnixEpoch);
}

/// <summary>Documents as a silo has them after an import.</summary>
/// <param name="Index">Which searches them.</param>
/// <param name="Taught">The questions learned that they put themselves.</param>
/// <param name="Doubtful">What is doubtful about them.</param>
internal sealed record ImportedCorpus(KnowledgeIndex Index, IIntentGuesses Taught, IReadOnlyList<KnowledgeFlag> Doubtful);
