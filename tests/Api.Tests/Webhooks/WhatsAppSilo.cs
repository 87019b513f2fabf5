using FteAgent.Api.Hosting;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Testing;

namespace FteAgent.Api.Webhooks;

/// <summary>A silo that customers reach by WhatsApp, with Twilio at its other side.</summary>
public sealed class WhatsAppSilo : IAsyncLifetime
{
    internal static readonly (string, string)[] Settings =
    [
        ("TWILIO_ACCOUNT_SID", FakeTwilio.AccountSid), ("TWILIO_AUTH_TOKEN", FakeTwilio.AuthToken), ("TWILIO_WHATSAPP_FROM", FakeTwilio.From),
        ("PUBLIC_URL", TwilioWebhooks.Site),
    ];

    private static int phones;

    internal FakeTwilio Twilio { get; private set; } = null!;

    internal RunningSilo Silo { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        TestLogs.Secret(FakeTwilio.AuthToken);
        Twilio = await FakeTwilio.Start();
        Silo = await RunningSilo.Start([.. Settings, ("TWILIO_API_URL", Twilio.Address.ToString())]);
    }

    public async Task DisposeAsync()
    {
        await Silo.DisposeAsync();
        await Twilio.DisposeAsync();
    }

    /// <summary>Twilio brings what a customer wrote.</summary>
    internal Task<Answer> Bring(Dictionary<string, string> form, string? signature = null)
    {
        TestLogs.Secret(form.GetValueOrDefault("Body"));
        return Post(Silo, "/webhooks/whatsapp", form, signature ?? TwilioWebhooks.Sign(TwilioWebhooks.Inbound, form));
    }

    /// <summary>Twilio tells what became of an item.</summary>
    internal Task<Answer> Tell(Guid item, Dictionary<string, string> form) =>
        Post(Silo, $"/webhooks/whatsapp/status?item={item:N}", form, TwilioWebhooks.Sign($"{TwilioWebhooks.Status}?item={item:N}", form));

    internal static async Task<Answer> Post(RunningSilo silo, string path, IEnumerable<KeyValuePair<string, string>> form, params string[] signature)
    {
        using var content = new FormUrlEncodedContent(form);
        return await silo.Anyone.Send(HttpMethod.Post, path, content, [.. signature.Select(one => (TwilioSignature.Header, one))]);
    }

    /// <summary>Whose phone it is.</summary>
    internal async Task<Customer?> Owner(string phone) =>
        (await Silo.Service<ICustomerDirectory>().Search(phone, 10, default)).SingleOrDefault(customer => customer.Identifiers.Any(i => i.Value == phone));

    internal async Task<Conversation> Settled(string phone)
    {
        var owner = await Eventually.Get(() => Owner(phone), found => found is not null);
        return await Eventually.Get(() => Silo.Service<IConversationStore>().Load(owner!.Id, default), conversation => conversation is { Version: > 0, Exchange: null });
    }

    /// <summary>What arrived at a phone, in order, once so many did.</summary>
    internal async Task<List<TwilioSend>> Arrived(string phone, int count = 1)
    {
        await Eventually.Is(() => Twilio.Sent.Count(sent => sent.To == $"whatsapp:{phone}") >= count);
        return [.. Twilio.Sent.Where(sent => sent.To == $"whatsapp:{phone}")];
    }

    internal static Guid ItemOf(TwilioSend sent) => Guid.ParseExact(new Uri(sent.Form["StatusCallback"]).Query["?item=".Length..], "N");

    /// <summary>A phone that nobody had before.</summary>
    internal static string NewPhone() => FormattableString.Invariant($"+4915120{Interlocked.Increment(ref phones):d6}");
}

[CollectionDefinition(Name)]
public sealed class WhatsAppCollection : ICollectionFixture<WhatsAppSilo>
{
    public const string Name = "WhatsApp";
}
