using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using FteAgent.Api.Support;
using FteAgent.Operators;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FteAgent.Api.Operators;

/// <summary>
/// Knows an operator by the console's session cookie, or by their key in <c>Authorization: Bearer</c>. With the cookie every unsafe
/// request must bear the session's CSRF token too, which another site can neither read nor guess.
/// </summary>
internal sealed class OperatorAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IOperatorDirectory operators)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The scheme and the policy.</summary>
    public const string Name = "Operator";

    /// <summary>The header that bears the CSRF token.</summary>
    public const string CsrfHeader = "X-CSRF-Token";

    private const string IdClaim = "operator";
    private const int LongestToken = 200;

    /// <summary>The operator who asks; only under the <see cref="Name"/> policy.</summary>
    public static Operator Of(ClaimsPrincipal principal) =>
        new(Guid.Parse(principal.FindFirstValue(IdClaim)!), principal.FindFirstValue(ClaimTypes.Name)!);

    /// <summary>A session's CSRF token: derived from it one way, so nothing more is kept.</summary>
    public static string Csrf(string session) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(session), "csrf"u8));

    /// <summary>The operator whose key or session a request bears. A key wins: whoever sends one means it.</summary>
    public static async Task<Operator?> Find(HttpRequest request, IOperatorDirectory operators, CancellationToken cancellationToken) =>
        Key(request) is { } key ? await operators.FindByKey(OperatorKeys.Hash(key), cancellationToken)
        : Session(request) is { } session ? await operators.FindSession(OperatorKeys.Hash(session), cancellationToken)
        : null;

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Key(Request) is null && Session(Request) is null)
            return AuthenticateResult.NoResult();
        if (await Find(Request, operators, Context.RequestAborted) is not { } found)
            return AuthenticateResult.Fail("no such key or session");
        return Key(Request) is not null || IsSafe(Request.Method) || HasCsrfToken(Session(Request)!) ? Success(found) : AuthenticateResult.Fail("no CSRF token");
    }

    /// <summary>The operator whose key a request bears; a session is not looked at.</summary>
    public static async Task<Operator?> FindByKey(HttpRequest request, IOperatorDirectory operators, CancellationToken cancellationToken) =>
        Key(request) is { } key ? await operators.FindByKey(OperatorKeys.Hash(key), cancellationToken) : null;

    /// <summary>An operator as whoever asks.</summary>
    public static ClaimsPrincipal Principal(Operator found) =>
        new(new ClaimsIdentity([new(IdClaim, found.Id.ToString()), new(ClaimTypes.Name, found.Name)], Name));

    private static string? Key(HttpRequest request) => CustomerAuthentication.Token(request) is { Length: > 0 and <= LongestToken } key ? key : null;

    private static string? Session(HttpRequest request) => SessionCookie.Read(request) is { Length: <= LongestToken } session ? session : null;

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private bool HasCsrfToken(string session) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(Request.Headers[CsrfHeader].ToString()), Encoding.UTF8.GetBytes(Csrf(session)));

    private static AuthenticateResult Success(Operator found) => AuthenticateResult.Success(new(Principal(found), Name));
}
