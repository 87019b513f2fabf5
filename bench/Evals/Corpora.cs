using System.Text.Json;
using FteAgent.Knowledge;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Evals;

/// <summary>Builds the product's own index over a set's documents.</summary>
internal static class Corpora
{
    /// <summary>Where the documents are kept: in memory, unless the record of a database is to be measured.</summary>
    public static Func<IKnowledgeStore> Store { get; set; } = () => new MemoryKnowledgeStore();

    public static async Task<KnowledgeIndex> Index(IEnumerable<Document> documents)
    {
        var index = new KnowledgeIndex(Store(), [], NullLogger<KnowledgeIndex>.Instance);
        await index.Publish([.. documents], null, CancellationToken.None);
        return index;
    }

    public static Task<KnowledgeIndex> Index(EvalData data, string path) => Index(data.Sources(path).Select(ToDocument));

    public static Document ToDocument(JsonElement line) => new(line.Text("id"), line.Text("title"), line.Text("text"), DateTimeOffset.UnixEpoch);
}
