using FteAgent.Api.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace FteAgent.Api.Webhooks;

/// <summary>Reads a form that a stranger may have sent: no more of it than is allowed, names told apart by their case, as signatures do.</summary>
internal static class WebhookBody
{
    /// <summary>The most that a form may have, in bytes; Twilio's are below four kilobytes.</summary>
    public const int Limit = 64 * 1024;

    /// <summary>The most names and values of a form; Twilio's have about thirty.</summary>
    private const int PairLimit = 200;
    private const int NameLimit = 128;

    /// <summary>The form's names and values in order, or the problem with it.</summary>
    public static async Task<(List<KeyValuePair<string, string>> Form, IResult? Problem)> ReadForm(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType || request.ContentType!.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase))
            return ([], ProblemTypes.Problem(
                StatusCodes.Status415UnsupportedMediaType, ProblemTypes.Validation, "The request must be a form.", "Send application/x-www-form-urlencoded."));
        if (await Read(request, cancellationToken) is not { } body)
            return ([], ProblemTypes.Problem(
                StatusCodes.Status413PayloadTooLarge, ProblemTypes.Validation, "The request is too large.", $"The body may have at most {Limit / 1024} KiB."));

        try
        {
            var form = new List<KeyValuePair<string, string>>();
            using var reader = new FormReader(body) { KeyLengthLimit = NameLimit, ValueLengthLimit = Limit };
            while (await reader.ReadNextPairAsync(cancellationToken) is { } pair)
            {
                if (form.Count == PairLimit)
                    return ([], Unreadable());
                form.Add(pair);
            }

            return (form, null);
        }
        catch (InvalidDataException)
        {
            return ([], Unreadable());
        }
    }

    /// <summary>The value of a name; empty where there is none.</summary>
    public static string Value(this IEnumerable<KeyValuePair<string, string>> form, string name) =>
        form.FirstOrDefault(pair => pair.Key == name) is { Value: { } value } ? value : "";

    private static async Task<MemoryStream?> Read(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > Limit)
            return null;
        var body = new MemoryStream();
        var buffer = new byte[8 * 1024];
        while (await request.Body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (body.Length + read > Limit)
                return null;
            body.Write(buffer, 0, read);
        }

        body.Position = 0;
        return body;
    }

    private static IResult Unreadable() =>
        ProblemTypes.Problem(StatusCodes.Status400BadRequest, ProblemTypes.Validation, "The form cannot be read.", $"It may have at most {PairLimit} fields, with names of at most {NameLimit} characters.");
}
