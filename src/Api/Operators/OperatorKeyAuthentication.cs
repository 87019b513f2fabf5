using System.Text.Encodings.Web;
using FteAgent.Operators;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FteAgent.Api.Operators;

/// <summary>
/// Knows an operator by their key in <c>Authorization: Bearer</c> and by nothing else: where programs act, a browser's session must not, since a page
/// of somebody else's could send it along.
/// </summary>
internal sealed class OperatorKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IOperatorDirectory operators)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>The scheme and the policy.</summary>
    public const string Name = "OperatorKey";

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync() =>
        await OperatorAuthentication.FindByKey(Request, operators, Context.RequestAborted) is { } found
            ? AuthenticateResult.Success(new(OperatorAuthentication.Principal(found), Name))
            : AuthenticateResult.NoResult();
}
