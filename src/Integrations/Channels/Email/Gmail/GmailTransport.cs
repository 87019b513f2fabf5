using System.Buffers.Text;
using System.Globalization;
using System.Net;
using MimeKit;
using MimeKit.Utils;

namespace FteAgent.Channels.Email.Gmail;

/// <summary>
/// Sends mails from the mailbox itself, into the thread that they answer. A mail is written as a draft, which is noted, and then the draft is
/// sent: Gmail sends a draft once, so a mail whose answer got lost is not sent again. Gmail gives each mail a Message-ID of its own, which is
/// asked for afterwards and noted, so that whoever answers finds the conversation.
/// Source: developers.google.com/workspace/gmail/api/guides/drafts.
/// </summary>
internal sealed class GmailTransport(GmailClient gmail) : IMailTransport
{
    /// <summary>By this a mail of ours is known again in the mailbox, since Gmail takes the Message-ID away.</summary>
    private const string Mark = "X-FTE-Item";

    private const string MessageId = "Message-ID";

    /// <summary>So often a mail that was sent is asked for its Message-ID; that it was sent counts more than that its answer finds it.</summary>
    private const int AskedFor = 6;

    /// <summary>How far Gmail's clock may be behind ours.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>A mail's lines end so (RFC 5322, section 2.3), on whatever machine it is written.</summary>
    private static readonly FormatOptions Wire = WithLineEnds();

    /// <inheritdoc/>
    public async Task<HandedOver> Send(MimeMessage mail, MailSlip slip, CancellationToken cancellationToken)
    {
        try
        {
            return GmailPlace.Read(slip.ProviderId) switch
            {
                GmailPlace.Sent sent => await Identify(sent, slip, cancellationToken).ConfigureAwait(false),
                GmailPlace.Draft draft => await GoOn(draft, mail, slip, cancellationToken).ConfigureAwait(false),
                _ => await Begin(mail, slip, cancellationToken).ConfigureAwait(false),
            };
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
            return gmail.MayWrite ? null : "the consent to the mailbox lacks the scope gmail.compose; see docs/channels.md";
        }
        catch (MailboxUnavailableException failure)
        {
            return failure.Message;
        }
    }

