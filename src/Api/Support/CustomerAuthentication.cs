using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using FteAgent.Customers;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FteAgent.Api.Support;

/// <summary>Knows a customer by the conversation token in <c>Authorization: Bearer</c>.</summary>
internal sealed class CustomerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ConversationTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The scheme and the policy.</summary>
    public const string Name = "Customer";

    private const string Claim = "customer";
    private const string ProvedClaim = "proved";
    private const string Bearer = "Bearer ";

    /// <summary>Whom this request may speak for; only under the <see cref="Name"/> policy.</summary>
    public static TokenHolder Of(ClaimsPrincipal principal) =>
        new(
            CustomerId.Parse(principal.FindFirstValue(Claim)!),
            principal.FindFirstValue(ProvedClaim) is { } parted ? long.Parse(parted, CultureInfo.InvariantCulture) : null);

    /// <summary>The token of a request, if it bears one.</summary>
    public static string? Token(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } value && value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? value[Bearer.Length..].Trim() : null;

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Token(Request) is not { } token)
            return AuthenticateResult.NoResult();
        if (await tokens.Read(token, Context.RequestAborted) is not { } holder)
            return AuthenticateResult.Fail("not a conversation token");
        var identity = new ClaimsIdentity([new(Claim, holder.Customer.ToString())], Name);
        if (holder.Parted is { } parted)
            identity.AddClaim(new(ProvedClaim, parted.ToString(CultureInfo.InvariantCulture)));
        return AuthenticateResult.Success(new(new(identity), Name));
    }
}
