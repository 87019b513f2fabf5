using Microsoft.AspNetCore.Http;

namespace FteAgent.Api.Operators;

/// <summary>The console's session: a random token that scripts cannot read and other sites cannot send.</summary>
internal static class SessionCookie
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private const string Name = "fte_session";

    public static string? Read(HttpRequest request) => request.Cookies[Name];

    public static void Write(HttpResponse response, string session, DateTimeOffset expiresAt) =>
        response.Cookies.Append(Name, session, Options(response, expiresAt));

    public static void Clear(HttpResponse response) => response.Cookies.Delete(Name, Options(response, null));

    private static CookieOptions Options(HttpResponse response, DateTimeOffset? expiresAt) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = response.HttpContext.Request.IsHttps,
        Path = "/",
        Expires = expiresAt,
        IsEssential = true,
    };
}
