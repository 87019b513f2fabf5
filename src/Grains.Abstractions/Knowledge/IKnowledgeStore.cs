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

    /// <summary>Those of some documents that the current version holds, whole, with their chunks and vectors; the number is the version's.</summary>
    /// <param name="ids">Which; at most as many as one change takes.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<KnowledgeVersion> LoadDocuments(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>
    /// What the current version has otherwise than an earlier one, for whoever searches words and has that one in memory; null where this is
    /// not known, and all has to be loaded.
    /// </summary>
    /// <param name="since">The earlier version's number.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<KnowledgeDelta?> LoadChanges(long since, CancellationToken cancellationToken);

    /// <summary>
    /// Publishes a version that holds exactly these documents, and of the version before those that were learned
    /// (<see cref="Document.LearnedPrefix"/>). Gives its number. Chunks are stored so that a
    /// citation can be followed later; the version before is kept until the next, older ones are removed.
    /// </summary>
    Task<long> Publish(IReadOnlyList<Document> documents, IReadOnlyList<StoredChunk> chunks, CancellationToken cancellationToken);

    /// <summary>
    /// Publishes a version that differs from the current one in a few documents, and gives its number. What did not change is copied where it
    /// lies. Null, and nothing published, when the version that the change was made for is not the current one any more.
    /// </summary>
    Task<long?> Change(KnowledgeChange change, CancellationToken cancellationToken);
}

/// <summary>One version as stored.</summary>
/// <param name="Number">Rises with each publication; 0 when there is none.</param>
/// <param name="PublishedAt">When it became the current one.</param>
/// <param name="Documents">The documents, in order of id.</param>
/// <param name="Chunks">The chunks, in order of document and place.</param>
public sealed record KnowledgeVersion(
    long Number, DateTimeOffset PublishedAt, IReadOnlyList<Document> Documents, IReadOnlyList<StoredChunk> Chunks);

/// <summary>A few documents of a version exchanged for others.</summary>
/// <param name="Of">The number of the version that is changed; 0 where there is none yet.</param>
/// <param name="Documents">Those that come, or take the place of the one with the same id.</param>
/// <param name="Chunks">All chunks of these, in order of document and place.</param>
/// <param name="Removed">The ids of those that go.</param>
public sealed record KnowledgeChange(
    long Of, IReadOnlyList<Document> Documents, IReadOnlyList<StoredChunk> Chunks, IReadOnlyList<string> Removed);

/// <summary>What one version has otherwise than an earlier one.</summary>
/// <param name="Number">The later version's number.</param>
/// <param name="Changed">The ids of all documents that came, changed or went.</param>
/// <param name="Documents">Those of them that the later version holds, in order of id; their texts may be left out.</param>
/// <param name="Chunks">The chunks of these, in order of document and place, without vectors.</param>
public sealed record KnowledgeDelta(
    long Number, IReadOnlyList<string> Changed, IReadOnlyList<Document> Documents, IReadOnlyList<StoredChunk> Chunks);

/// <summary>A chunk as stored.</summary>
/// <param name="Id">Unique in a version, and the same for the same words in the same place.</param>
/// <param name="DocumentId">The document it is cut from.</param>
/// <param name="Heading">The headings above it, outermost first, joined by " › ".</param>
/// <param name="Text">Its words.</param>
/// <param name="Vector">Its embedding, of unit length, when an embedder was configured at import.</param>
/// <param name="Embedder">Which embedder made the vector; without its name a vector is not compared with anything.</param>
public sealed record StoredChunk(string Id, string DocumentId, string Heading, string Text, float[]? Vector, string? Embedder = null);
