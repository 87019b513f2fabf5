using System.Collections.Immutable;
using FteAgent.Customers;
using FteAgent.Knowledge;
using FteAgent.Texts;

namespace FteAgent.Answering;

/// <summary>The tools of one draft: bound to its customer, and with a memory of every chunk that they gave.</summary>
/// <param name="customer">Whose draft it is. Nobody else's history can be asked for.</param>
/// <param name="first">What was found before the model was asked.</param>
/// <param name="search">Searches the knowledge.</param>
/// <param name="history">The customer's history.</param>
/// <param name="hide">What the model is not to see of the customer's words.</param>
internal sealed class BoundTools(
    CustomerId customer, SearchResult first, Func<ImmutableArray<string>, int, string?, CancellationToken, Task<SearchResult>> search, ICustomerHistory history,
    Masking? hide) : IDraftTools
{
    private readonly Dictionary<string, SearchHit> given = first.Hits.ToDictionary(hit => hit.ChunkId);

    /// <summary>Every chunk that the model was given, by id: only these can be quoted.</summary>
    public IReadOnlyDictionary<string, SearchHit> Given => given;

    /// <summary>How many searches the model made.</summary>
    public int Searches { get; private set; }

    /// <inheritdoc/>
    public async Task<SearchResult> Search(string query, int maxResults, string? category, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(query))
            return SearchResult.Nothing;
        Searches++;
        var found = await search(
            [SafeCut.At(query, IDraftTools.LongestQuery)], Math.Clamp(maxResults, 1, IDraftTools.MostResults), category, cancellationToken);
        foreach (var hit in found.Hits)
            given[hit.ChunkId] = hit;
        return found;
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<PastMessage>> History(CancellationToken cancellationToken) =>
    [
        .. (await history.Read(customer, ICustomerHistory.DefaultLimit, cancellationToken))
            // What may be another's, who was parted from this customer, is shown to nobody on their behalf.
            .Where(entry => !entry.MayBeAnothers)
            .Select(Past),
    ];

    private PastMessage Past(HistoryEntry entry)
    {
        var fromCustomer = entry.Message.Author.Kind is Conversations.ActorKind.Customer;
        return new(
            fromCustomer, entry.Message.Channel, entry.Switched, entry.Message.At, hide?.Hide(entry.Message.Text, fromCustomer) ?? entry.Message.Text,
            entry.Message.Sentiment, entry.Matter?.Category, entry.Matter?.Status);
    }
}
