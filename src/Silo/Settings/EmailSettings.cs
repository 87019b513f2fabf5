using System.Net.Mail;
using FteAgent.Api.Webhooks;
using FteAgent.Channels.Email;
using FteAgent.Channels.Email.Gmail;
using FteAgent.Silo.Commands;

namespace FteAgent.Silo.Settings;

/// <summary>How mail comes and goes: the settings that begin with <c>EMAIL_</c> and <c>GMAIL_</c>. Without any of them there is no email.</summary>
/// <param name="Mail">How mail is read and sent; null where there is no email.</param>
/// <param name="Webhooks">Which webhooks there are.</param>
/// <param name="Push">How Pub/Sub's pushes are known by their tokens; null where they are not.</param>
internal sealed record EmailSettings(MailOptions? Mail, MailWebhookOptions Webhooks, PushOptions? Push)
{
    private const int ShortestSecret = 32;

    public static EmailSettings Read(IConfiguration configuration, Uri? publicUrl)
    {
        var gmail = Gmail(configuration);
        var smtp = Smtp(configuration["EMAIL_SMTP_URL"]);
        var secret = Secret(configuration, "EMAIL_WEBHOOK_SECRET");
        var authservId = AuthservId(configuration["EMAIL_AUTHSERV_ID"]);
        var from = From(configuration["EMAIL_FROM"]) ?? (gmail is null ? null : new MailAddress(gmail.Address));
        if (smtp is not null && from is null)
            throw new UsageException("EMAIL_SMTP_URL needs EMAIL_FROM: the address that mails are sent from.");
        if (secret is not null && smtp is null && gmail is null)
            throw new UsageException("EMAIL_WEBHOOK_SECRET lets mail in, and nothing sends the answers; set EMAIL_SMTP_URL and EMAIL_FROM, or Gmail's settings.");
        if (from is not null && smtp is null && gmail is null)
            throw new UsageException("EMAIL_FROM needs EMAIL_SMTP_URL: the server that sends mails.");
        if (authservId is not null && secret is null)
            throw new UsageException("EMAIL_AUTHSERV_ID is about mail that comes by webhook; set EMAIL_WEBHOOK_SECRET as well, or leave it out.");

        var (token, push) = (Secret(configuration, "GMAIL_PUSH_TOKEN"), PushBy(configuration));
        if ((token is not null || push is not null) && gmail is null)
            throw new UsageException("GMAIL_PUSH_TOKEN and GMAIL_PUSH_AUDIENCE are about a Gmail mailbox; set GMAIL_ADDRESS and what it needs as well.");
        if (gmail?.Topic is not null && token is null && push is null)
            throw new UsageException("GMAIL_TOPIC has Gmail push what arrives; set GMAIL_PUSH_AUDIENCE and GMAIL_PUSH_ACCOUNT as well, or GMAIL_PUSH_TOKEN.");
        return new(
            from is null ? null : new(from.Address.ToLowerInvariant(), from.DisplayName, authservId, smtp, gmail, publicUrl),
            new(secret, token is null && push is null ? null : gmail?.Address, token),
            push);
    }

    private static GmailOptions? Gmail(IConfiguration configuration)
    {
        var (address, client, secret, refresh) =
            (Given(configuration, "GMAIL_ADDRESS"), Given(configuration, "GMAIL_CLIENT_ID"), Given(configuration, "GMAIL_CLIENT_SECRET"), Given(configuration, "GMAIL_REFRESH_TOKEN"));
        var topic = Given(configuration, "GMAIL_TOPIC");
        if ((address ?? client ?? secret ?? refresh ?? topic) is null)
            return null;
        if (address is null || client is null || secret is null || refresh is null)
            throw new UsageException("Gmail needs GMAIL_ADDRESS, GMAIL_CLIENT_ID, GMAIL_CLIENT_SECRET and GMAIL_REFRESH_TOKEN together.");
        if (!IsAddress(address))
            throw new UsageException("GMAIL_ADDRESS must be an email address such as help@example.com.");
        if (topic is not null && topic.Split('/') is not ["projects", { Length: > 0 }, "topics", { Length: > 0 }])
            throw new UsageException("GMAIL_TOPIC must be like projects/my-project/topics/gmail.");
        return new(address.ToLowerInvariant(), client, secret, refresh, topic);
    }

    private static PushOptions? PushBy(IConfiguration configuration) => (Given(configuration, "GMAIL_PUSH_AUDIENCE"), Given(configuration, "GMAIL_PUSH_ACCOUNT")) switch
    {
        (null, null) => null,
        ({ } audience, { } account) when IsAddress(account) => new(audience, account),
        ({ }, { }) => throw new UsageException("GMAIL_PUSH_ACCOUNT must be the service account's email address."),
        _ => throw new UsageException("GMAIL_PUSH_AUDIENCE and GMAIL_PUSH_ACCOUNT belong together: for whom Google's tokens are, and whose they are."),
    };

    private static SmtpOptions? Smtp(string? url)
    {
        if (url is null or "")
            return null;
        return SmtpOptions.TryParse(url, out var smtp, out var fault) ? smtp : throw new UsageException($"EMAIL_SMTP_URL {fault}");
    }

    private static MailAddress? From(string? text) => text switch
    {
        null or "" => null,
        _ when !text.Any(char.IsControl) && MailAddress.TryCreate(text, out var address) && IsAddress(address.Address) => address,
        _ => throw new UsageException("EMAIL_FROM must be an email address, with a name before it or not: Example Support <help@example.com>."),
    };

    private static string? AuthservId(string? text) => text switch
    {
        null or "" => null,
        { Length: <= 255 } when text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_') => text,
        _ => throw new UsageException("EMAIL_AUTHSERV_ID must be the name by which your mail server signs Authentication-Results, such as mx.example.com."),
    };

    private static string? Secret(IConfiguration configuration, string name) => configuration[name] switch
    {
        null or "" => null,
        { Length: >= ShortestSecret } secret => secret,
        _ => throw new UsageException($"{name} must have at least {ShortestSecret} characters; 'openssl rand -hex 32' makes one."),
    };

    private static string? Given(IConfiguration configuration, string name) => configuration[name] is { Length: > 0 } value ? value : null;

    private static bool IsAddress(string text) =>
        MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Contains('.', StringComparison.Ordinal);
}
