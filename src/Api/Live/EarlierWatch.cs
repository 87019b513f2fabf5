using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Api.Live;

/// <summary>
/// Watches the conversations that were merged into one that somebody follows: what was open in them is still answered there. It asks each for what
/// it has not seen, mostly nothing, and loads a conversation only once, to learn where it ends.
/// </summary>
/// <param name="store">The record.</param>
/// <param name="includeNotes">Whether operators' private notes are news too.</param>
internal sealed class EarlierWatch(IConversationStore store, bool includeNotes)
{
    /// <summary>Whoever wrote more than this between two looks is news at the next one again.</summary>
    private const int BatchLimit = 200;

    private Dictionary<CustomerId, long>? ends;

    /// <summary>Whether there is more in them than at the look before, or they are others; never at the first look.</summary>
    public async Task<bool> HasNews(ImmutableArray<CustomerId> others, CancellationToken cancellationToken)
    {
        var now = new Dictionary<CustomerId, long>(others.Length);
        foreach (var other in others)
            now[other] = ends is not null && ends.TryGetValue(other, out var end)
                ? await EndAfter(other, end, cancellationToken)
                : (await store.Load(other, cancellationToken)).LastSequence;
        var hasNews = ends is not null
            && (now.Count != ends.Count || now.Any(one => !ends.TryGetValue(one.Key, out var before) || before != one.Value));
        ends = now;
        return hasNews;
    }

    private async Task<long> EndAfter(CustomerId other, long known, CancellationToken cancellationToken) =>
        await store.Read(other, known, BatchLimit, includeNotes, cancellationToken) is [.., var last] ? last.Sequence : known;
}
