namespace FteAgent.Knowledge;

/// <summary>A source that the assistant may answer from.</summary>
/// <param name="Id">Its path or address; unique in a version.</param>
/// <param name="Title">Its title.</param>
/// <param name="Text">Its words as Markdown: headings kept as <c>#</c> lines, code in fences.</param>
/// <param name="ChangedAt">When it was last changed, or imported where that is unknown.</param>
/// <param name="Category">A category to search in, when it has one.</param>
/// <param name="Url">Where a customer can read it, when it has an address.</param>
public sealed record Document(string Id, string Title, string Text, DateTimeOffset ChangedAt, string? Category = null, string? Url = null)
{
    /// <summary>What the ids of documents begin with that were learned from resolved tickets: an import leaves them as they are.</summary>
    public const string LearnedPrefix = "learned/";

    /// <summary>Whether an id is that of a document that was learned.</summary>
    public static bool IsLearned(string id) => id.StartsWith(LearnedPrefix, StringComparison.Ordinal);
}
