using FteAgent.Knowledge;

namespace FteAgent.Evals;

/// <summary>Keeps one version in memory: the evals measure what is found, not where it is stored.</summary>
internal sealed class MemoryKnowledgeStore : IKnowledgeStore
{
    private KnowledgeVersion current = new(0, default, [], []);

    public Task<long> CurrentVersion(CancellationToken cancellationToken) => Task.FromResult(current.Number);

    public Task<KnowledgeVersion> Load(CancellationToken cancellationToken) => Task.FromResult(current);

    public Task<KnowledgeVersion> LoadDocuments(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => Task.FromResult(current with
    {
        Documents = [.. current.Documents.Where(document => ids.Contains(document.Id))],
        Chunks = [.. current.Chunks.Where(chunk => ids.Contains(chunk.DocumentId))],
    });

    public Task<KnowledgeDelta?> LoadChanges(long since, CancellationToken cancellationToken) => Task.FromResult<KnowledgeDelta?>(null);

    public Task<long?> Change(KnowledgeChange change, CancellationToken cancellationToken) =>
        Task.FromException<long?>(new NotSupportedException("The evals import all documents at once."));

    public Task<long> Publish(IReadOnlyList<Document> documents, IReadOnlyList<StoredChunk> chunks, CancellationToken cancellationToken)
    {
        current = new KnowledgeVersion(current.Number + 1, DateTimeOffset.UnixEpoch, documents, chunks);
        return Task.FromResult(current.Number);
    }
}
