using System.Collections.Immutable;
using FteAgent.Answering;
using FteAgent.Knowledge;

namespace FteAgent.Tests.Answering;

/// <summary>For models that look nothing up.</summary>
internal sealed class NoTools : IDraftTools
{
    public static NoTools Instance { get; } = new();

    public Task<SearchResult> Search(string query, int maxResults, string? category, CancellationToken cancellationToken) => Task.FromResult(SearchResult.Nothing);

    public Task<ImmutableArray<PastMessage>> History(CancellationToken cancellationToken) => Task.FromResult(ImmutableArray<PastMessage>.Empty);
}
