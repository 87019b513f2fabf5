using FteAgent.Channels.Email;
using FteAgent.Channels.Email.Gmail;
using FteAgent.Silo.Commands;
using FteAgent.Silo.Settings;
using Microsoft.Extensions.Configuration;

namespace FteAgent.Api.Settings;

/// <summary>What is set of email fits together, or is told in a sentence.</summary>
public sealed class EmailSettingsTests
{
    private const string Secret = "a-secret-of-these-tests-0123456789abcdef";

    private static readonly (string, string)[] Gmail =
        [("GMAIL_ADDRESS", "Box@Example.org"), ("GMAIL_CLIENT_ID", "c"), ("GMAIL_CLIENT_SECRET", "s"), ("GMAIL_REFRESH_TOKEN", "r")];

    private static readonly (string, string)[] Smtp = [("EMAIL_FROM", "Example Support <Help@example.org>"), ("EMAIL_SMTP_URL", "smtp://smtp.example.org")];

    [Fact]
    public void Without_settings_there_is_no_email()
    {
        var settings = Read();

        Assert.Null(settings.Mail);
        Assert.Equal(new(null, null, null), settings.Webhooks);
    }

    [Fact]
    public void Smtp_alone_sends()
    {
        var settings = Read(Smtp);

        Assert.Equal(new MailOptions("help@example.org", "Example Support", null, new("smtp.example.org", 587, SmtpSecurity.StartTls, null, null), null, null), settings.Mail);
        Assert.Null(settings.Webhooks.MailSecret);
    }

    [Fact]
    public void Gmail_alone_reads_and_sends_and_needs_no_address_to_send_from()
    {
        var settings = Read(Gmail);

        Assert.Equal(("box@example.org", (SmtpOptions?)null), (settings.Mail!.From, settings.Mail.Smtp));
        Assert.Equal(new GmailOptions("box@example.org", "c", "s", "r", null), settings.Mail.Gmail);
        Assert.Null(settings.Webhooks.Mailbox);
    }

    [Fact]
    public void Pushes_are_taken_by_googles_token_by_one_that_was_agreed_on_or_by_both()
    {
        Assert.Equal("box@example.org", Read([.. Gmail, ("GMAIL_PUSH_TOKEN", Secret)]).Webhooks.Mailbox);
        var push = Read([.. Gmail, ("GMAIL_TOPIC", "projects/p/topics/t"), ("GMAIL_PUSH_AUDIENCE", "x"), ("GMAIL_PUSH_ACCOUNT", "a@b.example")]);
        Assert.Equal(("box@example.org", (string?)null), (push.Webhooks.Mailbox, push.Webhooks.PushToken));
        Assert.Equal(new PushOptions("x", "a@b.example"), push.Push);
    }

    [Theory]
    [InlineData("EMAIL_SMTP_URL=smtp://h", "EMAIL_SMTP_URL needs EMAIL_FROM")]
    [InlineData("EMAIL_FROM=a@b.example", "EMAIL_FROM needs EMAIL_SMTP_URL")]
    [InlineData("EMAIL_FROM=nobody EMAIL_SMTP_URL=smtp://h", "EMAIL_FROM must be an email address")]
    [InlineData("EMAIL_FROM=a@localhost EMAIL_SMTP_URL=smtp://h", "EMAIL_FROM must be an email address")]
    [InlineData("EMAIL_FROM=a@b.example EMAIL_SMTP_URL=h", "EMAIL_SMTP_URL must be like smtp://")]
    [InlineData("EMAIL_WEBHOOK_SECRET=short", "EMAIL_WEBHOOK_SECRET must have at least 32 characters")]
    [InlineData($"EMAIL_WEBHOOK_SECRET={Secret}", "EMAIL_WEBHOOK_SECRET lets mail in, and nothing sends the answers")]
    [InlineData("EMAIL_AUTHSERV_ID=mx.example.org", "EMAIL_AUTHSERV_ID is about mail that comes by webhook")]
    [InlineData("EMAIL_AUTHSERV_ID=mx;example", "EMAIL_AUTHSERV_ID must be the name")]
    [InlineData("GMAIL_ADDRESS=a@b.example", "Gmail needs GMAIL_ADDRESS, GMAIL_CLIENT_ID, GMAIL_CLIENT_SECRET and GMAIL_REFRESH_TOKEN together.")]
    [InlineData("GMAIL_TOPIC=projects/p/topics/t", "Gmail needs")]
    [InlineData("GMAIL_ADDRESS=a GMAIL_CLIENT_ID=c GMAIL_CLIENT_SECRET=s GMAIL_REFRESH_TOKEN=r", "GMAIL_ADDRESS must be")]
    [InlineData("GMAIL_ADDRESS=a@b.example GMAIL_CLIENT_ID=c GMAIL_CLIENT_SECRET=s GMAIL_REFRESH_TOKEN=r GMAIL_TOPIC=t", "GMAIL_TOPIC must be like")]
    [InlineData("GMAIL_ADDRESS=a@b.example GMAIL_CLIENT_ID=c GMAIL_CLIENT_SECRET=s GMAIL_REFRESH_TOKEN=r GMAIL_TOPIC=projects/p/topics/t", "GMAIL_TOPIC has Gmail push")]
    [InlineData("GMAIL_ADDRESS=a@b.example GMAIL_CLIENT_ID=c GMAIL_CLIENT_SECRET=s GMAIL_REFRESH_TOKEN=r GMAIL_PUSH_AUDIENCE=x", "GMAIL_PUSH_AUDIENCE and GMAIL_PUSH_ACCOUNT belong together")]
    [InlineData("GMAIL_ADDRESS=a@b.example GMAIL_CLIENT_ID=c GMAIL_CLIENT_SECRET=s GMAIL_REFRESH_TOKEN=r GMAIL_PUSH_AUDIENCE=x GMAIL_PUSH_ACCOUNT=y", "GMAIL_PUSH_ACCOUNT must be")]
    [InlineData($"GMAIL_PUSH_TOKEN={Secret}", "GMAIL_PUSH_TOKEN and GMAIL_PUSH_AUDIENCE are about a Gmail mailbox")]
    public void What_does_not_fit_is_told_in_a_sentence_that_repeats_no_secret(string given, string sentence)
    {
        var refused = Assert.Throws<UsageException>(() => Read([.. given.Split(' ').Select(pair => pair.Split('=', 2)).Select(pair => (pair[0], pair[1]))]));

        Assert.StartsWith(sentence, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, refused.Message, StringComparison.Ordinal);
    }

    private static EmailSettings Read(params (string Name, string Value)[] given) => EmailSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(given.ToDictionary(each => each.Name, each => (string?)each.Value)).Build(), null);
}
