using FteAgent.Conversations;

namespace FteAgent.Api.Support;

/// <summary>The support form.</summary>
/// <param name="Name">How the customer wants to be called; 2 to 200 characters.</param>
/// <param name="Email">Where they can be reached. It proves nothing and opens nobody's conversation.</param>
/// <param name="Subject">5 to 200 characters.</param>
/// <param name="Category">general, technical, billing, feedback or bug_report.</param>
/// <param name="Priority">low, medium or high.</param>
/// <param name="Message">10 to 5,000 characters.</param>
internal sealed record SubmitRequest(string? Name, string? Email, string? Subject, string? Category, string? Priority, string? Message);

/// <summary>A chat that starts without a form.</summary>
/// <param name="Text">At most 10,000 characters.</param>
/// <param name="Name">How the customer wants to be called.</param>
/// <param name="Email">Where they can be reached.</param>
internal sealed record StartRequest(string? Text, string? Name, string? Email);

/// <summary>A further message.</summary>
/// <param name="Text">At most 10,000 characters; an empty one is answered with a request for text.</param>
internal sealed record MessageRequest(string? Text);

/// <summary>How far a page has shown the conversation to somebody.</summary>
/// <param name="Sequence">The last message that was shown.</param>
/// <param name="FollowAfter">
/// The <c>follow_after</c> that came with it, which tells in whose conversation it counts: a place in one that is not shown any more is no place
/// in the one that is.
/// </param>
internal sealed record SeenRequest(long? Sequence, string? FollowAfter = null);

/// <summary>What the customer says of an answer.</summary>
/// <param name="Helpful">Whether it helped.</param>
internal sealed record FeedbackRequest(bool? Helpful);

/// <summary>A wish for a person.</summary>
/// <param name="Reason">In the customer's words; may be empty.</param>
internal sealed record PersonRequest(string? Reason);

/// <summary>A message was stored and will be answered.</summary>
/// <param name="TicketId">The matter's public id.</param>
/// <param name="Message">A confirmation to show.</param>
/// <param name="EstimatedResponseTime">When to expect an answer, in words.</param>
/// <param name="ConversationToken">Opens this conversation; keep it secret. Send it as <c>Authorization: Bearer</c>.</param>
/// <param name="StatusUrl">The page that shows the ticket to whoever holds the token.</param>
internal sealed record SubmitResponse(string TicketId, string Message, string EstimatedResponseTime, string ConversationToken, string StatusUrl);

/// <summary>A message was stored.</summary>
/// <param name="MessageId">Its id.</param>
/// <param name="Sequence">Its place in the conversation; left out where messages come in through Kafka, since it has none yet.</param>
/// <param name="TicketId">The matter it belongs to; left out with it.</param>
/// <param name="ConversationToken">
/// Left out, except where the message was the code for an address: then the token to go on with, which leads to where the conversation goes on.
/// </param>
internal sealed record MessageResponse(string MessageId, long? Sequence, string? TicketId, string? ConversationToken = null)
{
    public static MessageResponse Of(Accepted accepted, string? token) => accepted.Sequence > 0
        ? new(accepted.MessageId.ToString(), accepted.Sequence, accepted.TicketId.Value, token)
        : new(accepted.MessageId.ToString(), null, null, token);
}
