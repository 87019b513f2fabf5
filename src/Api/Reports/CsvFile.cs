using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;

namespace FteAgent.Api.Reports;

/// <summary>A table to save (RFC 4180).</summary>
/// <param name="name">The file's name: ours, so without anything that must be escaped.</param>
/// <param name="text">The table.</param>
internal sealed class CsvFile(string name, string text) : IResult
{
    public const string MediaType = "text/csv";

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = $"{MediaType}; charset=utf-8; header=present";
        response.Headers[HeaderNames.ContentDisposition] = new ContentDispositionHeaderValue("attachment") { FileName = name }.ToString();
        return response.WriteAsync(text, httpContext.RequestAborted);
    }

    /// <summary>Adds it to what an operation is described to answer. Of metadata for one status only the last counts, and the other form has that.</summary>
    public static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (operation.Responses?["200"].Content is { } content)
            content[MediaType] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        return Task.CompletedTask;
    }
}
