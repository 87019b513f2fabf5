using System.Collections.Immutable;

namespace FteAgent.Knowledge;

/// <summary>Finds what the documents say. Every search sees one whole version.</summary>
public interface IKnowledgeIndex
{
    /// <summary>How many documents one change takes; for more of them an import is cheaper.</summary>
    const int MaxChange = 10_000;

    /// <summary>The version that searches now see; 0 while it is empty.</summary>
    long Version { get; }

    /// <summary>How many chunks it holds.</summary>
    int Chunks { get; }

    /// <summary>Finds the best chunks for a question.</summary>
    /// <param name="query">One text, or each of the customer's utterances in order: they are combined.</param>
    /// <param name="maxResults">1 to 50.</param>
    /// <param name="category">Search only documents of this category.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    Task<SearchResult> Search(ImmutableArray<string> query, int maxResults, string? category, CancellationToken cancellationToken);

    /// <summary>
    /// Cuts, embeds and stores a new version of exactly these documents and those learned before, and switches searches to it. Gives its number.
    /// </summary>
    /// <param name="documents">What the version holds; none of them learned (<see cref="Document.LearnedPrefix"/>).</param>
    /// <param name="progress">Told how many documents are done.</param>
    /// <param name="cancellationToken">Ends the import; nothing is published then.</param>
    Task<long> Publish(IReadOnlyList<Document> documents, IProgress<int>? progress, CancellationToken cancellationToken);

    /// <summary>
    /// Puts documents into the current version and takes others out of it, and switches searches to what comes of it, which is the same as
    /// if all had been published anew. What somebody else changes meanwhile stays changed; of two changes to one document the later one holds.
    /// </summary>
    /// <param name="upserts">Documents that come, or take the place of the one with the same id; at most <see cref="MaxChange"/>.</param>
    /// <param name="removed">The ids of documents that go; at most as many.</param>
    /// <param name="cancellationToken">Ends the change; nothing is published then.</param>
    /// <exception cref="ArgumentException">An id is named twice, or there are too many.</exception>
    /// <exception cref="Conversations.RecordUnavailableException">Others changed it again and again meanwhile, or nothing can be stored.</exception>
    Task<KnowledgeChanged> Change(IReadOnlyList<Document> upserts, IReadOnlyList<string> removed, CancellationToken cancellationToken);

    /// <summary>Reads the store's current version if it is newer than the one in memory.</summary>
    Task Refresh(CancellationToken cancellationToken);
}

/// <summary>What a change came to.</summary>
/// <param name="Version">The version that holds it: the one before where nothing had to be changed.</param>
/// <param name="Put">How many documents came or were exchanged; those that stood there already, word for word, are not counted.</param>
/// <param name="Removed">How many went; those that were not there are not counted.</param>
public sealed record KnowledgeChanged(long Version, int Put, int Removed);

/// <summary>What a search found.</summary>
/// <param name="Version">The version searched.</param>
/// <param name="Hits">Best first, at most one document's worth of chunks each.</param>
/// <param name="Evidence">The calibrated chance, 0 to 1, that the documents answer the question at all.</param>
/// <param name="Intent">Which question of the documents is meant, as the label of the intent; null where none is with enough certainty.</param>
[GenerateSerializer, Immutable, Alias("fte.search-result")]
public sealed record SearchResult(
    [property: Id(0)] long Version,
    [property: Id(1)] ImmutableArray<SearchHit> Hits,
    [property: Id(2)] double Evidence,
    [property: Id(3)] string? Intent = null)
{
    /// <summary>Nothing was found.</summary>
    public static SearchResult Nothing { get; } = new(0, [], 0);
}

/// <summary>One chunk found.</summary>
/// <param name="ChunkId">The chunk's id.</param>
/// <param name="DocumentId">The document's id.</param>
/// <param name="Title">The document's title.</param>
/// <param name="Heading">The headings above it, outermost first, joined by " › ".</param>
/// <param name="Text">The chunk's words.</param>
/// <param name="Score">Higher is better; comparable within one result only.</param>
/// <param name="ChangedAt">When the document was last changed.</param>
/// <param name="Url">Where a customer can read it.</param>
/// <param name="Disputed">
/// Sentences of the chunk that another page contradicts, of which neither is newer: an answer must not rest on them. Default for none.
/// </param>
/// <param name="Meant">
/// The headings below which the chunk answers the very question that is meant, in whatever words it was asked; empty for its first words. Null where it is
/// found by words alone.
/// </param>
[GenerateSerializer, Immutable, Alias("fte.search-hit")]
public sealed record SearchHit(
    [property: Id(0)] string ChunkId,
    [property: Id(1)] string DocumentId,
    [property: Id(2)] string Title,
    [property: Id(3)] string Heading,
    [property: Id(4)] string Text,
    [property: Id(5)] double Score,
    [property: Id(6)] DateTimeOffset ChangedAt,
    [property: Id(7)] string? Url = null,
    [property: Id(8)] ImmutableArray<string> Disputed = default,
    [property: Id(9)] string? Meant = null);
