using System.Text.RegularExpressions;

namespace FteAgent.Channels.Email;

/// <summary>
/// How mail programs mark what they quote, forward or sign, in the languages in which they are sold. Seen in mails of Gmail, Outlook, Apple
/// Mail, Thunderbird and Yahoo; each line is matched by itself, without its white space.
/// </summary>
internal static partial class QuoteMarks
{
    /// <summary>The last words of "On Tuesday Ana wrote:".</summary>
    public static bool EndsAttribution(string line) => Wrote().IsMatch(line);

    /// <summary>An address in angle brackets, or a bare one, at the end: "3 March 2026, Ana &lt;ana@example.com&gt;:".</summary>
    public static bool EndsWithAddress(string line) => AddressColon().IsMatch(line);

    /// <summary>A date or a time of day in figures.</summary>
    public static bool HasTime(string line) => Time().IsMatch(line);

    /// <summary>"-----Original Message-----": all below is quoted.</summary>
    public static bool IsOriginal(string line) => Original().IsMatch(line);

    /// <summary>"---------- Forwarded message ---------": what follows is what the customer wants us to read.</summary>
    public static bool IsForward(string line) => Forward().IsMatch(line);

    /// <summary>"From: …" as the first line of the block that Outlook puts above what it quotes.</summary>
    public static bool IsFrom(string line) => From().IsMatch(line);

    /// <summary>"Sent: …" in that block.</summary>
    public static bool IsSent(string line) => Sent().IsMatch(line);

    /// <summary>"Subject: …" in that block.</summary>
    public static bool IsSubject(string line) => Subject().IsMatch(line);

    /// <summary>"Sent from my iPhone".</summary>
    public static bool IsDevice(string line) => line.Length <= 100 && Device().IsMatch(line);

    /// <summary>"Fwd: …"</summary>
    public static bool IsForwardSubject(string subject) => ForwardSubject().IsMatch(subject);

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    [GeneratedRegex(@"(?:wrote|writes|schrieb(?: am .{1,80})?|a écrit|écrit|escribió|ha scritto|scrisse|escreveu|schreef(?: .{1,120})?|skrev(?: .{1,120})?|kirjoitti|napisał(?:\(a\)|a|/a)?|pisze|napsal(?:\(a\)|a)?|napísal(?:\(a\)|a)?|írta|a scris|έγραψε|пишет|написала?|пише|написав|yazdı|şunu yazdı|כתב|كتب|写道|寫道|のメール|が書きました|작성)\s*[:：]\s*$", Options)]
    private static partial Regex Wrote();

    [GeneratedRegex(@"[^\s<>]+@[^\s<>]+>?\)?\s*[:：]\s*$", Options)]
    private static partial Regex AddressColon();

    [GeneratedRegex(@"\d{1,2}[:.hH]\d{2}|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{4}|\d{1,2}\s*[年月日]", Options)]
    private static partial Regex Time();

    [GeneratedRegex(@"^-{2,}\s*(?:original message|original appointment|ursprüngliche nachricht|original-nachricht|originalnachricht|message d['’]origine|message original|mensaje original|messaggio originale|oorspronkelijk bericht|ursprungligt meddelande|opprinnelig melding|oprindelig meddelelse|alkuperäinen viesti|mensagem original|wiadomość oryginalna|původní zpráva|исходное сообщение|özgün ileti|orijinal mesaj|原始邮件|原始郵件|元のメッセージ|원본 메시지|reply message|reply above this line)\s*-{2,}$", Options)]
    private static partial Regex Original();

    [GeneratedRegex(@"^(?:-{2,}\s*(?:forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado|messaggio inoltrato|doorgestuurd bericht|vidarebefordrat meddelande|videresendt melding|videresendt meddelelse|välitetty viesti|mensagem encaminhada|przekazana wiadomość|přeposlaná zpráva|пересланное сообщение|iletilmiş mesaj|转发的邮件|转发邮件|轉寄郵件|転送メッセージ|전달된 메시지)\s*-{2,}|(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message (?:réexpédié|transféré)|inicio del mensaje reenviado|inizio messaggio inoltrato|begin doorgestuurd bericht|início da mensagem encaminhada)\s*:)$", Options)]
    private static partial Regex Forward();

    [GeneratedRegex(@"^(?:fwd?|wg|tr|rv|i|enc|vs|vb|vl|pd|doorst|转发|轉寄|転送)\s*[:：]", Options)]
    private static partial Regex ForwardSubject();

    [GeneratedRegex(@"^\*{0,2}(?:from|von|de|da|van|från|fra|lähettäjä|od|от|kimden|gönderen|από|de la|feladó|发件人|寄件者|差出人|보낸 사람)\s*[:：]\*{0,2}\s*\S", Options)]
    private static partial Regex From();

    [GeneratedRegex(@"^\*{0,2}(?:sent|date|gesendet|datum|envoyé|date d['’]envoi|enviado(?: el)?|fecha|inviato|data|verzonden|skickat|sendt|dato|lähetetty|päivämäärä|wysłano|odesláno|отправлено|дата|gönderildi|gönderme tarihi|tarih|στάλθηκε|ημερομηνία|elküldve|trimis|发送时间|日期|寄件日期|送信日時|日付|보낸 날짜|날짜)\s*[:：]\*{0,2}\s*\S", Options)]
    private static partial Regex Sent();

    [GeneratedRegex(@"^\*{0,2}(?:subject|betreff|objet|asunto|oggetto|onderwerp|ämne|emne|aihe|assunto|temat|předmět|тема|konu|θέμα|tárgy|subiect|主题|主旨|件名|제목)\s*[:：]", Options)]
    private static partial Regex Subject();

    [GeneratedRegex(@"^(?:sent from (?:my|mail for|yahoo|outlook|proton|samsung|a mobile|the all new|gmail)|get outlook for|von meinem .{1,40} gesendet|gesendet (?:von|mit|über)|envoyé (?:de|depuis) (?:mon|ma|mail|outlook|l)|télécharger outlook|enviado desde (?:mi|mail|outlook|correo)|obtener outlook|inviato da(?:l mio| mio|ll['’])? ?\S|scarica outlook|verzonden (?:vanaf|via|met) |download outlook|skickat från min|sendt fra min|lähetetty |enviado (?:do|de) (?:meu|correio)|obter o outlook|wysłane z|odesláno z|отправлено (?:с|из)|iphone['’]?(?:dan|umdan) gönderildi|.{1,20}から送信$|从我的.{1,20}发送|來自我的|나의 .{1,20}에서 보냄)", Options)]
    private static partial Regex Device();
}
