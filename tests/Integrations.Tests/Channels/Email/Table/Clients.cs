namespace FteAgent.Channels.Email.Table;

/// <summary>Answers as mail programs write them: what is quoted and signed is not the customer's question.</summary>
internal static class Clients
{
    private const string Said = "It still fails.\n\nWhat now?";

    public static IEnumerable<MailCase> All =>
    [
        MailCase.Plain("plain text without anything else", "How do I make a backup?\n") with { Text = "How do I make a backup?", Subject = "Backup", SenderName = "Ana Pires" },
        Answer("Gmail, English", "On Tue, Mar 3, 2026 at 10:00 AM Example Support <help@example.org>\nwrote:\n\n> Hello Ana,\n>\n> run backup.\n"),
        Answer("Gmail, German", "Am Di., 3. März 2026 um 10:00 Uhr schrieb Example Support <\nhelp@example.org>:\n\n> Hallo Ana,\n> bitte sichern.\n"),
        Answer("Gmail, French", "Le mar. 3 mars 2026 à 10:00, Example Support <help@example.org> a\nécrit :\n\n> Bonjour,\n"),
        Answer("Gmail, Spanish", "El mar, 3 mar 2026 a las 10:00, Example Support (<help@example.org>)\nescribió:\n\n> Hola,\n"),
        Answer("Gmail, Portuguese", "Em ter., 3 de mar. de 2026 às 10:00, Example Support <help@example.org>\nescreveu:\n\n> Olá,\n"),
        Answer("Gmail, Italian", "Il giorno mar 3 mar 2026 alle ore 10:00 Example Support <help@example.org>\nha scritto:\n\n> Ciao,\n"),
        Answer("Gmail, Dutch", "Op di 3 mrt 2026 om 10:00 schreef Example Support <help@example.org>:\n\n> Hallo,\n"),
        Answer("Gmail, Swedish", "Den tis 3 mars 2026 kl 10:00 skrev Example Support <help@example.org>:\n\n> Hej,\n"),
        Answer("Gmail, Polish", "wt., 3 mar 2026 o 10:00 Example Support <help@example.org> napisał(a):\n\n> Dzień dobry,\n"),
        Answer("Gmail, Russian", "вт, 3 мар. 2026 г. в 10:00, Example Support <help@example.org>:\n\n> Здравствуйте,\n"),
        Answer("Gmail, Japanese", "2026年3月3日(火) 10:00 Example Support <help@example.org>:\n\n> こんにちは\n"),
        Answer("Gmail, Chinese", "Example Support <help@example.org> 于2026年3月3日周二 10:00写道：\n\n> 您好\n"),
        Answer("Apple Mail, English", "> On 3 Mar 2026, at 10:00, Example Support <help@example.org> wrote:\n> \n> Hello Ana,\n"),
        Answer("Apple Mail, German", "> Am 03.03.2026 um 10:00 schrieb Example Support <help@example.org>:\n> \n> Hallo Ana,\n"),
        Answer("iPhone", "Sent from my iPhone\n\n> On Mar 3, 2026, at 10:00, Example Support <help@example.org> wrote:\n> \n> Hello\n"),
        Answer("iPhone, French", "Envoyé de mon iPhone\n\n> Le 3 mars 2026 à 10:00, Example Support <help@example.org> a écrit :\n> Bonjour\n"),
        Answer("Thunderbird", "On 3/3/26 10:00, Example Support wrote:\n> Hello Ana,\n> run backup.\n\n-- \nAna Pires\nAcme Ltd\n"),
        Answer("Outlook, English", "From: Example Support <help@example.org>\nSent: Tuesday, March 3, 2026 10:00 AM\nTo: Ana Pires <ana@example.com>\nSubject: Re: Backup\n\nHello Ana,\nrun backup.\n"),
        Answer("Outlook, German, below a rule", "________________________________\nVon: Example Support <help@example.org>\nGesendet: Dienstag, 3. März 2026 10:00\nAn: Ana Pires\nBetreff: AW: Backup\n\nHallo Ana,\n"),
        Answer("Outlook, older", "-----Original Message-----\nFrom: Example Support [mailto:help@example.org]\nSent: Tuesday, March 3, 2026 10:00 AM\nSubject: RE: Backup\n\nHello\n"),
        Answer("Outlook, German, older", "-----Ursprüngliche Nachricht-----\nVon: Example Support\n\nHallo\n"),
        Answer("Outlook for iOS", "Get Outlook for iOS<https://aka.ms/o0ukef>\n________________________________\nFrom: Example Support <help@example.org>\nSent: Tuesday, March 3, 2026 10:00:00 AM\nTo: Ana <ana@example.com>\nSubject: Re: Backup\n\nHello\n"),
        Answer("Yahoo, without any mark before the quote", "On Tuesday, March 3, 2026 at 10:00:00 AM GMT, Example Support <help@example.org> wrote:\n\nHello Ana,\nrun backup.\n"),
        MailCase.Plain("answers between the quotes", "On Tue, Mar 3, 2026 at 10:00 AM Support <help@example.org> wrote:\n\n> Which version?\n\nVersion 7.\n\n> Which system?\n\nDebian.\n") with { Text = "Version 7.\n\nDebian." },
        MailCase.Plain("a question that speaks of who wrote what", "On Monday my colleague wrote:\n\nthe backup is broken\n\nIs that so?\n") with { Text = "On Monday my colleague wrote:\n\nthe backup is broken\n\nIs that so?" },
        MailCase.Plain("nothing but a quote", "On Tue, Mar 3, 2026 at 10:00 AM Support <help@example.org> wrote:\n\n> Which version?\n") with { Text = "" },
        MailCase.Plain("a signature whose mark lost its space", "How do I make a backup?\n\n--\nAna Pires\n+351 555 0100\n") with { Text = "How do I make a backup?" },
        MailCase.Plain("a forwarded mail is the question", "What does this mean?\n\n---------- Forwarded message ---------\nFrom: Backup Robot <robot@example.net>\nDate: Tue, Mar 3, 2026 at 9:00 AM\nSubject: Failure\nTo: Ana\n\n> Error 402 in job 7\n", subject: "Fwd: Failure")
            with { Text = "What does this mean?\n\n---------- Forwarded message ---------\nFrom: Backup Robot <robot@example.net>\nDate: Tue, Mar 3, 2026 at 9:00 AM\nSubject: Failure\nTo: Ana\n\nError 402 in job 7" },
        MailCase.Plain("forwarded by Outlook, which marks it like an answer", "From: Robot <robot@example.net>\nSent: Tuesday, March 3, 2026 9:00 AM\nTo: Ana\nSubject: Failure\n\nError 402 in job 7\n", subject: "FW: Failure")
            with { Text = "From: Robot <robot@example.net>\nSent: Tuesday, March 3, 2026 9:00 AM\nTo: Ana\nSubject: Failure\n\nError 402 in job 7" },
        Html("HTML of Gmail", """<div dir="ltr"><div>It still fails.</div><div><br></div><div>What now?</div></div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Tue, Mar 3, 2026 at 10:00 AM Support &lt;<a href="mailto:help@example.org">help@example.org</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0">Hello Ana</blockquote></div>"""),
        Html("HTML of Apple Mail", """<html><body><p>It still fails.</p><p>What now?</p><div><br><blockquote type="cite"><div>On 3 Mar 2026, at 10:00, Support &lt;help@example.org&gt; wrote:</div><br><div>Hello</div></blockquote></div></body></html>"""),
        Html("HTML of Outlook", """<html><head><style>p { margin: 0 }</style></head><body><div class="WordSection1"><p class="MsoNormal">It still fails.</p><p class="MsoNormal">What now?</p><div style="border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b>From:</b> Support &lt;help@example.org&gt;<br><b>Sent:</b> Tuesday, March 3, 2026 10:00 AM<br><b>To:</b> Ana<br><b>Subject:</b> Re: Backup</p></div><p class="MsoNormal">Hello Ana</p></div></body></html>"""),
        Html("HTML of Outlook on the web", """<div>It still fails.</div><div><br></div><div>What now?</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg" dir="ltr"><b>Von:</b> Support &lt;help@example.org&gt;<br><b>Gesendet:</b> Dienstag, 3. März 2026 10:00<br><b>An:</b> Ana<br><b>Betreff:</b> AW: Backup</div><div>Hallo</div>"""),
        Html("HTML with a signature, hidden words and a pixel", """<p>It still fails.</p><p>What now?</p><span style="display:none">Buy!</span><img src="https://example.net/p.gif"><div class="gmail_signature">Ana Pires<br>Acme</div><script>alert(1)</script>"""),
        MailCase.Plain("HTML with a list, a table and a link", """<p>See <a href="https://example.net/log">the log</a>:</p><ul><li>one</li><li>two</li></ul><table><tr><td>a</td><td>b</td></tr></table>""", type: "text/html; charset=utf-8")
            with { Text = "See the log (https://example.net/log):\n\n- one\n- two\n\na b" },
    ];

    private static MailCase Answer(string name, string quoted) =>
        MailCase.Plain(name, $"{Said}\n\n{quoted}", "In-Reply-To: <fte.q@example.org>", subject: "Re: Backup") with { Text = Said, References = ["fte.q@example.org"] };

    private static MailCase Html(string name, string html) => MailCase.Plain(name, html, type: "text/html; charset=utf-8") with { Text = Said };
}
