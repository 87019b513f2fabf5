using FteAgent.Api.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace FteAgent.Api.Reports;

/// <summary>In which form a report is asked for: <c>?format=</c> says it, else <c>Accept</c>, else it is JSON.</summary>
internal static class ReportFormat
{
    public static bool IsCsv(HttpContext context, string? format, Checks check)
    {
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        if (format is not (null or "json" or "csv"))
            check.Fail("format", "must be json or csv.");
        return format is null ? IsPreferred(context.Request.GetTypedHeaders().Accept) : format is "csv";
    }

    /// <summary>Whoever names CSV wants it, unless they name JSON as well and want that no less. A browser that takes anything gets JSON.</summary>
    private static bool IsPreferred(IList<MediaTypeHeaderValue> accept)
    {
        var csv = Quality(accept, CsvFile.MediaType);
        return csv > 0 && csv > Quality(accept, "application/json");
    }

    private static double Quality(IList<MediaTypeHeaderValue> accept, string mediaType) => accept
        .Where(one => one.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)).Select(one => one.Quality ?? 1).DefaultIfEmpty(0).Max();
}
