using System.Net.Http.Headers;
using System.Text;
using FteAgent.Api.Hosting;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Testing.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Api.Webhooks;

/// <summary>A silo that takes mail by webhook and sends it by a mail server that is not ours.</summary>
internal sealed class MailSilo : IAsyncDisposable
{
    public const string Secret = "webhook-secret-of-these-tests-0123456789";
    public const string Pass = "Authentication-Results: mx.example.org; dmarc=pass header.from=example.com\n";

    private MailSilo(RunningSilo silo, OutsideMail server) => (Silo, Server) = (silo, server);

    public RunningSilo Silo { get; }

    public OutsideMail Server { get; }

    public static Task<MailSilo> Start(params (string, string)[] settings) => Start(static _ => { }, settings);

    public static async Task<MailSilo> Start(Action<IServiceCollection> configure, params (string, string)[] settings)
    {
        var server = await OutsideMail.Start();
        var silo = await RunningSilo.Start(configure,
        [
            ("EMAIL_WEBHOOK_SECRET", Secret), ("EMAIL_FROM", "Example Support <help@example.org>"), ("EMAIL_SMTP_URL", server.Url),
            ("EMAIL_AUTHSERV_ID", "mx.example.org"), ("PUBLIC_URL", "https://support.example.org"), .. settings,
        ]);
        return new(silo, server);
    }

    /// <summary>A mail as Ana's program writes it.</summary>
    public static string Mail(
        string text, string id, string from = "ana@example.com", string more = "", string subject = "Backup of the data", bool proved = true) =>
        $"{(proved ? Pass : "")}From: {from}\nTo: help@example.org\nSubject: {subject}\nMessage-ID: <{id}>\nDate: Tue, 03 Mar 2026 09:00:00 +0000\n{more}\n{text}\n";

    public Task<Answer> Post(string mail) => Post(Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n")));

    public Task<Answer> Post(byte[] mail, string type = "message/rfc822") => Silo.With(Secret).Send(HttpMethod.Post, "/webhooks/email", Body(mail, type));

    public static ByteArrayContent Body(byte[] mail, string type)
    {
        var content = new ByteArrayContent(mail);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }

    /// <summary>The customers who are known by this address.</summary>
    public async Task<Customer[]> Customers(string address = "ana@example.com") =>
        [.. (await Silo.Service<ICustomerDirectory>().Search(address, 100, default)).Where(customer => customer.Identifiers.Any(known => known.Value == address))];

    /// <summary>All that was said with the one customer of this address, notes too.</summary>
    public async Task<Message[]> Said(string address = "ana@example.com") => await Said(Assert.Single(await Customers(address)).Id);

    public async Task<Message[]> Said(CustomerId customer) =>
        [.. await Silo.Service<IConversationStore>().Read(customer, 0, 1_000, includeNotes: true, default)];

    public async ValueTask DisposeAsync()
    {
        await Silo.DisposeAsync();
        await Server.DisposeAsync();
    }
}
