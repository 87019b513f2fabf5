using FteAgent.Api.Operators;
using FteAgent.Api.Problems;
using FteAgent.Conversations;
using FteAgent.Customers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace FteAgent.Api.Customers;

/// <summary>An operator says that two customers are one person, and takes it back.</summary>
internal static class MergeEndpoints
{
    /// <summary>Below <c>/api/customers</c>.</summary>
    public static void MapMergeEndpoints(this IEndpointRouteBuilder customers)
    {
        var one = customers.MapGroup("/{id}").ProducesProblem(StatusCodes.Status404NotFound);
        one.MapPost("/merge", Merge).ProducesProblem(StatusCodes.Status409Conflict);
        one.MapGet("/merges", List);
        one.MapDelete("/merges/{merge}", Undo);
    }

    private static async Task<Results<Ok<MergeResponse>, InvalidFields, ProblemHttpResult>> Merge(
        string id, MergeRequest request, HttpContext context, IIdentities identities, ILiveSignals live, CancellationToken cancellationToken)
    {
        var check = new Checks();
        var reason = check.Text("reason", request.Reason, 3, RequestLimits.Reason);
        if (!CustomerId.TryParse(request.Into, null, out var into))
            check.Fail("into", "must be a customer's id.");
        if (!check.Passed)
            return check.Problem();
        if (!CustomerId.TryParse(id, null, out var customer))
            return ProblemTypes.Missing("customer");

        var result = await identities.Merge(customer, into, OperatorAuthentication.Of(context.User).Name, reason, cancellationToken);
        switch (result.Outcome)
        {
            case MergeOutcome.NoCustomer:
                return ProblemTypes.Missing("customer");
            case MergeOutcome.BothWithPeople:
                return ProblemTypes.Problem(
                    StatusCodes.Status409Conflict, ProblemTypes.BothWithPeople, "Both are with people.",
                    "People have both conversations, or are awaited in both. Hand back or resolve one of them first.");
        }

        live.Wake(customer);
        live.Wake(into);
        return TypedResults.Ok(new MergeResponse(result.Merge, result.Into!.Value.ToString()));
    }

    private static async Task<Results<Ok<MergesResponse>, ProblemHttpResult>> List(
        string id, ICustomerDirectory directory, IIdentities identities, CancellationToken cancellationToken) =>
        CustomerId.TryParse(id, null, out var customer) && await directory.Find(customer, cancellationToken) is not null
            ? TypedResults.Ok(new MergesResponse([.. (await identities.Merges(customer, cancellationToken)).Select(MergeView.Of)]))
            : ProblemTypes.Missing("customer");

    private static async Task<Results<NoContent, ProblemHttpResult>> Undo(
        string id, Guid merge, HttpContext context, IIdentities identities, ILiveSignals live, CancellationToken cancellationToken)
    {
        if (!CustomerId.TryParse(id, null, out var customer)
            || (await identities.Merges(customer, cancellationToken)).FirstOrDefault(m => m.Id == merge) is not { } known
            || !await identities.Part(merge, OperatorAuthentication.Of(context.User).Name, cancellationToken))
            return ProblemTypes.Missing("merge");
        live.Wake(known.From);
        live.Wake(known.Into);
        // Whoever it was merged into may itself have been merged since.
        live.Wake(await identities.Canonical(known.Into, cancellationToken));
        return TypedResults.NoContent();
    }
}

/// <summary>With whom a customer is one person, and how the operator knows.</summary>
/// <param name="Into">The other customer's id. Contact goes on there, unless a person has this conversation alone.</param>
/// <param name="Reason">3 to 500 characters.</param>
internal sealed record MergeRequest(string? Into, string? Reason);

/// <summary>They are one customer now.</summary>
/// <param name="Merge">To undo it by; none when they were one already.</param>
/// <param name="Into">With whom contact goes on.</param>
internal sealed record MergeResponse(Guid? Merge, string Into);

/// <summary>A customer's merges, latest first.</summary>
internal sealed record MergesResponse(MergeView[] Merges);

/// <summary>A merge, and whether it was undone.</summary>
internal sealed record MergeView(
    Guid Id, string From, string Into, string By, string Reason, DateTimeOffset At, string? UndoneBy, DateTimeOffset? UndoneAt)
{
    public static MergeView Of(CustomerMerge merge) => new(
        merge.Id, merge.From.ToString(), merge.Into.ToString(), merge.By, merge.Proof, merge.At, merge.UndoneBy, merge.UndoneAt);
}
