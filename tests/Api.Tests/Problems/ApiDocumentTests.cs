using System.Text.RegularExpressions;
using FteAgent.Api.Hosting;
using Microsoft.AspNetCore.Routing;

namespace FteAgent.Api.Problems;

/// <summary>The OpenAPI document tells all that is there.</summary>
[Collection(SiloCollection.Name)]
public sealed partial class ApiDocumentTests(SiloFixture fixture)
{
    private readonly RunningSilo silo = fixture.Silo;

    [Fact]
    public async Task Document_lists_every_endpoint()
    {
        var document = (await silo.Anyone.Get("/openapi/v1.json")).Expect(200);

        var listed = document["paths"].EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name.TrimEnd('/')}"));
        var mapped = silo.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Order == 0 && !endpoint.RoutePattern.RawText!.StartsWith("/openapi", StringComparison.Ordinal))
            // What speaks a protocol of its own is described by that one: docs/mcp.md.
            .Where(endpoint => endpoint.RoutePattern.RawText!.Trim('/') != "mcp")
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method =>
                $"{method} {Slash().Replace(endpoint.RoutePattern.RawText!, "/").TrimEnd('/')}"));
        Assert.Equal(mapped.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        Assert.Equal("FteAgent", document["info"].GetProperty("title").GetString());
    }

    [Theory]
    [InlineData("/support/submit", "post", "201 400 401 413 415 422 429")]
    [InlineData("/support/conversation/messages", "post", "202 400 401 413 415 422 429")]
    [InlineData("/api/conversations/{id}/handoff", "put", "200 401 404 409 429")]
    [InlineData("/api/session", "post", "200 400 401 413 415 429")]
    [InlineData("/health/ready", "get", "200 503")]
    public async Task Problems_are_described_where_they_occur(string path, string method, string statuses)
    {
        var document = (await silo.Anyone.Get("/openapi/v1.json")).Expect(200);

        var operation = document["paths"].EnumerateObject().Single(p => p.Name.TrimEnd('/') == path).Value.GetProperty(method);

        Assert.Superset(statuses.Split(' ').ToHashSet(), operation.GetProperty("responses").EnumerateObject().Select(response => response.Name).ToHashSet());
        if (path.StartsWith("/health", StringComparison.Ordinal))
            Assert.False(operation.GetProperty("responses").TryGetProperty("429", out _));
    }

    [GeneratedRegex("/+")]
    private static partial Regex Slash();
}
