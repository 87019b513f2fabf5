using FteAgent.Api.Limits;
using FteAgent.Api.Problems;
using FteAgent.Conversations;
using FteAgent.Learning;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace FteAgent.Api.Support;

/// <summary>What customers say of the assistant's answers.</summary>
internal static class FeedbackEndpoints
{
    public static void MapFeedbackEndpoints(this IEndpointRouteBuilder own) =>
        own.MapPut("/conversation/messages/{id}/feedback", Say).RequireRateLimiting(RateLimits.Seen)
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<NoContent, InvalidFields, ProblemHttpResult>> Say(
        string id, FeedbackRequest request, HttpContext context, OwnConversations conversations, [FromServices] IFeedback feedback,
        CancellationToken cancellationToken)
    {
        var check = new Checks();
        if (request.Helpful is not { } helpful)
        {
            check.Fail("helpful", "must be true or false.");
            return check.Problem();
        }

        if (await conversations.Find(CustomerAuthentication.Of(context.User), cancellationToken) is not { } own)
            return SupportEndpoints.OpensNothing();
        // What is not theirs to see, what no assistant wrote, and what only says that a person will come, is no answer of theirs.
        if (!Guid.TryParseExact(id, "N", out var message)
            || await conversations.Shown(own, new(message), cancellationToken) is not { Message: { Author.Kind: ActorKind.Assistant, Kind: MessageKind.Text, Notice: null } answer } shown)
            return ProblemTypes.Missing("message");
        await feedback.Note(new(shown.Conversation, answer.Id, answer.Sequence, helpful), cancellationToken);
        return TypedResults.NoContent();
    }
}
