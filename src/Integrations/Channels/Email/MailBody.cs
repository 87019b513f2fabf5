using FteAgent.Texts;
using MimeKit;
using MimeKit.IO;
using MimeKit.Text;

namespace FteAgent.Channels.Email;

/// <summary>What stands in a mail: its text in reading order, and the files that came with it.</summary>
internal sealed class MailBody
{
    /// <summary>Parts beyond this are nobody's mail, and are not looked at.</summary>
    private const int PartLimit = 500;

    /// <summary>How many characters of one text are read: books are attached, not written.</summary>
    private const int TextLimit = 2_000_000;

    private const int NameLimit = 200;

    // They prove who wrote a mail to mail programs and are no files of the customer's.
    private static readonly string[] Signatures = ["application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"];

    private readonly List<InboundFile> files = [];
    private int parts;

    private MailBody()
    {
    }

    /// <summary>The whole text, with its quotes and signature.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The files, in order.</summary>
    public IReadOnlyList<InboundFile> Files => files;

    /// <summary>Reads a mail's body.</summary>
    public static MailBody Read(MimeMessage mail)
    {
        var body = new MailBody();
        body.Text = (body.Part(mail.Body) ?? "").ReplaceLineEndings("\n").Trim('\n', ' ', '\t');
        return body;
    }

    /// <summary>The text of a part; null where it has none. Its files are put to the others.</summary>
    private string? Part(MimeEntity? part)
    {
        if (part is null || ++parts > PartLimit)
            return null;
        switch (part)
        {
            case MultipartAlternative alternative:
                return Best(alternative);
            case Multipart { ContentType: var type } multipart when type.IsMimeType("multipart", "signed"):
                return Part(multipart.FirstOrDefault());
            case Multipart multipart:
                return Joined(multipart.Select(Part));
            case MessagePart message:
                Keep(message);
                return null;
            case TextPart text when IsSaid(text):
                return Words(text);
            case MessageDeliveryStatus or MessageDispositionNotification:
                return null;   // What servers tell each other.
            case MimePart file when !HasType(file):
                return Words(new TextPart("plain") { Content = file.Content });
            case MimePart file:
                Keep(file);
                return null;
            default:
                return null;
        }
    }

    /// <summary>
    /// One text of several that say the same. The plain one is what the sender's program made for programs that show no marks; where it holds
    /// nothing the other one does.
    /// </summary>
    private string? Best(MultipartAlternative alternative)
    {
        var texts = alternative.Select(child => (IsHtml: child is not TextPart { IsHtml: false }, Text: Part(child))).ToList();
        return texts.Find(each => !each.IsHtml && !string.IsNullOrWhiteSpace(each.Text)).Text
            ?? texts.FindLast(each => !string.IsNullOrWhiteSpace(each.Text)).Text;
    }

    private static string? Joined(IEnumerable<string?> texts)
    {
        // All are read: each may hold files.
        var said = texts.Where(text => !string.IsNullOrWhiteSpace(text)).ToList();
        return said.Count == 0 ? null : string.Join("\n\n", said);
    }

    /// <summary>A text that is shown as part of the mail, and no file that happens to be a text.</summary>
    private static bool IsSaid(TextPart text) =>
        !text.IsAttachment && string.IsNullOrEmpty(text.FileName) && (text.IsPlain || text.IsHtml || text.IsEnriched);

    /// <summary>Whether it says of what type it is. What is no type is none, and then it is text (RFC 2045, section 5.2).</summary>
    private static bool HasType(MimePart part) => part.Headers[HeaderId.ContentType]?.Contains('/', StringComparison.Ordinal) is not false;

    private static string Words(TextPart part)
    {
        var text = SafeCut.At(part.Text ?? "", TextLimit);
        if (part.IsHtml)
            return HtmlText.Read(text);
        if (!part.IsFlowed)
            return text;
        var flowed = new FlowedToText { DeleteSpace = string.Equals(part.ContentType.Parameters["delsp"], "yes", StringComparison.OrdinalIgnoreCase) };
        return flowed.Convert(text);
    }

    private void Keep(MessagePart message)
    {
        if (message.Message is { } mail)
            Keep(Lines.One(mail.Subject, NameLimit) is { Length: > 0 } subject ? $"{subject}.eml" : "mail.eml", "message/rfc822", into => mail.WriteTo(into));
    }

    private void Keep(MimePart part)
    {
        if (part.Content is { } content && !Signatures.Contains(part.ContentType.MimeType, StringComparer.OrdinalIgnoreCase))
            Keep(part.FileName ?? part.ContentType.Name ?? "", part.ContentType.MimeType, into => content.DecodeTo(into));
    }

    /// <summary>Written twice, to measure and to keep: a buffer that grows would take several times as much.</summary>
    private void Keep(string name, string mediaType, Action<Stream> write)
    {
        // Beyond the limit they are counted by nobody, and would only be held here.
        if (files.Count >= Attachment.CountLimit)
            return;
        using var measured = new MeasuringStream();
        write(measured);
        // A mere null would be taken for an empty array, and so for an empty file.
        ReadOnlyMemory<byte>? bytes = default(ReadOnlyMemory<byte>?);
        if (measured.Length <= Attachment.SizeLimit)
        {
            var content = new byte[measured.Length];
            using var into = new MemoryStream(content);
            write(into);
            bytes = content;
        }

        files.Add(new(AttachmentKind.File, FileNames.Safe(name, files.Count + 1), mediaType.ToLowerInvariant(), measured.Length, bytes));
    }
}
