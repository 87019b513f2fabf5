using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;

namespace FteAgent.Api.Pages;

/// <summary>Serves the pages, a static export of frontend/, at the root.</summary>
public static class PageFiles
{
    private const string MissingPages = "The pages have not been built. Run make build, or see README.md.";

    /// <summary>Serves the files in <paramref name="folder"/> with each page's content security policy; unknown paths get its 404 page.</summary>
    public static void UsePages(this IApplicationBuilder app, string folder)
    {
        if (!File.Exists(Path.Combine(folder, "index.html")))
        {
            app.Run(context => context.Request.Path == "/" ? context.Response.WriteAsync(MissingPages) : NotFound(context, null));
            return;
        }

        var files = new PhysicalFileProvider(folder);
        var scripts = ReadScriptHashes(Path.Combine(folder, "csp.json"));
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            ContentTypeProvider = new FileExtensionContentTypeProvider(),
            OnPrepareResponse = file => Prepare(file, scripts),
        });
        app.Run(context => NotFound(context, files));
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
        $"default-src 'none'; script-src 'self'{string.Concat(scriptHashes.Select(hash => $" '{hash}'"))}; style-src 'self'; "
        + "img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static async Task NotFound(HttpContext context, IFileProvider? files)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        var wantsPage = context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
        if (wantsPage && files?.GetFileInfo("404.html") is { Exists: true } page)
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.SendFileAsync(page);
            return;
        }

        await context.RequestServices.GetRequiredService<IProblemDetailsService>().TryWriteAsync(new() { HttpContext = context, ProblemDetails = { Status = 404, Title = "Not found." } });
    }

    private static Dictionary<string, string[]> ReadScriptHashes(string path) =>
        File.Exists(path) ? JsonSerializer.Deserialize<Dictionary<string, string[]>>(File.ReadAllBytes(path)) ?? [] : [];
}
