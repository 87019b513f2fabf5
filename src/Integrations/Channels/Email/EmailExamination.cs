using FteAgent.Channels.Email.Gmail;

namespace FteAgent.Channels.Email;

/// <summary>What was found out about email.</summary>
/// <param name="SendFault">Why mails cannot be sent; null when they can.</param>
/// <param name="MailboxFault">Why the mailbox cannot be read; null when it can, or there is none.</param>
public sealed record EmailFacts(string? SendFault, string? MailboxFault);

/// <summary>Tries whether mail can be sent and read, without sending or reading any.</summary>
public static class EmailExamination
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Tries it.</summary>
    public static async Task<EmailFacts> Look(MailOptions options, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = Patience };
        using var tokens = options.Gmail is { } gmail ? new GmailTokens(http, gmail, TimeProvider.System) : null;
        var client = tokens is null ? null : new GmailClient(http, tokens, options.Gmail!);
        var mailboxFault = client is null ? null : await MailboxFault(client, options.Gmail!, cancellationToken).ConfigureAwait(false);
        var sendFault = options.Smtp is { } smtp ? await new SmtpTransport(smtp).Fault(cancellationToken).ConfigureAwait(false) : mailboxFault ?? await new GmailTransport(client!).Fault(cancellationToken).ConfigureAwait(false);
        return new(sendFault, mailboxFault);
    }

    private static async Task<string?> MailboxFault(GmailClient gmail, GmailOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await GmailMailbox.Position(gmail, options, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (MailboxUnavailableException failure)
        {
            return failure.Message;
        }
    }
}
