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

    /// <summary>How long a mail may take to come, once it has begun to.</summary>
    private static readonly TimeSpan DownloadWithin = TimeSpan.FromSeconds(30);

    private const int Step = 64 * 1024;

    /// <summary>How its JSON is written.</summary>
    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Whether we may write and send drafts, as far as Google said.</summary>
    public bool MayWrite => tokens.MayWrite;

    /// <summary>Reads what lies at a path below the mailbox; null where it is not there (404).</summary>
    /// <exception cref="MailboxUnavailableException">Gmail did not answer as it should.</exception>
    public async Task<T?> Find<T>(string path, CancellationToken cancellationToken)
        where T : class
    {
        using var response = await Ask(() => new(HttpMethod.Get, At(path)), HttpCompletionOption.ResponseContentRead, cancellationToken).ConfigureAwait(false);
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
        Ask(() => new(HttpMethod.Post, At(path)) { Content = JsonContent.Create(body, options: Json) }, HttpCompletionOption.ResponseContentRead, cancellationToken);

    /// <summary>Reads what lies at a path as it comes, up to a limit; null where it is not there (404).</summary>
    /// <param name="path">The path.</param>
    /// <param name="expected">About how many bytes it has.</param>
    /// <param name="limit">So many are read at most.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="MailboxUnavailableException">Gmail did not answer as it should.</exception>
    public async Task<Downloaded?> Download(string path, int expected, int limit, CancellationToken cancellationToken)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var response = await Ask(() => new(HttpMethod.Get, At(path)), HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.NotFound)
            return null;
        if (!response.IsSuccessStatusCode)
            throw new MailboxUnavailableException($"Gmail answered {(int)response.StatusCode}");
        time.CancelAfter(DownloadWithin);
        try
        {
            var body = await response.Content.ReadAsStreamAsync(time.Token).ConfigureAwait(false);
            await using (body.ConfigureAwait(false))
                return await Read(body, (int)Math.Clamp(response.Content.Headers.ContentLength ?? expected, Step, limit), limit, time.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException)
        {
            throw new MailboxUnavailableException("Gmail's answer broke off");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MailboxUnavailableException("Gmail did not answer in time");
        }
    }

    private static async Task<Downloaded> Read(Stream body, int expected, int limit, CancellationToken cancellationToken)
    {
        var buffer = new byte[expected];
        for (var length = 0; ;)
        {
            if (length == buffer.Length)
            {
                // Where it ends just there it is whole.
                var one = new byte[1];
                if (await body.ReadAsync(one, cancellationToken).ConfigureAwait(false) == 0)
                    return new(buffer, length, IsWhole: true);
                if (length >= limit)
                    return new(buffer, length, IsWhole: false);
                Array.Resize(ref buffer, (int)Math.Min(limit, (long)length + length / 4 + Step));
                buffer[length++] = one[0];
                continue;
            }

            var read = await body.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return new(buffer, length, IsWhole: true);
            length += read;
        }
    }

    private Uri At(string path) => new(options.Api, Root + path);

    private async Task<HttpResponseMessage> Ask(
        Func<HttpRequestMessage> make, HttpCompletionOption until, CancellationToken cancellationToken)
    {
        try
        {
            var token = await tokens.Get(null, cancellationToken).ConfigureAwait(false);
            var response = await Once(make, token, until, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode is not HttpStatusCode.Unauthorized)
                return response;
            // It was taken back before its time.
            response.Dispose();
            token = await tokens.Get(token, cancellationToken).ConfigureAwait(false);
            return await Once(make, token, until, cancellationToken).ConfigureAwait(false);
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

    private async Task<HttpResponseMessage> Once(Func<HttpRequestMessage> make, string token, HttpCompletionOption until, CancellationToken cancellationToken)
    {
        using var request = make();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await http.SendAsync(request, until, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads an answer.</summary>
    /// <exception cref="MailboxUnavailableException">It is none.</exception>
    public static async Task<T> Read<T>(HttpResponseMessage response, CancellationToken cancellationToken)
        where T : class
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
