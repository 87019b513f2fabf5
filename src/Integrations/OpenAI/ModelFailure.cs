using System.Globalization;

namespace FteAgent.OpenAI;

/// <summary>Why a model gave no answer.</summary>
internal enum ModelFault
{
    /// <summary>It asks us to slow down (429).</summary>
    RateLimited,

    /// <summary>Its account has no money left (429 with <c>insufficient_quota</c>); asking again does not help.</summary>
    QuotaSpent,

    /// <summary>It says that it cannot serve now (5xx, 408, 409, or an error in the middle of a stream).</summary>
    Unavailable,

    /// <summary>Nobody answers at its address.</summary>
    Unreachable,

    /// <summary>The answer stopped before its end.</summary>
    CutOff,

    /// <summary>The first token, or the whole answer, took too long.</summary>
    TimedOut,

    /// <summary>What came is not in the form that the API's documents tell.</summary>
    Nonsense,

    /// <summary>The answer reached its limit before its end.</summary>
    TooLong,

    /// <summary>The endpoint's own filter held the answer back.</summary>
    Filtered,

    /// <summary>The key does not open this model (401, 403).</summary>
    Denied,

    /// <summary>The request is not taken as it is (any other 4xx, or a redirect).</summary>
    NotAccepted,

    /// <summary>It was not asked: it failed too often just now.</summary>
    CircuitOpen,

    /// <summary>It was not asked: too many of this silo's requests are before this one.</summary>
    Crowded,
}

/// <summary>
/// A model gave no answer. The message is made of our own words alone, and no inner exception is kept: what an endpoint or its client library
/// says may repeat the key or a customer's words.
/// </summary>
internal sealed class ModelFailure : Exception
{
    /// <summary>Tells what went wrong.</summary>
    /// <param name="fault">Why there is no answer.</param>
    /// <param name="status">The HTTP status, where one came.</param>
    /// <param name="retryAfter">How long the endpoint, or the circuit, asks to wait.</param>
    /// <param name="use">What the failed answer has used, where it is known: it is paid all the same.</param>
    /// <param name="field">Which of the <see cref="OptionalFields"/> the endpoint does not take, where it names one.</param>
    public ModelFailure(ModelFault fault, int? status = null, TimeSpan? retryAfter = null, TokenUse? use = null, string? field = null)
        : base($"The model gave no answer: {fault}{Http(status)}.{Advice(field)}") =>
        (Fault, Status, RetryAfter, Use, Field) = (fault, status, retryAfter, use, field);

    /// <summary>Why there is no answer.</summary>
    public ModelFault Fault { get; }

    /// <summary>The HTTP status, where one came.</summary>
    public int? Status { get; }

    /// <summary>How long the endpoint, or the circuit, asks to wait.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Whether the same question may be answered a little later.</summary>
    public bool MayPass =>
        Fault is ModelFault.RateLimited or ModelFault.Unavailable or ModelFault.Unreachable or ModelFault.CutOff or ModelFault.TimedOut or ModelFault.Nonsense;

    /// <summary>Whether the request was not taken at all, so that nothing is to be paid.</summary>
    public bool WasRefused => Status is not null || Fault is ModelFault.Unreachable or ModelFault.CircuitOpen or ModelFault.Crowded;

    /// <summary>Whether it says something about the endpoint, and not about this one question.</summary>
    public bool TellsOfEndpoint => MayPass || Fault is ModelFault.QuotaSpent or ModelFault.Denied;

    /// <summary>What the failed answer has used, where it is known.</summary>
    public TokenUse? Use { get; }

    /// <summary>Which of the <see cref="OptionalFields"/> the endpoint does not take, where it names one.</summary>
    public string? Field { get; }

    private static string Http(int? status) => status is { } code ? string.Create(CultureInfo.InvariantCulture, $" (HTTP {code})") : "";

    private static string Advice(string? field) => field is null ? "" : $" The endpoint does not take the field {field}: add it to Model__Omit.";
}
