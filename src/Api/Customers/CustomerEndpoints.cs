using FteAgent.Api.Inbox;
using FteAgent.Api.Live;
using FteAgent.Api.Operators;
using FteAgent.Api.Problems;
using FteAgent.Customers;
using FteAgent.Tickets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace FteAgent.Api.Customers;

/// <summary>Operators look customers up.</summary>
internal static class CustomerEndpoints
{
    private const int ResultLimit = 50;
    private const int LongestQuery = 320;
    private const int LongestHistory = 500;

    public static void MapCustomerEndpoints(this IEndpointRouteBuilder routes)
    {
        var customers = routes.MapGroup("/api/customers").WithTags("Customers").RequireAuthorization(OperatorAuthentication.Name);
        customers.MapGet("/", Search);
        customers.MapGet("/{id}", Read).ProducesProblem(StatusCodes.Status404NotFound);
        customers.MapGet("/{id}/history", History).ProducesProblem(StatusCodes.Status404NotFound);
        customers.MapMergeEndpoints();
    }

    private static async Task<Results<Ok<CustomersResponse>, InvalidFields>> Search(
        ICustomerDirectory directory, CancellationToken cancellationToken, string? query = null)
    {
        var check = new Checks();
        var words = check.Text("query", query, 1, LongestQuery);
        if (!check.Passed)
            return check.Problem();
        var found = await directory.Search(words, ResultLimit, cancellationToken);
        return TypedResults.Ok(new CustomersResponse([.. found.Select(CustomerView.Of)]));
    }

    private static async Task<Results<Ok<CustomerView>, ProblemHttpResult>> Read(string id, ICustomerDirectory directory, CancellationToken cancellationToken) =>
        CustomerId.TryParse(id, null, out var customer) && await directory.Find(customer, cancellationToken) is { } found
            ? TypedResults.Ok(CustomerView.Of(found))
            : ProblemTypes.Missing("customer");

    private static async Task<Results<Ok<HistoryResponse>, InvalidFields, ProblemHttpResult>> History(
        string id, ICustomerDirectory directory, ICustomerHistory history, CancellationToken cancellationToken, int? limit = null)
    {
        var check = new Checks();
        if (limit is < 1 or > LongestHistory)
            check.Fail("limit", $"must be from 1 to {LongestHistory}.");
        if (!check.Passed)
            return check.Problem();
        if (!CustomerId.TryParse(id, null, out var customer) || await directory.Find(customer, cancellationToken) is null)
            return ProblemTypes.Missing("customer");
        var entries = await history.Read(customer, limit ?? ICustomerHistory.DefaultLimit, cancellationToken);
        return TypedResults.Ok(new HistoryResponse([.. entries.Select(HistoryEntryView.Of)]));
    }
}

/// <summary>Customers found, latest seen first.</summary>
internal sealed record CustomersResponse(CustomerView[] Customers);

/// <summary>What was said with a person, on whichever channel, oldest first.</summary>
internal sealed record HistoryResponse(HistoryEntryView[] Messages);

/// <summary>A message in a person's history.</summary>
/// <param name="ConversationId">In which conversation it was said.</param>
/// <param name="Message">The message.</param>
/// <param name="Subject">What its matter is about.</param>
/// <param name="Category">Its matter's topic.</param>
/// <param name="TicketStatus">How its matter stands.</param>
/// <param name="Switched">The customer wrote before by another channel.</param>
internal sealed record HistoryEntryView(
    string ConversationId, MessageView Message, string? Subject, TicketCategory? Category, TicketStatus? TicketStatus, bool Switched)
{
    public static HistoryEntryView Of(HistoryEntry entry) => new(
        entry.Conversation.ToString(), MessageView.ForOperator(entry.Message), entry.Matter?.Subject, entry.Matter?.Category, entry.Matter?.Status, entry.Switched);
}
