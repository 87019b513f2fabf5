using System.Globalization;
using FteAgent.Api.Problems;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Texts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FteAgent.Api.Inbox;

/// <summary>
/// Gives operators the files that customers sent: as bytes to save, never as something that a browser shows, whatever the sender calls them.
/// </summary>
internal static class Attachments
{
    public const string MediaType = "application/octet-stream";

    private const int LongestName = 150;
    private const string Nameless = "attachment";

    public static async Task<Results<FileContentHttpResult, ProblemHttpResult>> Download(
        string id, string message, string place, HttpContext context, ICustomerDirectory customers, IAttachments attachments, CancellationToken cancellationToken)
    {
        if (!CustomerId.TryParse(id, null, out var customer)
            || !Guid.TryParseExact(message, "N", out var of)
            || !int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || await customers.Find(customer, cancellationToken) is null
            || await attachments.Open(customer, new MessageId(of), number, cancellationToken) is not var (file, content))
            return ProblemTypes.Missing("attachment");
        context.Response.Headers.CacheControl = "private, no-store";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return TypedResults.File(content, MediaType, SafeName(file.Name));
    }

    /// <summary>
    /// A name that means a file and nothing else, wherever it is saved: no folders, nothing unseen, no turn of the writing direction that
    /// would show another ending than the true one, nothing that Windows or a shell takes for its own.
    /// </summary>
    public static string SafeName(string name)
    {
        var safe = new string([.. name[(name.LastIndexOfAny(['/', '\\']) + 1)..].Select(Safe)]).Trim(' ', '.', '_');
        if (safe.Length > LongestName)
        {
            var ending = Path.GetExtension(safe) is { Length: > 0 and <= 10 } known ? known : "";
            safe = SafeCut.At(safe, LongestName - ending.Length) + ending;
        }

        return safe.Length == 0 ? Nameless : safe;
    }

    private static char Safe(char c) => c switch
    {
        '<' or '>' or ':' or '"' or '|' or '?' or '*' or '%' or ';' or '~' or '$' or '`' => '_',
        _ when char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => '_',
        _ => c,
    };
}
