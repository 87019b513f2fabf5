using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Text.Json;

namespace FteAgent.OpenAI;

/// <summary>
/// Reads what went wrong at an endpoint from what the client library throws. Of the endpoint's own words only the error's code is kept, and the name
/// of a field of ours that it does not take.
/// Source: OpenAI API, "Error codes".
/// </summary>
internal static class EndpointFailures
{
    /// <summary>What went wrong; null for what is nothing of an endpoint's, such as the end of our patience.</summary>
    public static ModelFailure? Read(Exception failure, TimeProvider time) => failure switch
    {
        ModelFailure read => read,
        OperationCanceledException => null,
        ClientResultException { Status: 0 } => new(ModelFault.Unreachable),
        ClientResultException refused => Read(refused, time),
        HttpRequestException => new(ModelFault.Unreachable),
        IOException => new(ModelFault.CutOff),
        // The library knows no exception of its own for a chunk in a form that it does not expect: it stumbles, each time in another way.
        _ => new(ModelFault.Nonsense),
    };

    private static ModelFailure Read(ClientResultException refused, TimeProvider time)
    {
        var response = refused.GetRawResponse();
        var fault = refused.Status switch
        {
            429 when Code(response) is "insufficient_quota" => ModelFault.QuotaSpent,
            429 => ModelFault.RateLimited,
            401 or 403 => ModelFault.Denied,
            408 or 409 or >= 500 => ModelFault.Unavailable,
            // A whole answer where a stream was asked for, or a proxy's page, ends up here as well.
            >= 200 and < 300 => ModelFault.Nonsense,
            _ => ModelFault.NotAccepted,
        };
        return new(fault, refused.Status, RetryAfter(response, time), field: fault is ModelFault.NotAccepted ? Told(response, OptionalFields.NamedIn) : null);
    }

    private static string? Code(PipelineResponse? response) =>
        Told(response, static body => Field(body, "error") is { } error ? Field(error, "code")?.GetString() ?? Field(error, "type")?.GetString() : null);

    private static string? Told(PipelineResponse? response, Func<JsonElement, string?> read)
    {
        try
        {
            if (response?.Content is not { } body)
                return null;
            using var document = JsonDocument.Parse(body);
            return read(document.RootElement);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            return null;   // A proxy's page, or nothing at all.
        }
    }

    private static JsonElement? Field(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    /// <summary>Seconds or a date (RFC 9110, 10.2.3), or the milliseconds that some endpoints add.</summary>
    private static TimeSpan? RetryAfter(PipelineResponse? response, TimeProvider time)
    {
        if (response is null)
            return null;
        if (response.Headers.TryGetValue("retry-after-ms", out var exact) && Number(exact) is { } milliseconds)
            return TimeSpan.FromMilliseconds(milliseconds);
        if (!response.Headers.TryGetValue("Retry-After", out var told) || told is null)
            return null;
        if (Number(told) is { } seconds)
            return TimeSpan.FromSeconds(seconds);
        return DateTimeOffset.TryParseExact(told, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? (at - time.GetUtcNow()) is { Ticks: > 0 } left ? left : TimeSpan.Zero
            : null;
    }

    /// <summary>A number that a wait can be made of; beyond a day all are alike.</summary>
    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, TimeSpan.SecondsPerDay) : null;
}
