using System.Text.RegularExpressions;
using MimeKit;

namespace FteAgent.Channels.Email;

/// <summary>
/// Whether a person wrote a mail, as far as it tells. A machine's mail is never answered: two machines would go on for ever. By RFC 3834
/// (automatic responses), RFC 3464 (delivery status), RFC 2369 and RFC 2919 (lists), and what mail systems write in practice.
/// </summary>
internal static partial class MailNature
{
    private const string Own = "own";
    private const string Bounce = "bounce";
    private const string AutoReply = "auto_reply";
    private const string List = "list";

    private static readonly string[] ListFields = ["List-Id", "List-Unsubscribe", "List-Post"];
    private static readonly string[] AutoReplyFields = ["X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply-From"];

    /// <summary>Why nobody waits for an answer; null for a person's mail.</summary>
    public static string? Of(MimeMessage mail, Sender sender, MailThread thread, MailOptions options)
    {
        var headers = mail.Headers;
        if (options.OwnAddresses.Contains(sender.Address) || (thread.MessageId is { } id && IsOurs(id, options)))
            return Own;
        if (IsBounce(mail, sender))
            return Bounce;
        if (Word(headers["Auto-Submitted"]) is { } submitted && submitted != "no")
            return AutoReply;
        if (headers["X-Auto-Response-Suppress"] is { } suppress && Suppressed(suppress))
            return AutoReply;
        if (AutoReplyFields.Any(headers.Contains) || Word(headers["Precedence"]) is "auto_reply")
            return AutoReply;
        if (ListFields.Any(headers.Contains) || Word(headers["Precedence"]) is "bulk" or "list" or "junk")
            return List;
        // A vacation's subject alone may be a person's question about vacations.
        if (IsVacation(mail.Subject) && (NoReply().IsMatch(sender.Address) || thread.References.Any(reference => IsOurs(reference, options))))
            return AutoReply;
        // Who takes no bounces wrote no letter (RFC 5321, section 4.5.5).
        return HasNullPath(headers) ? AutoReply : null;
    }

    /// <summary>
    /// Why nobody waits for an answer if the mail answers one of ours: a vacation's subject alone may be a person's question about vacations. Null
    /// where that makes no difference. Mails that Gmail sent for us bear ids of Gmail's, so the record must tell.
    /// </summary>
    public static string? OfAnswer(MimeMessage mail) => IsVacation(mail.Subject) ? AutoReply : null;

    private static bool IsOurs(string messageId, MailOptions options) =>
        MailIds.ItemOf(messageId) is not null && messageId.EndsWith($"@{options.Domain}", StringComparison.OrdinalIgnoreCase);

    private static bool IsBounce(MimeMessage mail, Sender sender) =>
        mail.Body is MultipartReport { ReportType: var kind } && !string.Equals(kind, "disposition-notification", StringComparison.OrdinalIgnoreCase)
        || mail.Headers.Contains("X-Failed-Recipients")
        || sender.Address.Split('@')[0] is "mailer-daemon" or "postmaster" or "mail-daemon";

    /// <summary>
    /// Who asks for no automatic answers does not wait for ours. People's programs ask for no receipts (DR, NDR, RN, NRN), and do wait.
    /// Source: Microsoft, [MS-OXCMAIL], section 2.2.3.2.14.
    /// </summary>
    private static bool Suppressed(string kinds) => Comment().Replace(kinds, " ").Split([',', ';', ' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
        .Any(kind => kind.ToLowerInvariant() is "all" or "oof" or "autoreply");

    private static bool HasNullPath(HeaderList headers) => headers["Return-Path"]?.Replace(" ", "", StringComparison.Ordinal) is "<>";

    /// <summary>The first word of a field in lower case, without comments and parameters.</summary>
    private static string? Word(string? value)
    {
        if (value is null)
            return null;
        var text = Comment().Replace(value, " ").TrimStart();
        var end = text.IndexOfAny([' ', ';', ',', '\t', '\r', '\n']);
        return (end < 0 ? text : text[..end]).ToLowerInvariant();
    }

    private static bool IsVacation(string? subject) => subject is not null && Vacation().IsMatch(subject);

    [GeneratedRegex(@"\([^()]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex(@"^(?:no-?reply|do-?not-?reply|donotreply|auto-?reply|autoresponder)(?:[+._-][^@]*)?@", RegexOptions.CultureInvariant)]
    private static partial Regex NoReply();

    // As the common mail systems write it, at the very beginning: a person's answer begins with Re.
    [GeneratedRegex(
        @"^\s*\[?(?:auto(?:matic)?[ -]?(?:reply|response)|out of (?:the )?office|on vacation|away from (?:the|my) (?:office|mail)|automatische antwort|abwesenheits(?:notiz|assistent)|abwesend|réponse automatique|absence du bureau|respuesta automática|fuera de la oficina|risposta automatica|fuori sede|resposta automática|automatisch antwoord|afwezig(?:heid)?|automatiskt svar|frånvaro|automatisk svar|automaattinen vastaus|automatyczna odpowiedź|автоматический ответ|otomatik yanıt|自動返信|自动回复|자동 회신)\]?\s*(?:[:：–—-]|$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Vacation();
}