    private async Task<HandedOver> Begin(MimeMessage mail, MailSlip slip, CancellationToken cancellationToken)
    {
        var thread = mail.InReplyTo is { Length: > 0 } answered ? await ThreadOf(answered, cancellationToken).ConfigureAwait(false) : null;
        mail.Headers[Mark] = slip.Item.ToString("N", CultureInfo.InvariantCulture);
        mail.Prepare(EncodingConstraint.SevenBit);
        using var bytes = new MemoryStream();
        await mail.WriteToAsync(Wire, bytes, cancellationToken).ConfigureAwait(false);
        using var response = await gmail.Send(
            "drafts", new { Message = new { Raw = Base64Url.EncodeToString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)), ThreadId = thread } }, cancellationToken)
            .ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            return NotTaken(response);
        var draft = await GmailClient.Read<DraftAnswer>(response, cancellationToken).ConfigureAwait(false);
        if (draft is not { Id: { Length: > 0 } id, Message.ThreadId: { Length: > 0 } lies })
            return HandedOver.Unavailable("Gmail made a draft without an id");
        var place = new GmailPlace.Draft(id, lies);
        await slip.Note(place.ToString()).ConfigureAwait(false);
        return await Send(place, slip, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>It was tried before: a draft that is still there was not sent, and one that is gone was.</summary>
    private async Task<HandedOver> GoOn(GmailPlace.Draft draft, MimeMessage mail, MailSlip slip, CancellationToken cancellationToken) =>
        await gmail.Find<DraftAnswer>($"drafts/{Uri.EscapeDataString(draft.Id)}?format=minimal", cancellationToken).ConfigureAwait(false) is null
            ? await Gone(draft, mail, slip, cancellationToken).ConfigureAwait(false)
            : await Send(draft, slip, cancellationToken).ConfigureAwait(false);

    private async Task<HandedOver> Send(GmailPlace.Draft draft, MailSlip slip, CancellationToken cancellationToken)
    {
        using var response = await gmail.Send("drafts/send", new { draft.Id }, cancellationToken).ConfigureAwait(false);
        // Whether it was sent at this very moment or thrown away is found out the next time.
        if (response.StatusCode is HttpStatusCode.NotFound)
            return HandedOver.Unavailable("the draft is not at Gmail any more");
        if (!response.IsSuccessStatusCode)
            return NotTaken(response);
        return (await GmailClient.Read<MessageAnswer>(response, cancellationToken).ConfigureAwait(false)).Id is { Length: > 0 } id
            ? await Noted(new(id), slip, cancellationToken).ConfigureAwait(false)
            : HandedOver.Unavailable("Gmail sent a mail and named no id");
    }

    /// <summary>
    /// The draft is not there any more. Either it was sent, and then the mail is in its thread, or the mailbox's owner has thrown it away, and then
    /// nothing of ours was sent there since: it is written anew.
    /// </summary>
    private async Task<HandedOver> Gone(GmailPlace.Draft draft, MimeMessage mail, MailSlip slip, CancellationToken cancellationToken)
    {
        var thread = await gmail.Find<ThreadAnswer>(
            $"threads/{Uri.EscapeDataString(draft.Thread)}?format=metadata&metadataHeaders={Mark}", cancellationToken).ConfigureAwait(false);
        var sent = (thread?.Messages ?? []).Where(message => message.LabelIds?.Contains("SENT") is true).ToList();
        var item = slip.Item.ToString("N", CultureInfo.InvariantCulture);
        if (sent.Find(message => message.Header(Mark) == item) is { Id: { Length: > 0 } id })
            return await Noted(new(id), slip, cancellationToken).ConfigureAwait(false);
        // One without any mark may be it: what may have been sent is not sent again.
        return sent.Exists(message => message.Header(Mark) is null && message.At > mail.Date - Skew)
            ? HandedOver.Taken
            : await Begin(mail, slip, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HandedOver> Noted(GmailPlace.Sent sent, MailSlip slip, CancellationToken cancellationToken)
    {
        await slip.Note(sent.ToString()).ConfigureAwait(false);
        return await Identify(sent, slip, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Notes the Message-ID that Gmail gave it. Tried again, this alone is done.</summary>
    private async Task<HandedOver> Identify(GmailPlace.Sent sent, MailSlip slip, CancellationToken cancellationToken)
    {
        try
        {
            var message = await gmail.Find<MessageAnswer>(
                $"messages/{Uri.EscapeDataString(sent.Id)}?format=metadata&metadataHeaders={MessageId}", cancellationToken).ConfigureAwait(false);
            if (message?.Header(MessageId) is { } field && MimeUtils.ParseMessageId(field) is { Length: > 0 } id)
                await slip.Note(sent.ToString(), id).ConfigureAwait(false);
        }
        catch (MailboxUnavailableException) when (slip.Attempts >= AskedFor)
        {
            // It was sent, and whoever gave it up would tell that it was not.
        }

        return HandedOver.Taken;
    }

    private async Task<string?> ThreadOf(string messageId, CancellationToken cancellationToken)
    {
        var search = Uri.EscapeDataString($"rfc822msgid:{messageId}");
        return (await gmail.Get<ListAnswer>($"messages?q={search}&maxResults=1&includeSpamTrash=true", cancellationToken).ConfigureAwait(false))
            .Messages?.FirstOrDefault()?.ThreadId;
    }

    private static FormatOptions WithLineEnds()
    {
        var options = FormatOptions.Default.Clone();
        options.NewLineFormat = NewLineFormat.Dos;
        return options;
    }

    private static HandedOver NotTaken(HttpResponseMessage response)
    {
        var said = $"Gmail answered {(int)response.StatusCode}";
        return response.StatusCode switch
        {
            HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge => HandedOver.Refused(said, forEver: true),
            // 403 is also how Gmail says that a day's quota is used up.
            _ => HandedOver.Unavailable(said, response.Headers.RetryAfter?.Delta),
        };
    }
}
