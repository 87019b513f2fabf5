namespace FteAgent.Channels.Email.Gmail;

/// <summary>A Gmail mailbox, and how we are let in (OAuth 2.0, RFC 6749, with a refresh token).</summary>
/// <param name="Address">The mailbox's address, in lower case: <c>GMAIL_ADDRESS</c>.</param>
/// <param name="ClientId">The application: <c>GMAIL_CLIENT_ID</c>.</param>
/// <param name="ClientSecret">The application's secret: <c>GMAIL_CLIENT_SECRET</c>.</param>
/// <param name="RefreshToken">The mailbox owner's consent: <c>GMAIL_REFRESH_TOKEN</c>.</param>
/// <param name="Topic">The Pub/Sub topic to which Gmail tells what arrived, <c>projects/…/topics/…</c>: <c>GMAIL_TOPIC</c>. Null where it is only asked.</param>
public sealed record GmailOptions(string Address, string ClientId, string ClientSecret, string RefreshToken, string? Topic)
{
    /// <summary>The name by which Gmail signs what it found out about a sender (Authentication-Results).</summary>
    public const string AuthservId = "mx.google.com";

    /// <summary>Where Gmail's API is.</summary>
    public Uri Api { get; init; } = new("https://gmail.googleapis.com");

    /// <summary>Where access tokens are had.</summary>
    public Uri TokenEndpoint { get; init; } = new("https://oauth2.googleapis.com/token");
}

/// <summary>How Pub/Sub shows that it is the one who pushes.</summary>
/// <param name="Audience">For whom its tokens are: what the push subscription names as audience, <c>GMAIL_PUSH_AUDIENCE</c>.</param>
/// <param name="Account">The service account whose tokens they are: <c>GMAIL_PUSH_ACCOUNT</c>.</param>
public sealed record PushOptions(string Audience, string Account)
{
    /// <summary>Who makes the tokens.</summary>
    public const string Issuer = "https://accounts.google.com";

    /// <summary>Where Google says which keys its tokens are signed with (OpenID Connect Discovery).</summary>
    public Uri Metadata { get; init; } = new("https://accounts.google.com/.well-known/openid-configuration");
}
