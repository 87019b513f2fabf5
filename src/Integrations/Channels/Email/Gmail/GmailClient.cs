using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FteAgent.Channels.Email.Gmail;

/// <summary>Asks Gmail's API, with a token that holds. Source: developers.google.com/gmail/api/reference/rest.</summary>
internal sealed class GmailClient(HttpClient http, GmailTokens tokens, GmailOptions options)
{
    private const string Root = "/gmail/v1/users/me/";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Reads what lies at a path below the mailbox; null where it is not there (404).</summary>
    /// <exception cref="MailboxUnavailableException">Gmail did not answer as it should.</exception>
    public async Task<T?> Find<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        using var response = await Ask(() => new(HttpMethod.Get, At(path)), cancellationToken).ConfigureAwait(false);
        return response.StatusCode is HttpStatusCode.NotFound ? null : await Read<T>(response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads what is always there.</summary>
    /// <exception cref="MailboxUnavailableException">Gmail did not answer as it should.</exception>
    public async Task<T> Get<T>(string path, CancellationToken cancellationToken)
        where T : class => await Find<T>(path, cancellationToken).ConfigureAwait(false) ?? throw new MailboxUnavailableException("Gmail answered 404");

    /// <summary>Asks Gmail to do something.</summary>
    /// <exception cref="MailboxUnavailableException">Gmail did not answer as it should.</exception>
    public async Task<T> Post<T>(string path, object body, CancellationToken cancellationToken)
        where T : class
    {
        using var response = await Send(path, body, cancellationToken).ConfigureAwait(false);
        return await Read<T>(response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks Gmail to do something, and gives its answer as it is.</summary>
    /// <exception cref="MailboxUnavailableException">Gmail could not be asked.</exception>
    public Task<HttpResponseMessage> Send(string path, object body, CancellationToken cancellationToken) =>
        Ask(() => new(HttpMethod.Post, At(path)) { Content = JsonContent.Create(body, options: Json) }, cancellationToken);

    private Uri At(string path) => new(options.Api, Root + path);

    private async Task<HttpResponseMessage> Ask(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        try
        {
            var token = await tokens.Get(null, cancellationToken).ConfigureAwait(false);
            var response = await Once(make, token, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode is not HttpStatusCode.Unauthorized)
                return response;
            // It was taken back before its time.
            response.Dispose();
            token = await tokens.Get(token, cancellationToken).ConfigureAwait(false);
            return await Once(make, token, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException failure) when (failure.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded)
        {
            // It would be as large the next time.
            throw new InvalidDataException("Gmail's answer is larger than any mail may be.");
        }
        catch (HttpRequestException failure)
        {
            throw new MailboxUnavailableException($"Gmail cannot be reached ({failure.HttpRequestError})");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MailboxUnavailableException("Gmail did not answer in time");
        }
    }

    private async Task<HttpResponseMessage> Once(Func<HttpRequestMessage> make, string token, CancellationToken cancellationToken)
    {
        using var request = make();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<T> Read<T>(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
            throw new MailboxUnavailableException($"Gmail answered {(int)response.StatusCode}");
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken).ConfigureAwait(false)
                ?? throw new MailboxUnavailableException("Gmail answered nothing");
        }
        catch (JsonException)
        {
            throw new MailboxUnavailableException("Gmail answered what is no JSON of its own");
        }
    }
}
