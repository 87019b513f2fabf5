using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace FteAgent.Channels.Email.Gmail;

/// <summary>
/// Checks the token that Pub/Sub sends with each push: made by Google, for us, by the one service account, and not over.
/// Source: cloud.google.com/pubsub/docs/authenticate-push-subscriptions.
/// </summary>
internal sealed partial class PushProof : IPushProof
{
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(1);

    private readonly JsonWebTokenHandler tokens = new() { MapInboundClaims = false };
    private readonly PushOptions options;
    private readonly TimeProvider time;
    private readonly ConfigurationManager<OpenIdConnectConfiguration> keys;
    private readonly ILogger<PushProof> logger;

    public PushProof(HttpClient http, PushOptions options, TimeProvider time, ILogger<PushProof> logger)
    {
        (this.options, this.time, this.logger) = (options, time, logger);
        keys = new(options.Metadata.ToString(), new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever(http) { RequireHttps = !options.Metadata.IsLoopback });
    }

    /// <inheritdoc/>
    public async Task<bool> Proves(string token, CancellationToken cancellationToken)
    {
        if (!tokens.CanReadToken(token))
            return false;
        var result = await Validate(token, cancellationToken).ConfigureAwait(false);
        if (result?.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // Google has changed its keys. How often they are read anew at most, the manager decides.
            keys.RequestRefresh();
            result = await Validate(token, cancellationToken).ConfigureAwait(false);
        }

        return result is { IsValid: true }
            && result.Claims.TryGetValue("email", out var email) && string.Equals(email as string, options.Account, StringComparison.OrdinalIgnoreCase)
            && result.Claims.TryGetValue("email_verified", out var verified) && verified is true or "true";
    }

    private async Task<TokenValidationResult?> Validate(string token, CancellationToken cancellationToken)
    {
        OpenIdConnectConfiguration known;
        try
        {
            known = await keys.GetConfigurationAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException unreachable)
        {
            LogNoKeys(logger, unreachable.InnerException?.GetType().Name ?? unreachable.GetType().Name);
            return null;
        }

        return await tokens.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = PushOptions.Issuer,
            ValidAudience = options.Audience,
            IssuerSigningKeys = known.SigningKeys,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            // The key that the token names, and no other.
            TryAllIssuerSigningKeys = false,
            ClockSkew = ClocksDiffer,
            LifetimeValidator = (from, until, _, _) => until is { } end && end + ClocksDiffer > time.GetUtcNow().UtcDateTime
                && (from is not { } begin || begin - ClocksDiffer <= time.GetUtcNow().UtcDateTime),
        }).ConfigureAwait(false);
    }

    [LoggerMessage(6010, LogLevel.Warning, "Google's keys cannot be read ({Reason}); pushes are refused and the mailbox is asked each minute.")]
    private static partial void LogNoKeys(ILogger logger, string reason);
}
