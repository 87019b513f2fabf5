using System.Buffers.Text;
using System.Net;
using FteAgent.Conversations;
using MimeKit;

namespace FteAgent.Channels.Email.Gmail;

/// <summary>
/// Sends mails from the mailbox itself, into the thread that they answer. A mail whose answer got lost is looked for before it is sent again.
/// </summary>
internal sealed class GmailTransport(GmailClient gmail) : IMailTransport
{
    /// <summary>A mail's lines end so (RFC 5322, section 2.3), on whatever machine it is written.</summary>
    private static readonly FormatOptions Wire = WithLineEnds();

    /// <inheritdoc/>
    public async Task<HandedOver> Send(MimeMessage mail, bool again, CancellationToken cancellationToken)
    {
        try
        {
            if (again && mail.MessageId is { } id && await Find(id, cancellationToken).ConfigureAwait(false) is not null)
                return HandedOver.Taken;
            using var bytes = new MemoryStream();
            mail.Prepare(EncodingConstraint.SevenBit);
            await mail.WriteToAsync(Wire, bytes, cancellationToken).ConfigureAwait(false);
            var thread = mail.InReplyTo is { Length: > 0 } answered ? await Find(answered, cancellationToken).ConfigureAwait(false) : null;
            using var response = await gmail.Send(
                "messages/send", new { Raw = Base64Url.EncodeToString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)), ThreadId = thread?.ThreadId }, cancellationToken)
                .ConfigureAwait(false);
            return Read(response);
        }
        catch (MailboxUnavailableException failure)
        {
            return HandedOver.Unavailable(failure.Message);
        }
    }

    /// <inheritdoc/>
    public async Task<string?> Fault(CancellationToken cancellationToken)
    {
        try
        {
            await gmail.Get<ProfileAnswer>("profile", cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (MailboxUnavailableException failure)
        {
            return failure.Message;
        }
    }

    private async Task<MessageAnswer?> Find(string messageId, CancellationToken cancellationToken)
    {
        var search = Uri.EscapeDataString($"rfc822msgid:{messageId}");
        return (await gmail.Get<ListAnswer>($"messages?q={search}&maxResults=1&includeSpamTrash=true", cancellationToken).ConfigureAwait(false)).Messages?.FirstOrDefault();
    }

    private static FormatOptions WithLineEnds()
    {
        var options = FormatOptions.Default.Clone();
        options.NewLineFormat = NewLineFormat.Dos;
        return options;
    }

    private static HandedOver Read(HttpResponseMessage response)
    {
        var said = $"Gmail answered {(int)response.StatusCode}";
        return response.StatusCode switch
        {
            _ when response.IsSuccessStatusCode => HandedOver.Taken,
            HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge => new(new(SendOutcome.Refused, said)),
            // 403 is also how Gmail says that a day's quota is used up.
            _ => HandedOver.Unavailable(said, response.Headers.RetryAfter?.Delta),
        };
    }
}
