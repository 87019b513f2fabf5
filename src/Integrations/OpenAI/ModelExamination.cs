using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace FteAgent.OpenAI;

/// <summary>How an endpoint stands.</summary>
public enum ModelStanding
{
    /// <summary>It takes our key and has the models that are set.</summary>
    Ready,

    /// <summary>It takes our key, and does not list one of the models.</summary>
    Unlisted,

    /// <summary>It answers, and does not tell which models it has; not every endpoint does.</summary>
    Untold,

    /// <summary>It does not take our key.</summary>
    Refused,

    /// <summary>It does not answer, or says that it cannot serve.</summary>
    Unreachable,
}

/// <summary>What was found at an endpoint.</summary>
/// <param name="Standing">How it stands.</param>
/// <param name="Missing">The models that it does not list.</param>
public sealed record ModelFacts(ModelStanding Standing, ImmutableArray<string> Missing);

/// <summary>Asks an endpoint which models it has (OpenAI API, "List models"). It costs nothing, and no text is sent.</summary>
public sealed class ModelExamination(OpenAiOptions options)
{
    private const int AnswerLimit = 4 * 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Looks.</summary>
    public async Task<ModelFacts> Look(CancellationToken cancellationToken)
    {
        // A redirect could lead the key anywhere, so none is followed.
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            MaxResponseContentBufferSize = AnswerLimit,
            Timeout = Patience,
        };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{options.BaseUrl.AbsoluteUri.TrimEnd('/')}/models"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Key);
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            return response.StatusCode switch
            {
                HttpStatusCode.OK => Compare(await response.Content.ReadAsByteArrayAsync(cancellationToken)),
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(ModelStanding.Refused, []),
                >= HttpStatusCode.InternalServerError => new(ModelStanding.Unreachable, []),
                _ => new(ModelStanding.Untold, []),
            };
        }
        catch (Exception silent) when (silent is HttpRequestException || (silent is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new(ModelStanding.Unreachable, []);
        }
    }

    private ModelFacts Compare(byte[] answer)
    {
        if (Listed(answer) is not { } listed)
            return new(ModelStanding.Untold, []);
        var missing = new[] { options.Model, options.FallbackModel, options.EmbeddingModel }.OfType<string>().Where(model => !listed.Contains(model)).ToImmutableArray();
        return new(missing.IsEmpty ? ModelStanding.Ready : ModelStanding.Unlisted, missing);
    }

    private static HashSet<string>? Listed(byte[] answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            return [.. document.RootElement.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()!)];
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }
}
