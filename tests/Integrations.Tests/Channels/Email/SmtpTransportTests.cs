using System.Net;
using System.Net.Sockets;
using FteAgent.Conversations;
using FteAgent.Testing;
using FteAgent.Testing.Mail;

namespace FteAgent.Channels.Email;

/// <summary>Handing mails to a real SMTP server that is not ours.</summary>
[Trait("Category", Interop.Category)]
public sealed class SmtpTransportTests
{
    [Fact]
    public async Task Mail_arrives_as_it_was_written()
    {
        await using var server = await OutsideMail.Start();

        var handed = await Send(server.Url);

        Assert.Equal(HandedOver.Taken, handed);
        var mail = await server.Next();
        Assert.Equal(("help@example.org", "ana@example.com"), (mail.Envelope.From, Assert.Single(mail.Envelope.To)));
        Assert.Equal("Re: Größe", mail.Subject);
        Assert.Contains("Größe? 🙂", mail.Text, StringComparison.Ordinal);
        Assert.False(mail.Secure);
    }

    [Fact]
    public async Task Mail_goes_by_starttls_with_user_and_password_where_the_certificate_is_trusted()
    {
        await using var server = await OutsideMail.Start("--starttls", "--auth", "me:p@ss/word");

        var handed = await Send($"smtp://me:p%40ss%2Fword@127.0.0.1:{server.Port}", trusts: true);

        Assert.Equal(HandedOver.Taken, handed);
        var mail = await server.Next();
        Assert.True(mail.Secure);
        Assert.Equal("me", mail.User);
    }

    [Fact]
    public async Task Mail_goes_by_tls_from_the_first_byte()
    {
        await using var server = await OutsideMail.Start("--tls");

        Assert.Equal(HandedOver.Taken, await Send($"smtps://127.0.0.1:{server.Port}", trusts: true));
        Assert.True((await server.Next()).Secure);
    }

    [Theory]
    [InlineData("--starttls", "smtp", "certificate")]
    [InlineData("--tls", "smtps", "certificate")]
    [InlineData("--auth a:b", "smtp", "STARTTLS")]
    public async Task Nothing_is_sent_to_a_server_that_is_not_trusted_or_offers_no_tls(string server, string scheme, string says)
    {
        await using var outside = await OutsideMail.Start(server.Split(' '));

        var handed = await Send($"{scheme}://127.0.0.1:{outside.Port}");

        Assert.Equal(SendOutcome.TryAgain, handed.Result.Outcome);
        Assert.Contains(says, handed.Fault, StringComparison.Ordinal);
        Assert.Equal(0, outside.Waiting);
    }

    [Fact]
    public async Task Wrong_password_is_ours_to_mend_and_no_customers_fault()
    {
        await using var server = await OutsideMail.Start("--auth", "me:right");

        var handed = await Send($"smtp://me:wrong@127.0.0.1:{server.Port}?tls=none");

        Assert.Equal((SendOutcome.TryAgain, "the mail server does not take user and password"), (handed.Result.Outcome, handed.Fault));
    }

    [Theory]
    [InlineData("refused@example.com", "help@example.org", SendOutcome.Refused, "SMTP 550 5.1.1", true)]
    [InlineData("later@example.com", "help@example.org", SendOutcome.TryAgain, "SMTP 451 4.7.1", true)]
    [InlineData("ana@example.com", "nobody@example.org", SendOutcome.TryAgain, "SMTP 553 5.7.1", false)]
    public async Task Answer_of_the_server_is_told_by_its_codes_alone_and_whether_it_is_about_this_mail(string to, string from, SendOutcome outcome, string cause, bool isOfMail)
    {
        await using var server = await OutsideMail.Start();

        var handed = await Send(server.Url, to, from);

        Assert.Equal(new SendResult(outcome, cause, IsItems: isOfMail), handed.Result);
        // Where only this mail does not work the server does.
        Assert.Equal(isOfMail, handed.Fault is null);
    }

