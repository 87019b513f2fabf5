using System.Collections.Immutable;
using FteAgent.Api.Live;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Knowledge;
using FteAgent.Texts;
using FteAgent.Tickets;

namespace FteAgent.Api.Mcp;

/// <summary>What a search found.</summary>
/// <param name="Evidence">The chance, 0 to 1, that the documents answer at all.</param>
/// <param name="Results">Best first.</param>
internal sealed record FoundView(double Evidence, ImmutableArray<HitView> Results)
{
    public static FoundView Of(SearchResult found) => new(Math.Round(found.Evidence, 3), [.. found.Hits.Select(HitView.Of)]);
}

/// <summary>A chunk that was found.</summary>
/// <param name="ChunkId">To quote it by.</param>
/// <param name="Document">The resource that holds the whole document.</param>
/// <param name="Title">The document's title.</param>
/// <param name="Heading">The headings above it.</param>
/// <param name="Text">Its words.</param>
/// <param name="ChangedAt">When the document was last changed.</param>
/// <param name="Url">Where a customer can read it.</param>
internal sealed record HitView(string ChunkId, string Document, string Title, string Heading, string Text, DateTimeOffset ChangedAt, string? Url)
{
    public static HitView Of(SearchHit hit) => new(hit.ChunkId, McpResources.UriOf(hit.DocumentId), hit.Title, hit.Heading, hit.Text, hit.ChangedAt, hit.Url);
}

/// <summary>What was said with a customer, oldest first.</summary>
internal sealed record PastView(ImmutableArray<PastMessageView> Messages);

/// <summary>A message of a customer's history.</summary>
/// <param name="At">When.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="Name">The operator's name, when it was one.</param>
/// <param name="Channel">By which channel.</param>
/// <param name="Switched">The customer wrote before by another channel.</param>
/// <param name="Text">The words.</param>
/// <param name="IsCut">Whether they are only the beginning.</param>
/// <param name="Sentiment">0 (angry) to 1 (happy); none where it was not scored.</param>
/// <param name="Ticket">The matter, as it stands now.</param>
internal sealed record PastMessageView(
    DateTimeOffset At, ActorKind Author, string? Name, Channel Channel, bool Switched, string Text, bool? IsCut, double? Sentiment, PastMatterView? Ticket)
{
    /// <summary>More of a message is not given: a long mail is read in the console.</summary>
    public const int LongestText = 2_000;

    public static PastMessageView Of(HistoryEntry entry)
    {
        var (message, matter) = (entry.Message, entry.Matter);
        var text = SafeCut.At(message.Text, LongestText);
        return new(
            message.At, message.Author.Kind, message.Author.Operator?.Name, message.Channel, entry.Switched, text, text.Length < message.Text.Length ? true : null,
            message.Sentiment, matter is null ? null : new(matter.Id.Value, matter.Subject, matter.Category, matter.Status));
    }
}

/// <summary>A matter in a history.</summary>
internal sealed record PastMatterView(string Id, string Subject, TicketCategory Category, TicketStatus Status);

/// <summary>A ticket was opened.</summary>
/// <param name="TicketId">Its id.</param>
/// <param name="Ticket">The ticket as it stands; none where it was closed since.</param>
internal sealed record OpenedView(string TicketId, TicketView? Ticket);

/// <summary>How a conversation stands after a person was called.</summary>
internal sealed record CalledView(StateView State);

/// <summary>An answer was sent.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="Sequence">Its place in the conversation.</param>
/// <param name="Channel">By which channel it goes.</param>
/// <param name="State">How the conversation stands.</param>
internal sealed record SentView(string? MessageId, long Sequence, Channel? Channel, StateView State);
