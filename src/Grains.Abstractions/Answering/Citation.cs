namespace FteAgent.Answering;

/// <summary>A quote shown with an answer, and where it stands.</summary>
/// <param name="ChunkId">The chunk that holds the quote, of the index version that answered.</param>
/// <param name="DocumentId">The document's id: its path or address.</param>
/// <param name="Title">The document's title.</param>
/// <param name="Heading">The headings above the quote, outermost first, joined by " › "; empty at the top of a document.</param>
/// <param name="Quote">The quoted words, exactly as they stand in the chunk.</param>
/// <param name="VersionDate">When the document was last changed, or imported where that is unknown.</param>
/// <param name="Url">Where the customer can read on, when the document has an address.</param>
[GenerateSerializer, Immutable, Alias("fte.citation")]
public sealed record Citation(
    [property: Id(0)] string ChunkId,
    [property: Id(1)] string DocumentId,
    [property: Id(2)] string Title,
    [property: Id(3)] string Heading,
    [property: Id(4)] string Quote,
    [property: Id(5)] DateTimeOffset VersionDate,
    [property: Id(6)] string? Url = null);