    [Fact]
    public async Task Server_that_is_away_is_tried_again()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        var handed = await Send($"smtp://127.0.0.1:{port}?tls=none");

        Assert.Equal((SendOutcome.TryAgain, "the mail server cannot be reached (ConnectionRefused)"), (handed.Result.Outcome, handed.Fault));
    }

    [Fact]
    public async Task Server_that_speaks_something_else_is_tried_again()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = Serve(listener);

        var handed = await Send($"smtp://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}?tls=none");

        Assert.Equal(SendOutcome.TryAgain, handed.Result.Outcome);
        Assert.NotNull(handed.Fault);
        await serving;

        static async Task Serve(TcpListener listener)
        {
            using var client = await listener.AcceptTcpClientAsync();
            await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray());
        }
    }

    [Fact]
    public async Task Looking_whether_it_works_sends_nothing()
    {
        await using var server = await OutsideMail.Start("--auth", "me:right");

        Assert.Null(await Transport($"smtp://me:right@127.0.0.1:{server.Port}?tls=none").Fault(default));
        Assert.NotNull(await Transport($"smtp://me:wrong@127.0.0.1:{server.Port}?tls=none").Fault(default));
        Assert.Equal(0, server.Waiting);
    }

    [Theory]
    [InlineData("smtp://mail.example.org", "mail.example.org", 587, SmtpSecurity.StartTls, null, null)]
    [InlineData("smtps://me:p%40ss@mail.example.org", "mail.example.org", 465, SmtpSecurity.Tls, "me", "p@ss")]
    [InlineData("smtp://10.0.0.1:25?tls=none", "10.0.0.1", 25, SmtpSecurity.None, null, null)]
    [InlineData("smtp://a%40b.example:c:d@[::1]:2525/?tls=none", "::1", 2525, SmtpSecurity.None, "a@b.example", "c:d")]
    public void Url_is_read(string url, string host, int port, SmtpSecurity security, string? user, string? password)
    {
        Assert.True(SmtpOptions.TryParse(url, out var options, out _));
        Assert.Equal(new SmtpOptions(host, port, security, user, password), options);
    }

    [Theory]
    [InlineData("mail.example.org")]
    [InlineData("http://mail.example.org")]
    [InlineData("smtp://")]
    [InlineData("smtp://mail.example.org/path")]
    [InlineData("smtp://mail.example.org?tls=no")]
    [InlineData("smtps://mail.example.org?tls=none")]
    [InlineData("smtp://me@mail.example.org")]
    [InlineData("smtp://me:secret-word@mail.example.org?tls=none")]
    [InlineData("smtp://me:secret#word@mail.example.org")]
    public void Url_that_cannot_be_meant_is_told_without_what_it_holds(string url)
    {
        Assert.False(SmtpOptions.TryParse(url, out _, out var fault));
        Assert.DoesNotContain("secret", fault, StringComparison.Ordinal);
    }

    private static SmtpTransport Transport(string url, bool trusts = false)
    {
        Assert.True(SmtpOptions.TryParse(url, out var options, out var fault), fault);
        return new(trusts ? options with { Trusts = (_, _, _, _) => true } : options);
    }

    private static Delivery Noted { get; } = new(
        Guid.Empty, new(Guid.Empty), MessageId.None, Channel.Email, "ana@example.com", null, DeliveryStatus.Queued, null, Given.Now);

    private static Task<HandedOver> Send(string url, string to = "ana@example.com", string from = "help@example.org", bool trusts = false)
    {
        var draft = new MailDraft(Guid.CreateVersion7(), to, "Ana", "Re: Größe", "Größe? 🙂", [], IsAutomatic: true);
        return Transport(url, trusts).Send(MailComposer.Compose(draft, Given.Options with { From = from }, Given.Now), new(Noted, 0, null!), default);
    }
}
