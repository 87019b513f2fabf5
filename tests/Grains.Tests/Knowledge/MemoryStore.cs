using FteAgent.Knowledge;

namespace FteAgent.Tests.Knowledge;

/// <summary>Keeps the current version in memory, and what each change changed.</summary>
internal sealed class MemoryStore : IKnowledgeStore
{
    private readonly Lock gate = new();
    private readonly Dictionary<long, string[]> changes = [];
    private volatile KnowledgeVersion current = new(0, default, [], []);

    /// <summary>How often a version was read whole.</summary>
    public int Loads { get; private set; }

    /// <summary>Run before the next change is stored: what others do meanwhile.</summary>
    public Func<Task>? Meanwhile { get; set; }

    public Task<long> CurrentVersion(CancellationToken cancellationToken) => Task.FromResult(current.Number);

    public Task<KnowledgeVersion> Load(CancellationToken cancellationToken)
    {
        Loads++;
        return Task.FromResult(current);
    }

    public Task<KnowledgeVersion> LoadDocuments(IReadOnlyCollection<string> ids, CancellationToken cancellationToken) => Task.FromResult(Some(ids.Contains));

    public Task<KnowledgeDelta?> LoadChanges(long since, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var missed = Enumerable.Range(1, (int)(current.Number - since)).Select(step => changes.GetValueOrDefault(since + step)).ToList();
            if (missed.Contains(null)) return Task.FromResult<KnowledgeDelta?>(null);
            var changed = missed.SelectMany(ids => ids!).Distinct(StringComparer.Ordinal).ToList();
            var version = Some(changed.Contains);
            return Task.FromResult<KnowledgeDelta?>(new(version.Number, changed, version.Documents, version.Chunks));
        }
    }

    public Task<long> Publish(IReadOnlyList<Document> documents, IReadOnlyList<StoredChunk> chunks, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var learned = Some(Document.IsLearned);
            return Task.FromResult(Become([.. documents, .. learned.Documents], [.. chunks, .. learned.Chunks]));
        }
    }

    public async Task<long?> Change(KnowledgeChange change, CancellationToken cancellationToken)
    {
        if (Meanwhile is { } meanwhile)
        {
            Meanwhile = null;
            await meanwhile();
        }

        lock (gate)
        {
            if (current.Number != change.Of) return null;
            string[] changed = [.. change.Documents.Select(document => document.Id), .. change.Removed];
            var kept = Some(id => !changed.Contains(id));
            changes[change.Of + 1] = changed;
            return Become([.. kept.Documents, .. change.Documents], [.. kept.Chunks, .. change.Chunks]);
        }
    }

    private KnowledgeVersion Some(Func<string, bool> which) => current with
    {
        Documents = [.. current.Documents.Where(document => which(document.Id))],
        Chunks = [.. current.Chunks.Where(chunk => which(chunk.DocumentId))],
    };

    private long Become(IEnumerable<Document> documents, IEnumerable<StoredChunk> chunks)
    {
        current = new KnowledgeVersion(
            current.Number + 1, Given.Day, [.. documents.OrderBy(document => document.Id, ByCodePoint.Order)], [.. chunks.OrderBy(chunk => chunk.DocumentId, ByCodePoint.Order)]);
        return current.Number;
    }
}
