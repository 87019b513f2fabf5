using System.Collections.Immutable;

namespace FteAgent.Knowledge;

/// <summary>
/// Reads what this silo searches: the documents of its current version, as their chunks hold them. What a search does not show because it is flagged
/// is not read here either: whoever reads is a program that may heed it, as a model may.
/// </summary>
public interface IKnowledgeReader
{
    /// <summary>How many documents one list gives at most.</summary>
    const int MostListed = 200;

    /// <summary>One chunk, or null where the version has none of this id that may be shown. Its score is 0.</summary>
    SearchHit? Chunk(string id);

    /// <summary>A document's chunks in its own order; none where the version has no such document, or nothing of it may be shown. Their score is 0.</summary>
    ImmutableArray<SearchHit> ChunksOf(string document);

    /// <summary>The documents, in order of id.</summary>
    /// <param name="after">Only those behind this id; null for all.</param>
    /// <param name="limit">How many, 1 to <see cref="MostListed"/>.</param>
    ImmutableArray<KnowledgeEntry> Documents(string? after, int limit);
}

/// <summary>A document as a list tells it.</summary>
/// <param name="Id">Its path or address.</param>
/// <param name="Title">Its title.</param>
/// <param name="ChangedAt">When it was last changed.</param>
/// <param name="Category">Its category, when it has one.</param>
/// <param name="Url">Where a customer can read it, when it has an address.</param>
public sealed record KnowledgeEntry(string Id, string Title, DateTimeOffset ChangedAt, string? Category, string? Url);
