using System.Text.Json;
using FteAgent.Conversations;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace FteAgent.Api.Problems;

/// <summary>Turns what went wrong into problem details: a bad request is the caller's 4xx, a record that cannot be written is 503 with Retry-After.</summary>
internal sealed partial class FailureHandler(ILogger<FailureHandler> logger) : IExceptionHandler
{
    private const string RetryAfterSeconds = "5";

    /// <inheritdoc/>
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
            return true;

        var problem = exception switch
        {
            BadHttpRequestException bad => Bad(bad, LargestBody(httpContext)),
            // The caller is still there, so a cancellation is an engine's that gave up.
            RecordUnavailableException or TimeoutException or OrleansException or OperationCanceledException => Unavailable(httpContext),
            _ => new ProblemDetails { Status = StatusCodes.Status500InternalServerError, Title = "Something went wrong on our side." },
        };
        var endpoint = httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.DisplayName ?? "";
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
            LogUnavailable(logger, httpContext.Request.Method, endpoint, exception.GetType().Name);
        else if (problem.Status >= StatusCodes.Status500InternalServerError)
            LogFailed(logger, exception, httpContext.Request.Method, endpoint);
        // Written whatever the caller accepts: an empty answer would tell nobody what was wrong.
        await TypedResults.Problem(problem).ExecuteAsync(httpContext);
        return true;
    }

    private static ProblemDetails Bad(BadHttpRequestException bad, long largestBody) => new()
    {
        Status = bad.StatusCode,
        Title = bad.StatusCode switch
        {
            StatusCodes.Status413PayloadTooLarge => "The request is too large.",
            StatusCodes.Status415UnsupportedMediaType => "The request must be JSON.",
            StatusCodes.Status408RequestTimeout => "The request took too long to arrive.",
            _ => "The request cannot be read.",
        },
        Detail = (bad.StatusCode, bad.InnerException) switch
        {
            (StatusCodes.Status413PayloadTooLarge, _) => $"The body may have at most {largestBody / 1024} KiB.",
            // The path and line come from the reader; the caller's own text does not.
            (_, JsonException { Path: { Length: > 0 } path } json) when path != "$" => $"The JSON does not fit at {path} (line {json.LineNumber + 1}).",
            (_, JsonException json) => $"The body is not valid JSON (line {json.LineNumber + 1}).",
            _ when bad is BadHeaderException => bad.Message,
            (StatusCodes.Status400BadRequest, null) => "The body must be a JSON object, and each parameter of its documented form.",
            _ => null,
        },
    };

    private static long LargestBody(HttpContext context) =>
        context.Features.Get<IExceptionHandlerFeature>()?.Endpoint?.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? RequestLimits.Body;

    private static ProblemDetails Unavailable(HttpContext context)
    {
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return new()
        {
            Status = StatusCodes.Status503ServiceUnavailable,
            Type = ProblemTypes.Unavailable,
            Title = "We can't take this right now.",
            Detail = "It may not have been stored. Please send it again in a few seconds, with the same Idempotency-Key: what was stored is not stored twice.",
        };
    }

    // A line without a stack: while a database is away there are thousands, and whoever found it away has told why (1005, 9101).
    [LoggerMessage(4002, LogLevel.Warning, "{Method} {Endpoint} could not be served now ({Reason}).")]
    private static partial void LogUnavailable(ILogger logger, string method, string endpoint, string reason);

    [LoggerMessage(4001, LogLevel.Error, "{Method} {Endpoint} failed.")]
    private static partial void LogFailed(ILogger logger, Exception failure, string method, string endpoint);
}
