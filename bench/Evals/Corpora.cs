using System.Text.Json;
using FteAgent.Knowledge;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Evals;

/// <summary>Builds the product's own index over a set's documents.</summary>
internal static class Corpora
{
    /// <summary>An empty index, or one whose documents will be replaced: kept in memory, unless a record is to be measured.</summary>
    public static Func<KnowledgeIndex> Open { get; set; } = () => new(new MemoryKnowledgeStore(), [], NullLogger<KnowledgeIndex>.Instance);

    public static async Task<KnowledgeIndex> Index(IEnumerable<Document> documents)
    {
        var index = Open();
        await index.Publish([.. documents], null, CancellationToken.None);
        return index;
    }

    public static Task<KnowledgeIndex> Index(EvalData data, string path) => Index(data.Sources(path).Select(ToDocument));

    public static Document ToDocument(JsonElement line) => new(line.Text("id"), line.Text("title"), line.Text("text"), DateTimeOffset.UnixEpoch);
}
