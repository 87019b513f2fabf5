using System.Text;

namespace FteAgent.Channels.Email.Table;

/// <summary>Words in all the ways in which mails write them.</summary>
internal static class Charsets
{
    public static IEnumerable<MailCase> All =>
    [
        MailCase.Plain("UTF-8 as it is", "Größe und Menü? 日本語 🙂") with { Text = "Größe und Menü? 日本語 🙂" },
        MailCase.Plain("Latin-1 as it is", "Größe und Menü?", type: "text/plain; charset=iso-8859-1") with { Text = "Größe und Menü?", Encoding = Encoding.Latin1 },
        MailCase.Plain("quoted-printable", "Gr=F6=DFe und =\nMen=FC?", "Content-Transfer-Encoding: quoted-printable", "text/plain; charset=iso-8859-15") with { Text = "Größe und Menü?" },
        MailCase.Plain("Windows-1252 with its own quotation marks", "=93Hallo=94 =96 5 =80", "Content-Transfer-Encoding: quoted-printable", "text/plain; charset=windows-1252") with { Text = "“Hallo” – 5 €" },
        MailCase.Plain("base64", Convert.ToBase64String(Encoding.UTF8.GetBytes("Größe?")), "Content-Transfer-Encoding: base64") with { Text = "Größe?" },
        MailCase.Plain("Japanese by ISO-2022-JP", "\x1b$B$3$s$K$A$O\x1b(B", "Content-Transfer-Encoding: 7bit", "text/plain; charset=iso-2022-jp") with { Text = "こんにちは" },
        MailCase.Plain("Cyrillic by KOI8-R", "=F0=D2=C9=D7=C5=D4", "Content-Transfer-Encoding: quoted-printable", "text/plain; charset=koi8-r") with { Text = "Привет" },
        MailCase.Plain("Chinese by GB18030", "=C4=E3=BA=C3", "Content-Transfer-Encoding: quoted-printable", "text/plain; charset=gb18030") with { Text = "你好" },
        MailCase.Plain("a character set that nobody knows", "Hello there", type: "text/plain; charset=x-nobody") with { Text = "Hello there" },
        MailCase.Plain("no character set, and UTF-8 all the same", "Größe?", type: "text/plain") with { Text = "Größe?" },
        MailCase.Plain("flowed lines are one", "A long question that a program \nbroke into two lines.\n\nAnd more.", type: "text/plain; charset=utf-8; format=flowed") with { Text = "A long question that a program broke into two lines.\n\nAnd more." },
        MailCase.Plain("encoded words in the subject", "x", subject: "=?utf-8?Q?Gr=C3=B6=C3=9Fe?= =?iso-8859-1?B?TWVu/A==?=") with { Text = "x", Subject = "GrößeMenü" },
        MailCase.Plain("a subject over several lines", "x", subject: "a long\n one") with { Text = "x", Subject = "a long one" },
        new("an encoded name of the sender", "From: =?utf-8?B?w4ptw65s?= <ana@example.com>\nSubject: x\n\nHello") { Text = "Hello", SenderName = "Êmîl" },
        MailCase.Plain("line ends without a carriage return, and a form feed", "one\u000ctwo\nthree") with { Text = "one\ntwo\nthree" },
    ];
}
