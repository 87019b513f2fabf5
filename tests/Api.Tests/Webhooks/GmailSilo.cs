using System.Text.Json;
using FteAgent.Api.Hosting;
using FteAgent.Channels;
using FteAgent.Channels.Email.Gmail;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Testing.Mail;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Api.Webhooks;

/// <summary>A silo that reads a mailbox of a Gmail that the test has at hand.</summary>
internal sealed class GmailSilo : IAsyncDisposable
{
    public const string Token = "push-token-of-these-tests-0123456789abc";
    public const string Pass = "Authentication-Results: mx.google.com; dmarc=pass header.from=example.com\n";

    /// <summary>So seldom that only what is pushed is read.</summary>
    public static readonly TimeSpan Never = TimeSpan.FromHours(1);

    /// <summary>Often enough for a test to wait for.</summary>
    public static readonly TimeSpan Often = TimeSpan.FromMilliseconds(100);

    private readonly bool ownsGmail;

    private GmailSilo(RunningSilo silo, FakeGmail gmail, bool ownsGmail) => (Silo, Gmail, this.ownsGmail) = (silo, gmail, ownsGmail);

    public RunningSilo Silo { get; }

    public FakeGmail Gmail { get; }

    /// <summary>A silo whose mailbox was read once, so that it knows where it begins.</summary>
    public static async Task<GmailSilo> Start(TimeSpan poll, FakeGmail? gmail = null, Action<IServiceCollection>? configure = null, params (string, string)[] settings)
    {
        var owns = gmail is null;
        gmail ??= await FakeGmail.Start();
        var silo = await RunningSilo.Start(
            services =>
            {
                services.AddSingleton(new GmailOptions(FakeGmail.Address, FakeGmail.Client, FakeGmail.Secret, FakeGmail.Refresh, "projects/p/topics/t")
                {
                    Api = gmail.Url,
                    TokenEndpoint = new(gmail.Url, "/token"),
                });
                services.AddSingleton(new MailboxTimes(poll, TimeSpan.FromSeconds(4)));
                configure?.Invoke(services);
            },
            [
                ("GMAIL_ADDRESS", FakeGmail.Address), ("GMAIL_CLIENT_ID", FakeGmail.Client), ("GMAIL_CLIENT_SECRET", FakeGmail.Secret),
                ("GMAIL_REFRESH_TOKEN", FakeGmail.Refresh), ("GMAIL_TOPIC", "projects/p/topics/t"), ("GMAIL_PUSH_TOKEN", Token), .. settings,
            ]);
        var started = new GmailSilo(silo, gmail, owns);
        await Eventually.Get(() => silo.Service<IMailboxCursors>().Find(FakeGmail.Address, default), cursor => cursor is not null);
        return started;
    }

    /// <summary>A mail as Gmail has it.</summary>
    public static string Mail(string text, string id, string from = "ana@example.com", string more = "", bool proved = true) =>
        $"Delivered-To: {FakeGmail.Address}\n{(proved ? Pass : "")}From: {from}\nTo: {FakeGmail.Address}\nSubject: Backup of the data\nMessage-ID: <{id}>\n{more}\n{text}\n";

    public static object Envelope(object data) => new
    {
        message = new { data = Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(data)), messageId = "2070443601311540", publishTime = "2026-03-03T09:00:00.000Z" },
        subscription = "projects/p/subscriptions/s",
    };

    /// <summary>Pub/Sub pushes that something happened.</summary>
    public async Task Push(long place) =>
        (await Silo.Anyone.Post($"/webhooks/gmail?token={Token}", Envelope(new { emailAddress = FakeGmail.Address, historyId = place }))).Expect(204);

    /// <summary>What customers wrote by mail, of all of them together, each customer's in order.</summary>
    public async Task<List<string>> Arrived()
    {
        var texts = new List<string>();
        foreach (var customer in await Silo.Service<ICustomerDirectory>().Search("example.com", 100, default))
            texts.AddRange((await Silo.Service<IConversationStore>().Read(customer.Id, 0, 1_000, includeNotes: true, default))
                .Where(message => message.Author.Kind is ActorKind.Customer).Select(message => message.Text));
        return texts;
    }

    /// <summary>Waits until so many messages have arrived.</summary>
    public Task<List<string>> Arrived(int count) => Eventually.Get(Arrived, texts => texts.Count >= count);

    public async ValueTask DisposeAsync()
    {
        await Silo.DisposeAsync();
        if (ownsGmail)
            await Gmail.DisposeAsync();
        Assert.Empty(Gmail.Faults);
    }
}
