using FteAgent.Api.Limits;
using FteAgent.Api.Live;
using FteAgent.Api.Operators;
using FteAgent.Api.Problems;
using FteAgent.Conversations;
using FteAgent.Customers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace FteAgent.Api.Inbox;

/// <summary>What operators do: see who needs a person, take a conversation, write, note, give it back, settle it.</summary>
internal static class InboxEndpoints
{
    private const int DefaultPage = 50;
    private const int LargestPage = 200;

    public static void MapInboxEndpoints(this IEndpointRouteBuilder routes)
    {
        var conversations = routes.MapGroup("/api/conversations").WithTags("Inbox").RequireAuthorization(OperatorAuthentication.Name);
        conversations.MapGet("/", List);

        var one = conversations.MapGroup("/{id}").ProducesProblem(StatusCodes.Status404NotFound);
        one.MapGet("", Read);
        one.MapGet("/events", Follow).Produces(StatusCodes.Status200OK, contentType: EventStream.ContentType);
        one.MapGet("/attachments/{message}/{place}", Attachments.Download).Produces(StatusCodes.Status200OK, contentType: Attachments.MediaType);
        one.MapPost("/notes", AddNote);

        var held = one.MapGroup("").ProducesProblem(StatusCodes.Status409Conflict);
        held.MapPut("/handoff", TakeOver);
        held.MapDelete("/handoff", HandBack);
        held.MapPost("/messages", Reply);
        held.MapPut("/resolution", Resolve);

        routes.MapGet("/api/events", FollowQueue).RequireRateLimiting(RateLimits.Streams).WithTags("Inbox").RequireAuthorization(OperatorAuthentication.Name)
            .Produces(StatusCodes.Status200OK, contentType: EventStream.ContentType);
    }

    private static async Task<Results<Ok<InboxResponse>, InvalidFields>> List(
        IInboxQueries inbox, TimeProvider time, CancellationToken cancellationToken, string? needs = null, int? limit = null, string? cursor = null)
    {
        var check = new Checks();
        if (needs is not (null or "person" or "all"))
            check.Fail("needs", "must be person or all.");
        if (limit is < 1 or > LargestPage)
            check.Fail("limit", $"must be from 1 to {LargestPage}.");
        if (cursor is { Length: > 200 })
            check.Fail("cursor", "is not one that we gave.");
        if (!check.Passed)
            return check.Problem();
        var page = await inbox.List(needs != "all", limit ?? DefaultPage, cursor, cancellationToken);
        return TypedResults.Ok(new InboxResponse([.. page.Items.Select(InboxItemView.Of)], page.Cursor));
    }

    private static async Task<Results<Ok<OperatorConversation>, ProblemHttpResult>> Read(
        string id, ICustomerDirectory customers, OperatorConversations conversations, CancellationToken cancellationToken) =>
        await Find(id, customers, cancellationToken) is { } customer
            ? TypedResults.Ok(await conversations.Read(customer, includesHidden: true, cancellationToken))
            : ProblemTypes.Missing("conversation");

    private static async Task Follow(string id, HttpContext context, ConversationStream stream, ICustomerDirectory customers)
    {
        if (await Find(id, customers, context.RequestAborted) is { } customer)
            await stream.RunForOperator(context, customer.Id);
        else
            await ProblemTypes.Missing("conversation").ExecuteAsync(context);
    }

    private static Task FollowQueue(HttpContext context, QueueStream stream) => stream.Run(context);

    // ?from_holder=true takes it even from another operator: people go home.
    private static Task<Results<Ok<StateResponse>, ProblemHttpResult>> TakeOver(string id, Acts acts, [FromQuery(Name = "from_holder")] bool fromHolder = false) =>
        acts.Do(id, "claim", (grain, command, by) => grain.TakeOver(command, by, fromHolder));

    private static Task<Results<Ok<StateResponse>, ProblemHttpResult>> HandBack(string id, Acts acts) =>
        acts.Do(id, "hand-back", (grain, command, by) => grain.HandBack(command, by));

    private static async Task<Results<Ok<StateResponse>, InvalidFields, ProblemHttpResult>> Resolve(string id, ResolutionRequest request, Acts acts)
    {
        var check = new Checks();
        var notes = check.Text("notes", request.Notes ?? "", 0, RequestLimits.Notes);
        if (!check.Passed)
            return check.Problem();
        var result = await acts.Do(id, "resolve", (grain, command, by) => grain.Resolve(command, by, notes));
        return result.Result switch { Ok<StateResponse> ok => ok, var problem => (ProblemHttpResult)problem };
    }

    private static Task<Results<Accepted<WrittenResponse>, InvalidFields, ProblemHttpResult>> Reply(string id, TextRequest request, Acts acts) =>
        acts.Write(id, "reply", request.Text, RequestLimits.Text, (grain, command, by, text) => grain.Reply(command, by, text));

    private static Task<Results<Accepted<WrittenResponse>, InvalidFields, ProblemHttpResult>> AddNote(string id, TextRequest request, Acts acts) =>
        acts.Write(id, "note", request.Text, RequestLimits.Notes, (grain, command, by, text) => grain.AddNote(command, by, text));

    private static async Task<Customer?> Find(string id, ICustomerDirectory customers, CancellationToken cancellationToken) =>
        CustomerId.TryParse(id, null, out var customer) ? await customers.Find(customer, cancellationToken) : null;
}
