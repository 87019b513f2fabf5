namespace FteAgent.Channels.Email.Table;

/// <summary>Mails of several parts, and broken ones.</summary>
internal static class Structures
{
    private const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    public static IEnumerable<MailCase> All =>
    [
        Multi("the plain text of two that say the same", "alternative", "Content-Type: text/plain\n\nplain words", "Content-Type: text/html\n\n<p>marked words</p>") with { Text = "plain words" },
        Multi("the marked text where the plain one is empty", "alternative", "Content-Type: text/plain\n\n", "Content-Type: text/html\n\n<p>marked words</p>") with { Text = "marked words" },
        Multi("texts before and after a picture, as Apple writes them", "mixed", "Content-Type: text/plain\n\nbefore", Picture("shot.png"), "Content-Type: text/plain\n\nafter") with { Text = "before\n\nafter", Files = ["shot.png"] },
        Multi("a picture alone", "mixed", Picture("shot.png")) with { Text = "", Files = ["shot.png"] },
        new("nothing but a picture", $"From: ana@example.com\nMIME-Version: 1.0\n{Picture("shot.png")}") { Text = "", Files = ["shot.png"] },
        Multi("a text file is a file and no words", "mixed", "Content-Type: text/plain\n\nsee the log", "Content-Type: text/plain; name=log.txt\nContent-Disposition: attachment; filename=log.txt\n\nline 1") with { Text = "see the log", Files = ["log.txt"] },
        Multi("a name with a path, and one that hides its ending", "mixed", "Content-Type: text/plain\n\nx", Picture("../../etc/passwd"), Picture("C:\\\\temp\\\\a.exe"), Picture("=?utf-8?Q?photo=E2=80=AEgpj=2Eexe?="))
            with { Text = "x", Files = ["passwd", "a.exe", "photogpj.exe"] },
        Multi("a file without a name", "mixed", "Content-Type: text/plain\n\nx", "Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\nAAAA") with { Text = "x", Files = ["attachment-1"] },
        Multi("a name in several pieces", "mixed", "Content-Type: text/plain\n\nx", "Content-Type: application/pdf\nContent-Disposition: attachment; filename*0*=utf-8''Gr%C3%B6; filename*1*=%C3%9Fe.pdf\n\nAAAA") with { Text = "x", Files = ["Größe.pdf"] },
        Multi("a signed mail says what was signed", "signed; protocol=\"application/pgp-signature\"", "Content-Type: text/plain\n\nsigned words", "Content-Type: application/pgp-signature; name=signature.asc\n\nxyz") with { Text = "signed words" },
        Multi("a mail in a mail is a file", "mixed", "Content-Type: text/plain\n\nsee below", "Content-Type: message/rfc822\n\nFrom: other@example.net\nSubject: Inner\n\ninner words") with { Text = "see below", Files = ["Inner.eml"] },
        new("an end that never came", "From: ana@example.com\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nhalf a mail") { Text = "half a mail" },
        new("a boundary that is nowhere", "From: ana@example.com\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\nwords outside") { Text = "" },
        new("a type that is none", "From: ana@example.com\nContent-Type: nonsense\n\nwords") { Text = "words" },
        new("base64 that is none", "From: ana@example.com\nMIME-Version: 1.0\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!!") { Text = "" },
        new("a header alone", "From: ana@example.com\nSubject: only this\n") { Text = "", Subject = "only this" },
        new("marks nested beyond any honest mail", $"From: ana@example.com\nContent-Type: text/html\n\n{string.Concat(Enumerable.Repeat("<b>", 5_000))}words") { Text = "" },
        MailCase.Plain("the thread, oldest first", "x", "References: <a@example.com> <b@example.com>\nIn-Reply-To: <b@example.com>") with { Text = "x", References = ["a@example.com", "b@example.com"] },
        MailCase.Plain("a parent that References lacks comes last", "x", "References: <a@example.com>\nIn-Reply-To: Your mail of <b@example.com>") with { Text = "x", References = ["a@example.com", "b@example.com"] },
    ];

    public static MailCase Multi(string name, string kind, params string[] parts) => new(
        name,
        $"From: ana@example.com\nSubject: x\nMessage-ID: <1@example.com>\nMIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary=\"=_b\"\n\n{string.Concat(parts.Select(part => $"--=_b\n{part}\n"))}--=_b--\n");

    private static string Picture(string name) =>
        $"Content-Type: image/png; name=\"{name}\"\nContent-Disposition: inline; filename=\"{name}\"\nContent-Transfer-Encoding: base64\nContent-ID: <p@x>\n\n{Pixel}";
}
