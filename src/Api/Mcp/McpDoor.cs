using FteAgent.Api.Limits;
using FteAgent.Api.Operators;
using FteAgent.Api.Problems;
using FteAgent.Customers;
using Microsoft.AspNetCore.Http;

namespace FteAgent.Api.Mcp;

/// <summary>
/// Lets a request in at <c>/mcp</c> when its operator is known: from no foreign page, not too often, and for a customer who exists or for none. The
/// protocol has no sessions any more, so all of it is asked of each request.
/// </summary>
internal sealed class McpDoor(McpOptions options, McpRate rate, ICustomerDirectory customers)
{
    /// <summary>The header that names the customer whom a request is about.</summary>
    public const string CustomerHeader = "Fte-Customer";

    /// <summary>Goes on with a request that may come in, and answers any other.</summary>
    public async Task Enter(HttpContext context, RequestDelegate next)
    {
        if (!IsFromHere(context.Request.Headers.Origin.ToString()))
        {
            await ProblemTypes.Problem(
                StatusCodes.Status403Forbidden, ProblemTypes.ForeignOrigin, "Pages of other sites may not come in here.",
                "Call it from a program, or from a page of this deployment's own address (PUBLIC_URL).").ExecuteAsync(context);
            return;
        }

        var by = OperatorAuthentication.Of(context.User);
        if (rate.Refusal(by) is { } retryAfter)
        {
            await RateLimits.Refuse(context, retryAfter);
            return;
        }

        var named = context.Request.Headers[CustomerHeader].ToString();
        var customer = named.Length > 0 && CustomerId.TryParse(named, null, out var id) ? await customers.Find(id, context.RequestAborted) : null;
        if (named.Length > 0 && customer is null)
        {
            await ProblemTypes.Missing("customer").ExecuteAsync(context);
            return;
        }

        context.Features.Set(new McpCaller(by, customer));
        await next(context);
    }

    // A browser names the page's origin and a program none. That the Host fits proves nothing: whoever owns a name can have it lead to us.
    private bool IsFromHere(string origin) =>
        origin.Length == 0
        || (options.PublicUrl is { } own && Uri.TryCreate(origin, UriKind.Absolute, out var from)
            && Uri.Compare(from, own, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0);
}
