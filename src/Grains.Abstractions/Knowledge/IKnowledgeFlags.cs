using System.Collections.Immutable;

namespace FteAgent.Knowledge;

/// <summary>Says what is doubtful about the documents.</summary>
public interface IKnowledgeReview
{
    /// <summary>What is doubtful about the current version; worked out now where nobody has done so yet.</summary>
    Task<FlaggedVersion> Current(CancellationToken cancellationToken);
}

/// <summary>A version and what is doubtful about it.</summary>
/// <param name="Version">Its number; 0 where nothing has been published.</param>
/// <param name="Flags">The doubtful places, at most <see cref="IKnowledgeFlags.MostFlags"/>.</param>
public sealed record FlaggedVersion(long Version, ImmutableArray<KnowledgeFlag> Flags);

/// <summary>Keeps what is doubtful about each version of the knowledge. A version's flags go with it, and a page's with the page.</summary>
public interface IKnowledgeFlags
{
    /// <summary>How many are kept of one version; the others show once these are settled.</summary>
    const int MostFlags = 1_000;

    /// <summary>The flags of a version in their order; null where they have not been worked out, or there is no such version any more.</summary>
    Task<ImmutableArray<KnowledgeFlag>?> Find(long version, CancellationToken cancellationToken);

    /// <summary>Keeps a version's flags in place of those kept before. False where the version is gone.</summary>
    /// <param name="version">Its number.</param>
    /// <param name="flags">All of them, at most <see cref="MostFlags"/>.</param>
    /// <param name="cancellationToken">Ends it; nothing is kept then.</param>
    Task<bool> Keep(long version, IReadOnlyList<KnowledgeFlag> flags, CancellationToken cancellationToken);
}
