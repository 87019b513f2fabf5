using FteAgent.Knowledge;

namespace FteAgent.Evals;

/// <summary>Keeps one version in memory: the evals measure what is found, not where it is stored.</summary>
internal sealed class MemoryKnowledgeStore : IKnowledgeStore
{
    private KnowledgeVersion current = new(0, default, [], []);

    public Task<long> CurrentVersion(CancellationToken cancellationToken) => Task.FromResult(current.Number);

    public Task<KnowledgeVersion> Load(CancellationToken cancellationToken) => Task.FromResult(current);

    public Task<long> Publish(IReadOnlyList<Document> documents, IReadOnlyList<StoredChunk> chunks, CancellationToken cancellationToken)
    {
        current = new KnowledgeVersion(current.Number + 1, DateTimeOffset.UnixEpoch, documents, chunks);
        return Task.FromResult(current.Number);
    }
}
