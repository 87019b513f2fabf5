using FteAgent.Api.Limits;
using FteAgent.Api.Live;
using FteAgent.Api.Problems;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Learning;
using FteAgent.Tickets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace FteAgent.Api.Support;

/// <summary>What customers do: write, read, follow, ask for a person.</summary>
internal static class SupportEndpoints
{
    public static void MapSupportEndpoints(this IEndpointRouteBuilder routes)
    {
        var support = routes.MapGroup("/support").WithTags("Support");
        support.MapPost("/submit", Submit).LimitInCluster(RateLimits.Submit).ProducesProblem(StatusCodes.Status401Unauthorized);
        support.MapPost("/conversation", Start).LimitInCluster(RateLimits.Submit).ProducesProblem(StatusCodes.Status401Unauthorized);

        var own = support.MapGroup("").RequireAuthorization(CustomerAuthentication.Name);
        own.MapGet("/conversation", Read).ProducesProblem(StatusCodes.Status401Unauthorized);
        own.MapPost("/conversation/messages", Write).RequireRateLimiting(RateLimits.Messages);
        own.MapPut("/conversation/escalation", AskForPerson).RequireRateLimiting(RateLimits.Messages);
        own.MapIdentifierEndpoints();
        own.MapFeedbackEndpoints();
        own.MapPut("/conversation/seen", MarkSeen).RequireRateLimiting(RateLimits.Seen);
        own.MapGet("/conversation/events", Follow).RequireRateLimiting(RateLimits.Streams).Produces(StatusCodes.Status200OK, contentType: EventStream.ContentType);

        // Not behind the policy: a ticket's number without its token looks like no ticket at all.
        support.MapGet("/ticket/{id}", ReadTicket).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Created<SubmitResponse>, InvalidFields, ProblemHttpResult>> Submit(
        SubmitRequest request, HttpContext context, SupportIntake intake, CancellationToken cancellationToken)
    {
        var check = new Checks();
        var name = check.Text("name", request.Name, 2, RequestLimits.Name);
        var email = check.Email("email", request.Email, required: true);
        var subject = check.Text("subject", request.Subject, 5, RequestLimits.Subject);
        var category = check.OneOf<TicketCategory>("category", request.Category);
        var priority = check.OneOf<TicketPriority>("priority", request.Priority);
        var message = check.Text("message", request.Message, 10, RequestLimits.FormMessage);
        if (!check.Passed)
            return check.Problem();
        return await Open(context, intake, new(name, email), message, new(subject, category, priority), cancellationToken);
    }

    private static async Task<Results<Created<SubmitResponse>, InvalidFields, ProblemHttpResult>> Start(
        StartRequest request, HttpContext context, SupportIntake intake, CancellationToken cancellationToken)
    {
        var check = new Checks();
        var text = check.Text("text", request.Text, 0, RequestLimits.Text);
        var name = check.Text("name", request.Name ?? "", 0, RequestLimits.Name);
        var email = check.Email("email", request.Email, required: false);
        if (!check.Passed)
            return check.Problem();
        return await Open(context, intake, new(name, email), text, null, cancellationToken);
    }

    private static async Task<Results<Created<SubmitResponse>, InvalidFields, ProblemHttpResult>> Open(
        HttpContext context, SupportIntake intake, CustomerProfile profile, string text, SupportForm? form, CancellationToken cancellationToken)
    {
        if (await intake.Resolve(context.Request, profile, cancellationToken) is not { } visitor)
            return OpensNothing();
        var token = await intake.Token(visitor, cancellationToken);
        var (accepted, proved) = await intake.Accept(context.Request, visitor, text, form);
        if (accepted.Outcome is AcceptOutcome.NoCustomer)
            return OpensNothing();
        if (accepted.Outcome is AcceptOutcome.Conflict)
            return ProblemTypes.KeyReused();
        if (accepted.Outcome is AcceptOutcome.Elsewhere)
            return ProblemTypes.GoesOnElsewhere();
        var opened = intake.Confirm(accepted, proved ?? token);
        return TypedResults.Created(opened.StatusUrl, opened);
    }

    private static async Task<Results<Accepted<MessageResponse>, InvalidFields, ProblemHttpResult>> Write(
        MessageRequest request, HttpContext context, SupportIntake intake)
    {
        var check = new Checks();
        var text = check.Text("text", request.Text, 0, RequestLimits.Text);
        if (!check.Passed)
            return check.Problem();
        var (accepted, proved) = await intake.Accept(context.Request, Visitor.With(CustomerAuthentication.Of(context.User)), text, null);
        return accepted.Outcome switch
        {
            AcceptOutcome.Conflict => ProblemTypes.KeyReused(),
            AcceptOutcome.NoCustomer => OpensNothing(),
            AcceptOutcome.Elsewhere => ProblemTypes.GoesOnElsewhere(),
            _ => TypedResults.Accepted((string?)null, MessageResponse.Of(accepted, proved)),
        };
    }

    private static async Task<Results<Ok<StateResponse>, InvalidFields, ProblemHttpResult>> AskForPerson(
        PersonRequest? request, HttpContext context, ConversationCalls conversations, OwnConversations own, TimeProvider time)
    {
        var check = new Checks();
        var words = check.Text("reason", request?.Reason ?? "", 0, RequestLimits.Text);
        if (!check.Passed)
            return check.Problem();
        var holder = CustomerAuthentication.Of(context.User);
        var found = await own.Find(holder, context.RequestAborted);
        if (found is { Followed.IsElsewhere: true })
            return ProblemTypes.GoesOnElsewhere();
        var customer = holder.Customer;
        var command = IdempotencyKey.Command(context.Request, $"{customer}/person", time);
        var result = await conversations.Act(customer, grain => grain.RequestPerson(command, words), context.RequestAborted);
        // It may have been joined with another at this very moment: how it stands there is told to nobody who may not follow.
        if (found is not { Followed.OwnOnly: false } && (result.Conversation.Customer != customer || OwnConversations.IsJoined(result.Conversation)))
            return ProblemTypes.GoesOnElsewhere();
        return result.Outcome is ActOutcome.NoConversation
            ? ProblemTypes.Missing("conversation")
            : TypedResults.Ok(new StateResponse(StateView.ForCustomer(result.Conversation)));
    }

    private static async Task<Results<Ok<ConversationResponse>, ProblemHttpResult>> Read(
        HttpContext context, OwnConversations conversations, [FromServices] IFeedback feedback, CancellationToken cancellationToken)
    {
        if (await conversations.Find(CustomerAuthentication.Of(context.User), cancellationToken) is not { } own)
            return OpensNothing();
        var messages = await conversations.Messages(own, cancellationToken);
        var earlier = await conversations.Earlier(own, cancellationToken);
        var tickets = await conversations.Tickets(own, messages, cancellationToken);
        var helpful = await feedback.Read([own.Conversation.Customer, .. own.Others], cancellationToken);
        return TypedResults.Ok(new ConversationResponse(
            own.State, [.. messages.Select(View)],
            [.. tickets.Where(ticket => own.Conversation.KnowsOf(ticket)).Select(TicketView.ForCustomer)],
            own.Followed.EventId(messages is [.., var last] ? last.Sequence : 0),
            earlier.IsEmpty ? null : [.. earlier.Select(View)]));

        MessageView View(Message message) =>
            MessageView.ForCustomer(message) with { Helpful = helpful.TryGetValue(message.Id, out var said) ? said : null };
    }

    private static async Task Follow(HttpContext context, OwnConversations conversations, ConversationStream stream)
    {
        if (await conversations.Find(CustomerAuthentication.Of(context.User), context.RequestAborted) is { } own)
            await stream.RunForCustomer(context, own.Followed);
        else
            await OpensNothing().ExecuteAsync(context);
    }

    /// <summary>401: there is no conversation behind this token, any more or at all.</summary>
    internal static ProblemHttpResult OpensNothing() => ProblemTypes.Problem(
        StatusCodes.Status401Unauthorized, ProblemTypes.Unauthorized, "This token opens no conversation.", "Send the request without it to start a new one.");

    /// <summary>What was seen on a page is not mailed as well.</summary>
    private static async Task<Results<NoContent, InvalidFields, ProblemHttpResult>> MarkSeen(
        SeenRequest request, HttpContext context, [FromServices] ISeenMarks seen, OwnConversations conversations, CancellationToken cancellationToken)
    {
        var check = new Checks();
        if (request.Sequence is not (>= 1 and var sequence))
        {
            check.Fail("sequence", "must be a message's place: 1 or more.");
            return check.Problem();
        }

        if (await conversations.Find(CustomerAuthentication.Of(context.User), cancellationToken) is not { } own)
            return OpensNothing();
        // The mark is for the conversation that was shown, and for no more of it than there is.
        var end = Math.Min(sequence, own.Followed.EndOf(own.Conversation));
        if (end > 0 && (request.FollowAfter is not { } shown || own.Followed.After(shown) is not null))
            await seen.Mark(own.Followed.Shown, end, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<TicketResponse>, ProblemHttpResult>> ReadTicket(
        string id, HttpContext context, ConversationTokens tokens, OwnConversations conversations, CancellationToken cancellationToken)
    {
        if (!TicketId.TryParse(id, null, out var ticketId)
            || CustomerAuthentication.Token(context.Request) is not { } token
            || await tokens.Read(token, cancellationToken) is not { } holder
            || await conversations.Find(holder, cancellationToken) is not { } own)
            return ProblemTypes.Missing("ticket");

        var messages = await conversations.Messages(own, cancellationToken);
        if ((await conversations.Tickets(own, messages, cancellationToken)).FirstOrDefault(t => t.Id == ticketId) is not { } ticket)
            return ProblemTypes.Missing("ticket");
        var earlier = await conversations.Earlier(own, cancellationToken);
        return TypedResults.Ok(new TicketResponse(
            TicketView.ForCustomer(ticket), own.State,
            [.. earlier.Concat(messages).Where(m => m.TicketId == ticketId).Select(MessageView.ForCustomer)]));
    }
}


/// <summary>A conversation with its latest messages and all its tickets.</summary>
/// <param name="State">How it stands.</param>
/// <param name="Messages">Its latest messages, oldest first.</param>
/// <param name="Tickets">All tickets, latest first.</param>
/// <param name="FollowAfter">The Last-Event-ID from which to follow it.</param>
/// <param name="Earlier">What was said before in conversations that belong to the same person, oldest first; their places are their own.</param>
internal sealed record ConversationResponse(
    StateView State, MessageView[] Messages, TicketView[] Tickets, string FollowAfter, MessageView[]? Earlier);

/// <summary>A ticket with the messages that belong to it.</summary>
internal sealed record TicketResponse(TicketView Ticket, StateView State, MessageView[] Messages);
