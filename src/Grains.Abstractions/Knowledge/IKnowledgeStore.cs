namespace FteAgent.Knowledge;

/// <summary>
/// Keeps the documents in versions. A version is written whole, where no reader looks, and then made the current one in one step,
/// so a reader sees the old one or the new one and never a mixture.
/// </summary>
public interface IKnowledgeStore
{
    /// <summary>The current version's number, or 0 while nothing has been published.</summary>
    Task<long> CurrentVersion(CancellationToken cancellationToken);

    /// <summary>All documents of the current version with their vectors, in order of id; none while nothing has been published.</summary>
    Task<KnowledgeVersion> Load(CancellationToken cancellationToken);

    /// <summary>The same, for whoever searches words: a store that need not read vectors and whole documents for it leaves them out, for chunks hold the same words.</summary>
    Task<KnowledgeVersion> LoadWords(CancellationToken cancellationToken) => Load(cancellationToken);

    /// <summary>
    /// The vectors that an embedder made for a version's chunks, in their order and null where a chunk has none; null when that version
    /// is not there any more.
    /// </summary>
    async Task<IReadOnlyList<float[]?>?> LoadVectors(long number, string embedder, CancellationToken cancellationToken)
    {
        var version = await Load(cancellationToken).ConfigureAwait(false);
        return version.Number == number ? [.. version.Chunks.Select(chunk => chunk.Embedder == embedder ? chunk.Vector : null)] : null;
    }

    /// <summary>
    /// Publishes a version that holds exactly these documents and returns its number. Chunks are stored so that a
    /// citation can be followed later; the version before is kept until the next, older ones are removed.
    /// </summary>
    Task<long> Publish(IReadOnlyList<Document> documents, IReadOnlyList<StoredChunk> chunks, CancellationToken cancellationToken);
}

/// <summary>One version as stored.</summary>
/// <param name="Number">Rises with each publication; 0 when there is none.</param>
/// <param name="PublishedAt">When it became the current one.</param>
/// <param name="Documents">The documents, in order of id.</param>
/// <param name="Chunks">The chunks, in order of document and place.</param>
public sealed record KnowledgeVersion(
    long Number, DateTimeOffset PublishedAt, IReadOnlyList<Document> Documents, IReadOnlyList<StoredChunk> Chunks);

/// <summary>A chunk as stored.</summary>
/// <param name="Id">Unique in a version, and the same for the same words in the same place.</param>
/// <param name="DocumentId">The document it is cut from.</param>
/// <param name="Heading">The headings above it, outermost first, joined by " › ".</param>
/// <param name="Text">Its words.</param>
/// <param name="Vector">Its embedding, of unit length, when an embedder was configured at import.</param>
/// <param name="Embedder">Which embedder made the vector; without its name a vector is not compared with anything.</param>
public sealed record StoredChunk(string Id, string DocumentId, string Heading, string Text, float[]? Vector, string? Embedder = null);
