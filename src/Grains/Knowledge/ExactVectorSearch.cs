namespace FteAgent.Knowledge;

/// <summary>Searches vectors in this silo's memory: the way that works with every record, and always finds the nearest.</summary>
internal sealed class ExactVectorSearch(IKnowledgeStore store) : IVectorSearch
{
    public async Task<IVersionVectors?> Open(KnowledgeVersion version, string embedder, CancellationToken cancellationToken)
    {
        // Vectors of two embedders are never compared.
        IReadOnlyList<float[]?>? vectors = [.. version.Chunks.Select(chunk => chunk.Embedder == embedder ? chunk.Vector : null)];
        if (vectors.All(vector => vector is null))
            vectors = await store.LoadVectors(version.Number, embedder, cancellationToken);
        if (vectors is null || vectors.Count != version.Chunks.Count)
            return null;

        var categories = version.Documents.ToDictionary(document => document.Id, document => document.Category, StringComparer.Ordinal);
        return VectorIndex.Build(vectors, [.. version.Chunks.Select(chunk => categories.GetValueOrDefault(chunk.DocumentId))]);
    }
}
