using FteAgent.Api.Operators;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.OpenApi;

namespace FteAgent.Api.Problems;

/// <summary>What /openapi/v1.json tells beside what the endpoints' own types do: the product's name, and the problems that the pipeline answers with.</summary>
internal static class ApiDocument
{
    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "FteAgent";
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var metadata = context.Description.ActionDescriptor.EndpointMetadata;
            if (metadata.OfType<IAuthorizeData>().FirstOrDefault()?.Policy is { } policy)
                Describe(operation, "401", policy is OperatorAuthentication.Name ? "No operator's key or session, or no CSRF token." : "No conversation token.");
            if (metadata.OfType<IAcceptsMetadata>().Any())
            {
                Describe(operation, "400", "The body cannot be read.");
                Describe(operation, "413", "The body is too large.");
                Describe(operation, "415", "The body is not JSON.");
            }

            if (!metadata.OfType<DisableRateLimitingAttribute>().Any())
                Describe(operation, "429", "Too many requests; Retry-After tells when to come again.");
            return Task.CompletedTask;
        });
    }

    private static void Describe(OpenApiOperation operation, string status, string description) =>
        (operation.Responses ??= []).TryAdd(status, new OpenApiResponse { Description = description });
}
