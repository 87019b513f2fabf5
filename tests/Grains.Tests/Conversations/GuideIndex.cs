using System.Collections.Immutable;
using FteAgent.Knowledge;

namespace FteAgent.Conversations;

/// <summary>The knowledge that ships, and one chunk more that every search finds: what <see cref="ScriptedModel"/> quotes has to stand somewhere.</summary>
internal sealed class GuideIndex(IKnowledgeIndex real) : IKnowledgeIndex
{
    public const string Chunk = "chunk-1";

    /// <summary>What takes many words to say.</summary>
    public const string LongText =
        "Open the settings of your workspace and look for the page that is called imports. There you choose the folder in which your documents are kept. " +
        "Then you press the button and wait until the import has ended. Afterwards every document can be found by its name. " +
        "If one is missing you look at the list of those that could not be read. It says for each of them what was wrong with it.";

    private static readonly SearchHit Hit = new(
        Chunk, "guide.md", "Guide", "First steps", "These are\nthe words of the guide, “as they stand”.\n\n" + LongText, 1, DateTimeOffset.UnixEpoch);

    public long Version => real.Version;

    public int Chunks => real.Chunks + 1;

    public async Task<SearchResult> Search(ImmutableArray<string> query, int maxResults, string? category, CancellationToken cancellationToken)
    {
        var found = await real.Search(query, maxResults, category, cancellationToken);
        return found with { Hits = [.. found.Hits, Hit] };
    }

    public Task<long> Publish(IReadOnlyList<Document> documents, IProgress<int>? progress, CancellationToken cancellationToken) =>
        real.Publish(documents, progress, cancellationToken);

    public Task<KnowledgeChanged> Change(IReadOnlyList<Document> upserts, IReadOnlyList<string> removed, CancellationToken cancellationToken) =>
        real.Change(upserts, removed, cancellationToken);

    public Task Refresh(CancellationToken cancellationToken) => real.Refresh(cancellationToken);
}
