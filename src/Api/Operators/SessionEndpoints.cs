using FteAgent.Api.Limits;
using FteAgent.Api.Problems;
using FteAgent.Operators;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace FteAgent.Api.Operators;

/// <summary>Signing in to the console and out of it.</summary>
internal static class SessionEndpoints
{
    public static void MapSessionEndpoints(this IEndpointRouteBuilder routes)
    {
        var session = routes.MapGroup("/api/session").WithTags("Session");
        session.MapPost("/", SignIn).LimitInCluster(RateLimits.SignIn).ProducesProblem(StatusCodes.Status401Unauthorized);
        session.MapGet("/", Current).RequireAuthorization(OperatorAuthentication.Name);
        session.MapDelete("/", SignOut).RequireAuthorization(OperatorAuthentication.Name);
    }

    private static async Task<Results<Ok<SessionView>, ProblemHttpResult>> SignIn(
        SignInRequest request, HttpContext context, IOperatorDirectory operators, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.Key is not { Length: > 0 and <= 200 } key || await operators.FindByKey(OperatorKeys.Hash(key.Trim()), cancellationToken) is not { } found)
            return ProblemTypes.Problem(StatusCodes.Status401Unauthorized, ProblemTypes.Unauthorized, "That key does not open the console.", "Check that it was copied whole and has not been revoked.");

        var session = OperatorKeys.NewSecret();
        var expiresAt = time.GetUtcNow() + SessionCookie.Lifetime;
        await operators.StartSession(OperatorKeys.Hash(session), found.Id, expiresAt, cancellationToken);
        SessionCookie.Write(context.Response, session, expiresAt);
        return TypedResults.Ok(new SessionView(found, OperatorAuthentication.Csrf(session)));
    }

    private static Ok<SessionView> Current(HttpContext context) =>
        TypedResults.Ok(new SessionView(
            OperatorAuthentication.Of(context.User),
            SessionCookie.Read(context.Request) is { } session ? OperatorAuthentication.Csrf(session) : null));

    private static async Task<NoContent> SignOut(HttpContext context, IOperatorDirectory operators, CancellationToken cancellationToken)
    {
        if (SessionCookie.Read(context.Request) is { } session)
            await operators.EndSession(OperatorKeys.Hash(session), cancellationToken);
        SessionCookie.Clear(context.Response);
        return TypedResults.NoContent();
    }
}

/// <summary>Signing in with an operator's key.</summary>
/// <param name="Key">The key, as it was shown when the operator was added.</param>
internal sealed record SignInRequest(string? Key);

/// <summary>Who is signed in.</summary>
/// <param name="Operator">The operator.</param>
/// <param name="CsrfToken">What unsafe requests with the session cookie must bear in <c>X-CSRF-Token</c>.</param>
internal sealed record SessionView(Operator Operator, string? CsrfToken);
