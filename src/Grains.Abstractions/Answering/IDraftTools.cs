using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Knowledge;
using FteAgent.Tickets;

namespace FteAgent.Answering;

/// <summary>
/// What a model may look up while it drafts. It is bound to one customer before the model is asked, so that no word of a message or a document can
/// make it look up another's: no member takes a customer.
/// </summary>
public interface IDraftTools
{
    /// <summary>Finds further chunks. What was found may be quoted.</summary>
    /// <param name="query">What to look for; cut at <see cref="LongestQuery"/> characters.</param>
    /// <param name="maxResults">1 to <see cref="MostResults"/>; brought into that range.</param>
    /// <param name="category">Search only documents of this category.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    Task<SearchResult> Search(string query, int maxResults, string? category, CancellationToken cancellationToken);

    /// <summary>The customer's latest messages over all channels, and what was answered, oldest first.</summary>
    Task<ImmutableArray<PastMessage>> History(CancellationToken cancellationToken);

    /// <summary>How many characters of a query are searched.</summary>
    const int LongestQuery = 500;

    /// <summary>How many chunks one search gives at most.</summary>
    const int MostResults = 10;
}

/// <summary>An earlier message, as a model sees it.</summary>
/// <param name="FromCustomer">Whether the customer said it; else the assistant or an operator.</param>
/// <param name="Channel">By which channel.</param>
/// <param name="Switched">Whether the customer wrote before by another one.</param>
/// <param name="At">When.</param>
/// <param name="Text">The words.</param>
/// <param name="Sentiment">0 (angry) to 1 (glad); null where it was not scored.</param>
/// <param name="Topic">The topic of its ticket, if it belongs to one.</param>
/// <param name="Status">How that ticket stands now.</param>
public sealed record PastMessage(
    bool FromCustomer, Channel Channel, bool Switched, DateTimeOffset At, string Text, double? Sentiment, TicketCategory? Topic, TicketStatus? Status);
