using System.Runtime.CompilerServices;
using FteAgent.Channels.Email;
using FteAgent.Silo.Commands;
using FteAgent.Silo.Settings;

namespace FteAgent.Silo.Doctor;

/// <summary>Whether mail can be sent and read. It signs in where mail is sent and read, and sends nothing.</summary>
internal sealed class EmailCheck(IConfiguration configuration, Uri? publicUrl) : IDoctorCheck
{
    public string Name => "email";

    public async IAsyncEnumerable<Finding> Look([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Readable() is not { } settings)
        {
            yield return Finding.Fail("Not looked at: its settings cannot be taken.", "Set right what the check of the settings tells.");
            yield break;
        }

        if (settings.Mail is not { } mail)
        {
            yield return Finding.Ok("Not configured: customers do not come by email.");
            yield break;
        }

        var facts = await EmailExamination.Look(mail, cancellationToken);
        yield return facts.SendFault is null
            ? Finding.Ok(mail.Smtp is null ? "Mails can be sent by Gmail." : "The mail server takes us.")
            : Finding.Fail($"Mails cannot be sent: {facts.SendFault}.", "See EMAIL_SMTP_URL, or Gmail's settings, in docs/channels.md.");
        if (mail.Gmail is not null)
            yield return facts.MailboxFault is null
                ? Finding.Ok("The mailbox can be read.")
                : Finding.Fail($"The mailbox cannot be read: {facts.MailboxFault}.", "See 'How do I connect a Gmail mailbox?' in docs/channels.md.");
        if (mail.Gmail is { Topic: null })
            yield return Finding.Warn("The mailbox is asked once a minute, and does not tell of what arrives.", "Set GMAIL_TOPIC and a push subscription for answers within seconds.");
        if (settings.Webhooks.MailSecret is not null && mail.AuthservId is null)
            yield return Finding.Warn(
                "No sender of mail that comes by webhook is ever proved: each mail starts a customer of its own, unless it answers one of ours.",
                "Set EMAIL_AUTHSERV_ID if your mail server checks DMARC and says so in Authentication-Results.");
        if (publicUrl is null)
            yield return Finding.Warn("Mails about answers that nobody saw on the pages hold no link to the conversation.", "Set PUBLIC_URL.");
    }

    private EmailSettings? Readable()
    {
        try
        {
            return EmailSettings.Read(configuration, publicUrl);
        }
        catch (UsageException)
        {
            return null;
        }
    }
}
