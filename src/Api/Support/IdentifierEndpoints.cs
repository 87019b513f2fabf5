using System.Globalization;
using FteAgent.Api.Limits;
using FteAgent.Api.Problems;
using FteAgent.Conversations;
using FteAgent.Customers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace FteAgent.Api.Support;

/// <summary>A customer shows that another address is theirs: asks for a code there, and gives it here.</summary>
internal static class IdentifierEndpoints
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromHours(1);

    /// <summary>Below <c>/support/conversation</c>, for whoever holds a conversation's token.</summary>
    public static void MapIdentifierEndpoints(this IEndpointRouteBuilder own)
    {
        own.MapPost("/conversation/identifiers", Ask).LimitInCluster(RateLimits.Submit).ProducesProblem(StatusCodes.Status429TooManyRequests);
        own.MapPost("/conversation/identifiers/verify", Verify).RequireRateLimiting(RateLimits.Messages);
    }

    // Whether anybody is known by the address is not told, here or by how long it takes: the same is done for every address.
    private static async Task<Results<Accepted<CodeSentResponse>, InvalidFields, ProblemHttpResult>> Ask(
        IdentifierRequest request, HttpContext context, AddressLinks links, OwnConversations conversations)
    {
        var check = new Checks();
        var kind = request.Kind switch { "email" => IdentifierKind.Email, "phone" => IdentifierKind.Phone, _ => null as IdentifierKind? };
        var value = "";
        if (kind is null)
            check.Fail("kind", "must be email or phone.");
        else if (!CustomerAddress.TryRead(kind.Value, request.Value ?? "", out value))
            check.Fail("value", kind is IdentifierKind.Email ? "must be an email address such as name@example.com." : "must be a phone number with its country code, such as +49 30 123456.");
        else if (links.ChannelOf(kind.Value) is null)
            check.Fail("kind", kind is IdentifierKind.Email ? "cannot be email here: no mails are sent." : "cannot be phone here: no messages are sent to phones.");
        if (!check.Passed)
            return check.Problem();

        if (await conversations.Find(CustomerAuthentication.Of(context.User), context.RequestAborted) is not { Followed.Shown: var customer })
            return SupportEndpoints.OpensNothing();
        switch (await links.Ask(customer, kind!.Value, value, context.RequestAborted))
        {
            case LinkOutcome.CodeSent:
                return TypedResults.Accepted((string?)null, new CodeSentResponse(true, (int)AddressLinks.ValidFor.TotalSeconds));
            case LinkOutcome.TooMany:
                context.Response.Headers.RetryAfter = ((int)AskAgainAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                return ProblemTypes.Problem(
                    StatusCodes.Status429TooManyRequests, ProblemTypes.TooMany, "Too many codes.", "No more codes can be sent there now; please try again in an hour.");
            default:
                return ProblemTypes.Missing("conversation");
        }
    }

    private static async Task<Results<Ok<VerifiedResponse>, InvalidFields, ProblemHttpResult>> Verify(
        VerifyRequest request, HttpContext context, AddressLinks links, OwnConversations conversations, ConversationTokens tokens)
    {
        var check = new Checks();
        var code = check.Text("code", request.Code, AddressLinks.CodeLength, AddressLinks.CodeLength);
        if (check.Passed && !code.All(char.IsAsciiDigit))
            check.Fail("code", $"must have {AddressLinks.CodeLength} digits.");
        if (!check.Passed)
            return check.Problem();
        var holder = CustomerAuthentication.Of(context.User);
        if (await conversations.Find(holder, context.RequestAborted) is not { } own)
            return SupportEndpoints.OpensNothing();
        var result = await links.Prove(own.Followed.Shown, code, !own.Followed.OwnOnly, context.RequestAborted);
        // Whoever has just shown who they are goes on with this one. Nobody else who has a copy of the one before does.
        return TypedResults.Ok(result.Outcome switch
        {
            ProofOutcome.Proved => new VerifiedResponse(VerifyOutcome.Proved, await tokens.IssueProved(holder.Customer, own.Parted, context.RequestAborted)),
            ProofOutcome.Merged => new(VerifyOutcome.Merged, await tokens.IssueProved(holder.Customer, own.Parted, context.RequestAborted)),
            ProofOutcome.NeedsPerson => new(VerifyOutcome.NeedsPerson, null),
            ProofOutcome.OtherAddress => new(VerifyOutcome.OtherAddress, null),
            _ => new(VerifyOutcome.Wrong, null),
        });
    }
}

/// <summary>An address that the customer says is theirs.</summary>
/// <param name="Kind">email or phone.</param>
/// <param name="Value">The address; a phone number with its country code.</param>
internal sealed record IdentifierRequest(string? Kind, string? Value);

/// <summary>The code that was sent there.</summary>
/// <param name="Code">Six digits.</param>
internal sealed record VerifyRequest(string? Code);

/// <summary>A code is on its way.</summary>
/// <param name="Sent">Always true.</param>
/// <param name="ValidForSeconds">How long it holds.</param>
internal sealed record CodeSentResponse(bool Sent, int ValidForSeconds);

/// <summary>What a code was good for.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="ConversationToken">
/// The token to go on with where the address is theirs: it leads to wherever the conversation goes on, also after further merges, which the one
/// before does not. Left out otherwise.
/// </param>
internal sealed record VerifiedResponse(VerifyOutcome Outcome, string? ConversationToken);

/// <summary>How giving a code ended, as the customer is told.</summary>
internal enum VerifyOutcome
{
    /// <summary>The address is theirs.</summary>
    Proved,

    /// <summary>It was theirs already, in another conversation: that one goes on here.</summary>
    Merged,

    /// <summary>It is theirs, and somebody of the team looks whether the conversations belong together.</summary>
    NeedsPerson,

    /// <summary>It is not the code, or its time has run out.</summary>
    Wrong,

    /// <summary>
    /// It is the code, but the address is none of this conversation's, and this token does not show that whoever gives it is its person: they
    /// confirm an address that belongs to it, or begin a new one.
    /// </summary>
    OtherAddress,
}
