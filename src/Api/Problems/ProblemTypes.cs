using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FteAgent.Api.Problems;

/// <summary>The problems that clients may want to tell apart (RFC 9457, <c>type</c>).</summary>
internal static class ProblemTypes
{
    public const string Validation = "urn:fte:problem:validation";
    public const string Idempotency = "urn:fte:problem:idempotency-key-reused";
    public const string Held = "urn:fte:problem:held-by-another";
    public const string NotHeld = "urn:fte:problem:not-held";
    public const string Merged = "urn:fte:problem:merged";
    public const string Elsewhere = "urn:fte:problem:goes-on-elsewhere";
    public const string BothWithPeople = "urn:fte:problem:both-with-people";
    public const string Unauthorized = "urn:fte:problem:unauthorized";
    public const string NotFound = "urn:fte:problem:not-found";
    public const string Unavailable = "urn:fte:problem:unavailable";
    public const string Stale = "urn:fte:problem:stale-revision";
    public const string ForeignOrigin = "urn:fte:problem:foreign-origin";
    public const string TooMany = "urn:fte:problem:too-many-requests";

    /// <summary>A problem with one sentence.</summary>
    public static ProblemHttpResult Problem(int status, string type, string title, string detail) =>
        TypedResults.Problem(detail, statusCode: status, title: title, type: type);

    /// <summary>422: an Idempotency-Key stands for one request, and this is another.</summary>
    public static ProblemHttpResult KeyReused() => Problem(
        StatusCodes.Status422UnprocessableEntity, Idempotency, "This Idempotency-Key was used before.",
        "It stands for another message; use a new key for a new message.");

    /// <summary>409: the conversation goes on where this token does not lead.</summary>
    public static ProblemHttpResult GoesOnElsewhere() => Problem(
        StatusCodes.Status409Conflict, Elsewhere, "This conversation goes on elsewhere.",
        "This conversation goes on elsewhere: confirm your address to follow it, or begin a new one.");

    /// <summary>There is no such thing, or the caller may not know of it: the two look alike on purpose.</summary>
    public static ProblemHttpResult Missing(string what) =>
        Problem(StatusCodes.Status404NotFound, NotFound, "Not found.", $"There is no such {what}, or this key does not open it.");
}
