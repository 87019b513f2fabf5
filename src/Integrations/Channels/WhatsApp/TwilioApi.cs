using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FteAgent.Channels.WhatsApp;

/// <summary>
/// The three requests to Twilio's REST API that WhatsApp needs: send a message, list those to one customer, look at the account.
/// Source: Twilio Docs, "Messages resource" and "REST API: Account", version 2010-04-01.
/// </summary>
internal sealed class TwilioApi(HttpClient http, WhatsAppOptions options)
{
    /// <summary>How many of the latest messages to a customer are looked through; one page.</summary>
    public const int ListLimit = 100;

    /// <summary>The largest answer that is read: a page of messages is a fifth of it.</summary>
    private const int AnswerLimit = 1024 * 1024;

    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
    };

    /// <summary>A client for it.</summary>
    public static TwilioApi Create(WhatsAppOptions options) => new(
        // A redirect could lead the secret-bearing request anywhere, so none is followed.
        new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = ConnectionLifetime, UseCookies = false })
        {
            MaxResponseContentBufferSize = AnswerLimit,
        },
        options);

    /// <summary>Sends a message.</summary>
    public Task<TwilioAnswer<TwilioMessage>> Send(IReadOnlyList<KeyValuePair<string, string>> form, CancellationToken cancellationToken) =>
        Ask<TwilioMessage>(HttpMethod.Post, "/Messages.json", new FormUrlEncodedContent(form), cancellationToken);

    /// <summary>The latest messages from one of our numbers to a customer. Not by date: what is queued has none yet.</summary>
    public Task<TwilioAnswer<TwilioPage>> List(string from, string to, CancellationToken cancellationToken) =>
        Ask<TwilioPage>(
            HttpMethod.Get, FormattableString.Invariant($"/Messages.json?To={Uri.EscapeDataString(to)}&From={Uri.EscapeDataString(from)}&PageSize={ListLimit}"), null,
            cancellationToken);

    /// <summary>The account itself.</summary>
    public Task<TwilioAnswer<TwilioAccount>> Account(CancellationToken cancellationToken) => Ask<TwilioAccount>(HttpMethod.Get, ".json", null, cancellationToken);

    private async Task<TwilioAnswer<T>> Ask<T>(HttpMethod method, string what, HttpContent? content, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(method, new Uri(options.Api, $"/2010-04-01/Accounts/{options.AccountSid}{what}")) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.AccountSid}:{options.AuthToken}")));
        request.Headers.Accept.Add(new("application/json"));
        using var response = await http.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? new(response.StatusCode, Read<T>(body), null, null)
            : new(response.StatusCode, null, Read<TwilioProblem>(body)?.Code, response.Headers.RetryAfter?.Delta);
    }

    private static T? Read<T>(byte[] body)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(body, Json);
        }
        catch (JsonException)
        {
            return null;   // A proxy's page, or nothing at all.
        }
    }

    private sealed record TwilioProblem(int? Code);
}

/// <summary>What Twilio answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Value">What was asked for; null where it was refused, or cannot be read.</param>
/// <param name="Code">Twilio's own code of what went wrong.</param>
/// <param name="RetryAfter">How long it asked us to wait.</param>
internal sealed record TwilioAnswer<T>(HttpStatusCode Status, T? Value, int? Code, TimeSpan? RetryAfter)
    where T : class
{
    /// <summary>Whether it was done.</summary>
    public bool IsDone => Status is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices;
}

/// <summary>A message at Twilio.</summary>
/// <param name="Sid">Its id there.</param>
/// <param name="Body">Its words; of a template, with the variables put in.</param>
/// <param name="Direction"><c>inbound</c>, <c>outbound-api</c> and others.</param>
/// <param name="DateCreated">When Twilio took it (RFC 2822).</param>
internal sealed record TwilioMessage(string? Sid, string? Body, string? Direction, string? DateCreated);

/// <summary>A page of messages, the latest first.</summary>
/// <param name="Messages">The messages.</param>
internal sealed record TwilioPage(IReadOnlyList<TwilioMessage>? Messages);

/// <summary>An account at Twilio.</summary>
/// <param name="Status"><c>active</c>, <c>suspended</c> or <c>closed</c>.</param>
internal sealed record TwilioAccount(string? Status);
