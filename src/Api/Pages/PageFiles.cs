using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace FteAgent.Api.Pages;

/// <summary>Serves the pages, a static export of frontend/, at the root.</summary>
public static class PageFiles
{
    private const string PolicyFile = "csp.json";
    private const string MissingPages = "The pages have not been built. Run make build, or see README.md.";

    /// <summary>Serves the files in <paramref name="folder"/> with each page's content security policy. Comes before routing: a file wins over a fallback.</summary>
    public static void UsePages(this IApplicationBuilder app, string folder)
    {
        if (!Exist(folder))
            return;
        var files = new PhysicalFileProvider(folder);
        var scripts = ReadScriptHashes(Path.Combine(folder, PolicyFile));
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            ContentTypeProvider = new FileExtensionContentTypeProvider(),
            OnPrepareResponse = file => Prepare(file, scripts),
        });
    }

    /// <summary>
    /// What no file and no endpoint answers gets the pages' own 404, or a problem when it is not a page that is asked for. Pages are
    /// only ever read: a fallback for all methods would also take in what an endpoint refuses (415, 405), and call it missing.
    /// </summary>
    public static void MapMissingPages(this IEndpointRouteBuilder routes, string folder) =>
        routes.MapMethods("/{**path}", [HttpMethods.Get, HttpMethods.Head], context => Missing(context, folder)).WithOrder(int.MaxValue);

    private static bool Exist(string folder) => File.Exists(Path.Combine(folder, "index.html"));

    private static async Task Missing(HttpContext context, string folder)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        if (!context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
            return;
        if (!Exist(folder))
        {
            await context.Response.WriteAsync(MissingPages);
            return;
        }

        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = Policy(ReadScriptHashes(Path.Combine(folder, PolicyFile)).GetValueOrDefault("404.html", []));
        await context.Response.SendFileAsync(Path.Combine(folder, "404.html"));
    }

    private static void Prepare(StaticFileResponseContext file, Dictionary<string, string[]> scripts)
    {
        var headers = file.Context.Response.Headers;
        var path = file.Context.Request.Path.Value ?? "/";
        // Names under _next carry a hash of their content; pages do not.
        headers.CacheControl = path.StartsWith("/_next/static/", StringComparison.Ordinal) ? "public, max-age=31536000, immutable" : "no-cache";
        if (path.EndsWith(".html", StringComparison.Ordinal))
            headers.ContentSecurityPolicy = Policy(scripts.GetValueOrDefault(path.TrimStart('/'), []));
    }

    private static string Policy(string[] scriptHashes) =>
        $"default-src 'none'; script-src 'self'{string.Concat(scriptHashes.Select(hash => $" {hash}"))}; style-src 'self'; "
        + "img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static Dictionary<string, string[]> ReadScriptHashes(string path) =>
        File.Exists(path) ? JsonSerializer.Deserialize<Dictionary<string, string[]>>(File.ReadAllBytes(path)) ?? [] : [];
}
