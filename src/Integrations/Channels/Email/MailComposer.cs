using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit;

namespace FteAgent.Channels.Email;

/// <summary>A mail as it is to be written.</summary>
/// <param name="Item">The outbox item, which its Message-ID bears.</param>
/// <param name="To">To whom.</param>
/// <param name="Name">How they want to be called; empty when unknown. They chose it themselves.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Text">The words below the greeting.</param>
/// <param name="Thread">What it answers, oldest first: the last one is what it answers directly. Empty for a mail that begins a thread.</param>
/// <param name="IsAutomatic">Whether no person wrote it.</param>
internal sealed record MailDraft(Guid Item, string To, string Name, string Subject, string Text, ImmutableArray<string> Thread, bool IsAutomatic);

/// <summary>Writes mails: plain text, and the same as simple HTML.</summary>
internal static partial class MailComposer
{
    /// <summary>A header of more ids than this is refused by some servers.</summary>
    private const int ThreadLimit = 30;

    private const int SubjectLimit = 200;
    private const int NameLimit = 60;

    static MailComposer() => CodePages.Know();

    /// <summary>The mail.</summary>
    public static MimeMessage Compose(MailDraft draft, MailOptions options, DateTimeOffset now)
    {
        var mail = new MimeMessage { Date = now, MessageId = MailIds.Of(draft.Item, options.Domain), Subject = Lines.One(draft.Subject, SubjectLimit) };
        mail.From.Add(new MailboxAddress(options.FromName, options.From));
        mail.To.Add(new MailboxAddress("", draft.To));
        if (draft.Thread is [.., var answered])
        {
            mail.InReplyTo = answered;
            mail.References.AddRange(draft.Thread.Length <= ThreadLimit ? draft.Thread : [draft.Thread[0], .. draft.Thread[^(ThreadLimit - 1)..]]);
        }

        if (draft.IsAutomatic)
        {
            // RFC 3834, section 5: whoever answers by machine does not answer this. The second is what Exchange heeds instead.
            mail.Headers.Add("Auto-Submitted", draft.Thread.IsEmpty ? "auto-generated" : "auto-replied");
            mail.Headers.Add("X-Auto-Response-Suppress", "OOF, AutoReply");
        }

        var text = $"{Greeting(draft.Name)}\n\n{draft.Text}\n";
        mail.Body = new MultipartAlternative { new TextPart("plain") { Text = text.ReplaceLineEndings("\r\n") }, new TextPart("html") { Text = Html(text) } };
        return mail;
    }

    /// <summary>The subject of an answer: what was asked, behind one "Re:".</summary>
    public static string Answering(string? subject)
    {
        var asked = Lines.One(subject, SubjectLimit);
        return Repeated().Replace(asked, "") is { Length: > 0 } bare ? $"Re: {bare}" : "Re: your message";
    }

    /// <summary>
    /// The name is the customer's own word, and the mail may go to somebody else's address that they gave: what looks like anything but a name
    /// is left out.
    /// </summary>
    private static string Greeting(string name) => Lines.One(name, NameLimit + 1) is { Length: > 0 and <= NameLimit } line && Name().IsMatch(line) ? $"Hello {line}," : "Hello,";

    private static string Html(string text)
    {
        var html = new StringBuilder("<!DOCTYPE html>\r\n<html><head><meta charset=\"utf-8\"></head><body>\r\n");
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
            html.Append("<p>").Append(Links().Replace(WebUtility.HtmlEncode(paragraph.Trim('\n')), "<a href=\"$0\">$0</a>").Replace("\n", "<br>\r\n", StringComparison.Ordinal)).Append("</p>\r\n");
        return html.Append("</body></html>\r\n").ToString();
    }

    [GeneratedRegex(@"^(?:(?:re|aw|antw|sv|vs|odp|res|r|回复|回覆|答复|返信)(?:\[\d+\])?\s*[:：]\s*)+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Repeated();

    // Letters of any script with the marks that stand in names; a dot only behind a title or an initial, since elsewhere it makes an address.
    [GeneratedRegex(@"^[\p{L}\p{M}]+(?:(?:\. | |['’-])[\p{L}\p{M}]+){0,5}\.?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Name();

    // In text that is encoded already, where no quotation mark and no angle bracket is left.
    [GeneratedRegex(@"https?://[^\s<>""']*[^\s<>""'.,;:!?)\]]", RegexOptions.CultureInvariant)]
    private static partial Regex Links();
}
