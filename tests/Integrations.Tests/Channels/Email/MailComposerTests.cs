using MimeKit;

namespace FteAgent.Channels.Email;

public sealed class MailComposerTests
{
    private static readonly Guid Item = Guid.Parse("0195c0ff-ee00-7000-8000-000000000001");

    [Fact]
    public void Mail_greets_says_and_bears_its_items_id()
    {
        var mail = Compose(Draft());

        Assert.Equal("fte.0195c0ffee0070008000000000000001@example.org", mail.MessageId);
        Assert.Equal("\"Example Support\" <help@example.org>", mail.From.ToString());
        Assert.Equal("ana@example.com", mail.To.ToString());
        Assert.Equal("Hello Ana Pires,\n\nRun it.\n", mail.TextBody!.ReplaceLineEndings("\n"));
        Assert.Equal(Given.Now, mail.Date);
    }

    [Fact]
    public void Answer_stands_in_its_thread()
    {
        var mail = Compose(Draft() with { Thread = ["a@example.com", "b@example.com"] });

        Assert.Equal("b@example.com", mail.InReplyTo);
        Assert.Equal(["a@example.com", "b@example.com"], mail.References);
        Assert.Equal("auto-replied", mail.Headers["Auto-Submitted"]);
    }

    [Fact]
    public void Long_thread_keeps_its_first_and_its_latest()
    {
        var ids = Enumerable.Range(0, 50).Select(i => $"{i}@example.com").ToList();

        Assert.Equal([ids[0], .. ids[^29..]], Compose(Draft() with { Thread = [.. ids] }).References);
    }

    [Fact]
    public void Mail_that_begins_a_thread_says_that_a_machine_did_and_a_persons_says_nothing()
    {
        Assert.Equal("auto-generated", Compose(Draft()).Headers["Auto-Submitted"]);
        var persons = Compose(Draft() with { IsAutomatic = false, Thread = ["a@example.com"] });
        Assert.Null(persons.Headers["Auto-Submitted"]);
        Assert.Null(persons.Headers["X-Auto-Response-Suppress"]);
    }

    [Theory]
    [InlineData("Ana", "Hello Ana,")]
    [InlineData("Dr. Jean-Luc O’Brien", "Hello Dr. Jean-Luc O’Brien,")]
    [InlineData("李雷", "Hello 李雷,")]
    [InlineData("J. R. R. Tolkien", "Hello J. R. R. Tolkien,")]
    [InlineData("", "Hello,")]
    [InlineData("buy at evil.example", "Hello,")]
    [InlineData("https://evil.example", "Hello,")]
    [InlineData("Ana\r\nBcc: all@example.com", "Hello,")]
    [InlineData("<b>Ana</b>", "Hello,")]
    [InlineData("call 555 0100", "Hello,")]
    [InlineData("you have won a lot of money today", "Hello,")]
    public void Greeting_names_what_looks_like_a_name(string name, string greeting) =>
        Assert.StartsWith($"{greeting}\n", Compose(Draft() with { Name = name }).TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);

    [Theory]
    [InlineData("Backup", "Re: Backup")]
    [InlineData("Re: Backup", "Re: Backup")]
    [InlineData("RE: AW: Re[2]: Backup", "Re: Backup")]
    [InlineData("回复：Backup", "Re: Backup")]
    [InlineData("Fwd: Backup", "Re: Fwd: Backup")]
    [InlineData("Re:", "Re: your message")]
    [InlineData(null, "Re: your message")]
    [InlineData("two\r\nlines", "Re: two lines")]
    public void Subject_answers_once(string? subject, string answer) => Assert.Equal(answer, MailComposer.Answering(subject));

    [Fact]
    public void Marks_in_words_are_words()
    {
        var html = Compose(Draft() with { Text = "<script>alert(1)</script> & see https://example.org/a?b=1&c=2.\nhttp://x\"onclick=y" }).HtmlBody!;

        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://example.org/a?b=1&amp;c=2\">", html, StringComparison.Ordinal);
        Assert.DoesNotContain("\"onclick", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_cannot_make_a_header_or_end_the_mail()
    {
        var mail = Compose(Draft() with { Subject = "a\r\nBcc: all@example.com", Text = "\r\n.\r\nRCPT TO:<x@y>\r\n" });
        using var bytes = new MemoryStream();
        mail.WriteTo(bytes);
        bytes.Position = 0;

        var read = MimeMessage.Load(bytes);

        Assert.Empty(read.Bcc);
        Assert.Equal("a Bcc: all@example.com", read.Subject);
    }

    [Fact]
    public void Our_own_mail_is_known_by_us_as_a_machines()
    {
        using var bytes = new MemoryStream();
        Compose(Draft() with { Thread = ["a@example.com"] }).WriteTo(bytes);

        Assert.Equal("own", Given.Read(bytes.ToArray()).Message!.Automatic);
        // And by another deployment of the same program.
        var others = new MimeMailReader(Given.Options with { From = "support@example.net", Gmail = null });
        Assert.Equal("auto_reply", others.Read(bytes.ToArray(), MailRoad.Webhook, Given.Now).Message!.Automatic);
    }

    private static MailDraft Draft() => new(Item, "ana@example.com", "Ana Pires", "Backup", "Run it.", [], IsAutomatic: true);

    private static MimeMessage Compose(MailDraft draft) => MailComposer.Compose(draft, Given.Options, Given.Now);
}
