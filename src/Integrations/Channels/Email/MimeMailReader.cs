using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using FteAgent.Channels.Email.Gmail;
using FteAgent.Conversations;
using FteAgent.Texts;
using MimeKit;

namespace FteAgent.Channels.Email;

/// <summary>Makes a message of a mail: who wrote it and whether that is proved, what they say below all quotes, what came with it.</summary>
internal sealed class MimeMailReader(MailOptions options) : IMailReader
{
    /// <summary>Parts within parts deeper than this are nobody's mail.</summary>
    private const int MaxDepth = 32;

    private const int SubjectLimit = 500;

    /// <summary>A message has at most 10,000 characters, some of which say why a machine's mail was not answered.</summary>
    private const int Longest = 9_900;

    /// <summary>How much of the whole text is kept beside the message.</summary>
    private const int OriginalLimit = 1_000_000;

    private const string NoMail = "This is no mail: its header cannot be read.";

    static MimeMailReader() => CodePages.Know();

    private readonly ParserOptions parser = new() { MaxMimeDepth = MaxDepth };

    /// <inheritdoc/>
    public MailReading Read(ReadOnlyMemory<byte> raw, MailRoad road, DateTimeOffset receivedAt)
    {
        var fit = FoldedFields.Cut(raw);
        using var stream = MemoryMarshal.TryGetArray(fit, out var bytes)
            ? new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false)
            : new MemoryStream(fit.ToArray(), writable: false);
        MimeMessage mail;
        try
        {
            // Persistent: its parts are looked at where they lie, and not copied.
            mail = MimeMessage.Load(parser, stream, persistent: true);
        }
        catch (FormatException)
        {
            return new(null, Refusal: NoMail);
        }

        using (mail)
            return Read(mail, road, receivedAt, () => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(raw.Span))}");
    }

    /// <inheritdoc/>
    public MailReading Read(MailFields fields, DateTimeOffset receivedAt)
    {
        using var mail = FieldsMail.Build(fields);
        return Read(mail, MailRoad.Webhook, receivedAt, () => fields.ProviderId is { Length: > 0 and <= 200 } id ? $"provider:{id}" : null);
    }

    private MailReading Read(MimeMessage mail, MailRoad road, DateTimeOffset receivedAt, Func<string?> otherId)
    {
        var (sender, refusal) = MailSender.Read(mail.Headers, road is MailRoad.Mailbox ? GmailOptions.AuthservId : options.AuthservId);
        if (sender is null)
            return new(null, MailBounces.Find(mail), refusal);
        var body = MailBody.Read(mail);
        var text = QuotedText.Strip(body.Text, mail.Subject);
        var thread = MailThreads.Read(mail.Headers);
        var subject = Lines.One(mail.Subject, SubjectLimit);
        return new(new(
            Channel.Email,
            Identity(thread.MessageId ?? otherId(), sender, thread, mail, body),
            sender,
            SafeCut.At(text, Longest),
            receivedAt)
        {
            Subject = subject.Length == 0 ? null : subject,
            Recipient = Recipient(mail),
            Thread = thread,
            Files = Files(body, text),
            Automatic = MailNature.Of(mail, sender, thread, options),
            AutomaticIfAnswer = MailNature.OfAnswer(mail),
        }, MailBounces.Find(mail));
    }

    /// <summary>
    /// What redeliveries are recognised by: the mail's own id together with all that its owner follows from. The id alone is the sender's word:
    /// whoever has seen one could take the place of the mail that bears it, or be taken for its redelivery.
    /// </summary>
    private static string Identity(string? id, Sender sender, MailThread thread, MimeMessage mail, MailBody body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (string?[])[sender.Address, sender.Proved ? "proved" : "", mail.Headers[HeaderId.Date], mail.Subject, body.Text, .. thread.References])
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part ?? ""));
            hash.AppendData([0]);
        }

        foreach (var file in body.Files)
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.Name}\n{file.Size}\n"));
        var content = Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 12));
        return id is null ? $"content:{content}" : $"{id} {content}";
    }

    /// <summary>Which of our addresses it came to: what the receiving server says, else the first of ours that it names.</summary>
    private string Recipient(MimeMessage mail)
    {
        var delivered = MailAddresses.Normal(mail.Headers["Delivered-To"]) ?? MailAddresses.Normal(mail.Headers["X-Original-To"]);
        var named = mail.To.Mailboxes.Concat(mail.Cc.Mailboxes).Select(MailAddresses.Normal).OfType<string>().ToList();
        return named.Find(options.OwnAddresses.Contains) ?? delivered ?? named.FirstOrDefault() ?? "";
    }

    private static ImmutableArray<InboundFile> Files(MailBody body, string text)
    {
        // Where nothing was left out the message itself is the whole text.
        if (body.Text.Trim() == text && text.Length <= Longest)
            return [.. body.Files.Take(Attachment.CountLimit)];
        var whole = Encoding.UTF8.GetBytes(SafeCut.At(body.Text, OriginalLimit));
        var original = new InboundFile(AttachmentKind.Original, "mail.txt", "text/plain; charset=utf-8", whole.Length, whole);
        return [original, .. body.Files.Take(Attachment.CountLimit - 1)];
    }
}
