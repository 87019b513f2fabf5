using System.Runtime.InteropServices;
using System.Text;
using MimeKit;

namespace FteAgent.Channels.Email;

/// <summary>Puts a mail together again that a provider has taken apart, so that all mails are read in one way.</summary>
internal static class FieldsMail
{
    /// <summary>Header fields beyond this are not looked at.</summary>
    private const int HeaderLimit = 500;

    private const int ValueLimit = 100_000;

    // These describe the provider's parts, not ours.
    private static readonly HashSet<string> Described = new(StringComparer.OrdinalIgnoreCase) { "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "MIME-Version" };

    /// <summary>The mail.</summary>
    public static MimeMessage Build(MailFields fields)
    {
        var mail = new MimeMessage(Headers(fields)) { Body = Body(fields) };
        if (!mail.Headers.Contains(HeaderId.Subject) && fields.Subject is { Length: > 0 } subject)
            mail.Subject = Lines.One(subject, ValueLimit);
        if (!mail.Headers.Contains(HeaderId.From) && fields.From is { Length: > 0 } from && MailboxAddress.TryParse(from, out var sender))
            mail.From.Add(new MailboxAddress(Lines.One(fields.FromName, ValueLimit), sender.Address));
        if (!mail.Headers.Contains(HeaderId.To) && fields.To is { Length: > 0 } to && InternetAddressList.TryParse(to, out var recipients))
            mail.To.AddRange(recipients);
        return mail;
    }

    private static IEnumerable<Header> Headers(MailFields fields)
    {
        foreach (var (name, value) in fields.Headers.Take(HeaderLimit))
        {
            if (name.Length == 0 || Described.Contains(name) || name.Any(c => c is <= ' ' or >= (char)127 or ':'))
                continue;
            // As it stood there: only a line's end would make a second field of it.
            var header = new Header(Encoding.UTF8, name, "");
            header.SetRawValue(Encoding.UTF8.GetBytes($" {Lines.One(value, ValueLimit)}\r\n"));
            yield return header;
        }
    }

    private static Multipart Body(MailFields fields)
    {
        var body = new Multipart("mixed");
        var said = new MultipartAlternative();
        if (fields.Text is { Length: > 0 } text)
            said.Add(new TextPart("plain") { Text = text });
        if (fields.Html is { Length: > 0 } html)
            said.Add(new TextPart("html") { Text = html });
        body.Add(said);
        foreach (var file in fields.Files)
        {
            if (!ContentType.TryParse(file.MediaType, out var type) || type.MediaType.ToLowerInvariant() is "multipart" or "message")
                type = new("application", "octet-stream");
            body.Add(new MimePart(type)
            {
                Content = new MimeContent(Stream(file.Content ?? default)),
                ContentDisposition = new(ContentDisposition.Attachment),
                FileName = file.Name,
            });
        }

        return body;
    }

    private static MemoryStream Stream(ReadOnlyMemory<byte> bytes) => MemoryMarshal.TryGetArray(bytes, out var array)
        ? new(array.Array!, array.Offset, array.Count, writable: false)
        : new(bytes.ToArray(), writable: false);
}
