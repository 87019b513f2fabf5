using FteAgent.Api.Inbox;
using FteAgent.Api.Operators;
using FteAgent.Api.Problems;
using FteAgent.Customers;
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

    public static void MapCustomerEndpoints(this IEndpointRouteBuilder routes)
    {
        var customers = routes.MapGroup("/api/customers").WithTags("Customers").RequireAuthorization(OperatorAuthentication.Name);
        customers.MapGet("/", Search);
        customers.MapGet("/{id}", Read).ProducesProblem(StatusCodes.Status404NotFound);
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
}

/// <summary>Customers found, latest seen first.</summary>
internal sealed record CustomersResponse(CustomerView[] Customers);
