using System.Net.Http.Json;
using System.Text.Json;

namespace FteAgent.Channels.Email.Gmail;

/// <summary>The access token that opens the mailbox: made of the refresh token, and kept until shortly before it ends.</summary>
internal sealed class GmailTokens(HttpClient http, GmailOptions options, TimeProvider time) : IDisposable
{
    /// <summary>A token that ends on its way is of no use.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    // Source: developers.google.com/workspace/gmail/api/reference/rest/v1/users.drafts/create.
    private static readonly string[] ForDrafts =
        ["https://www.googleapis.com/auth/gmail.compose", "https://www.googleapis.com/auth/gmail.modify", "https://mail.google.com/"];

    private readonly SemaphoreSlim one = new(1, 1);
    private volatile Token? token;

    /// <summary>A token that holds now.</summary>
    /// <param name="refused">One that was just refused, and is not given again.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <exception cref="MailboxUnavailableException">None was given.</exception>
    public async ValueTask<string> Get(string? refused, CancellationToken cancellationToken)
    {
        if (Holds(refused) is { } known)
            return known;
        await one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Holds(refused) is { } meanwhile)
                return meanwhile;
            var made = await Make(cancellationToken).ConfigureAwait(false);
            token = made;
            return made.Value;
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Whether the mailbox's owner agreed to drafts; true where Google did not say.</summary>
    public bool MayWrite => token?.Scopes is not { Length: > 0 } scopes || scopes.Split(' ').Any(ForDrafts.Contains);

    /// <inheritdoc/>
    public void Dispose() => one.Dispose();

    private string? Holds(string? refused) =>
        token is { } known && known.Value != refused && time.GetUtcNow() < known.EndsAt ? known.Value : null;

    private async Task<Token> Make(CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(
        [
            new("client_id", options.ClientId), new("client_secret", options.ClientSecret), new("refresh_token", options.RefreshToken), new("grant_type", "refresh_token"),
        ]);
        try
        {
            using var response = await http.PostAsync(options.TokenEndpoint, form, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                throw new MailboxUnavailableException((int)response.StatusCode is 400 or 401
                    ? "Google does not take the refresh token; see docs/channels.md for how to have a new one"
                    : $"Google's token endpoint answered {(int)response.StatusCode}");
            var answer = await response.Content.ReadFromJsonAsync<TokenAnswer>(cancellationToken).ConfigureAwait(false);
            return answer is { AccessToken: { Length: > 0 } value }
                ? new(value, time.GetUtcNow() + TimeSpan.FromSeconds(answer.ExpiresIn) - Margin, answer.Scope)
                : throw new MailboxUnavailableException("Google's token endpoint gave no token");
        }
        catch (HttpRequestException failure)
        {
            throw new MailboxUnavailableException($"Google's token endpoint cannot be reached ({failure.HttpRequestError})");
        }
        catch (JsonException)
        {
            throw new MailboxUnavailableException("Google's token endpoint answered what is no JSON of its own");
        }
    }

    private sealed record Token(string Value, DateTimeOffset EndsAt, string? Scopes);
}
