using System.Collections.Immutable;

namespace FteAgent.Knowledge;

/// <summary>Finds what the documents say. Every search sees one whole version.</summary>
public interface IKnowledgeIndex
{
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

    /// <summary>Cuts, embeds and stores a new version of exactly these documents, and switches searches to it.</summary>
    /// <param name="documents">What the version holds.</param>
    /// <param name="progress">Told how many documents are done.</param>
    /// <param name="cancellationToken">Ends the import; nothing is published then.</param>
    Task<long> Publish(IReadOnlyList<Document> documents, IProgress<int>? progress, CancellationToken cancellationToken);

    /// <summary>Reads the store's current version if it is newer than the one in memory.</summary>
    Task Refresh(CancellationToken cancellationToken);
}

/// <summary>What a search found.</summary>
/// <param name="Version">The version searched.</param>
/// <param name="Hits">Best first, at most one document's worth of chunks each.</param>
/// <param name="Evidence">The calibrated chance, 0 to 1, that the documents answer the question at all.</param>
[GenerateSerializer, Immutable, Alias("fte.search-result")]
public sealed record SearchResult(
    [property: Id(0)] long Version,
    [property: Id(1)] ImmutableArray<SearchHit> Hits,
    [property: Id(2)] double Evidence)
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
[GenerateSerializer, Immutable, Alias("fte.search-hit")]
public sealed record SearchHit(
    [property: Id(0)] string ChunkId,
    [property: Id(1)] string DocumentId,
    [property: Id(2)] string Title,
    [property: Id(3)] string Heading,
    [property: Id(4)] string Text,
    [property: Id(5)] double Score,
    [property: Id(6)] DateTimeOffset ChangedAt,
    [property: Id(7)] string? Url = null);
