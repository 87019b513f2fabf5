using System.Text;
using FteAgent.Api.Hosting;
using FteAgent.Api.Webhooks;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Kafka;
using FteAgent.Testing;

namespace FteAgent.Api.Roads;

/// <summary>Whoever was erased from the record may lie in the topics for a week: what docs/personal-data.md promises of that.</summary>
public sealed class ErasedTopicsTests : IAsyncLifetime
{
    /// <summary>What a record skips of which nobody is left.</summary>
    private const int Gone = 3023;

    private const string Name = "Zebedee Quillfeather";
    private const string Address = "zebedee@example.com";

    /// <summary>In all that they wrote.</summary>
    private const string Mark = "porcelain-4711";

    private readonly KafkaSilo kafka = new();

    public Task InitializeAsync() => kafka.InitializeAsync();

    public Task DisposeAsync() => kafka.DisposeAsync();

    [Fact]
    public async Task Topics_that_are_read_anew_bring_nothing_of_an_erased_person_back_and_nothing_of_theirs_is_told_after_it()
    {
        var (phone, silo, topics) = (WhatsAppSilo.NewPhone(), kafka.Silo, kafka.Topics);
        TestLogs.Secret(Mark);
        (await kafka.BringWhatsApp(TwilioWebhooks.Writes(phone, $"How do I make a backup of {Mark}?", name: Name))).Expect(200);
        var mail = MailSilo.Mail($"How do I import documents about {Mark}?", "1@example.com", $"{Name} <{Address}>").ReplaceLineEndings("\r\n");
        (await silo.With(MailSilo.Secret).Send(HttpMethod.Post, "/webhooks/email", MailSilo.Body(Encoding.UTF8.GetBytes(mail), "message/rfc822"))).Expect(200);
        var page = await silo.NewCustomer($"How do I export {Mark}?", Name, Address);
        (await page.Caller.Post("/support/conversation/messages", new { text = $"And {Mark} on Windows?" })).Expect(202);
        CustomerId[] theirs = [(await kafka.Known(phone)).Id, await Proved(), page.Id];
        foreach (var each in theirs)
            Assert.Contains(await kafka.Said(each), message => message.Text.Contains(Mark, StringComparison.Ordinal));
        await Eventually.Is(() => Told().All(topic => topics.Count(topic) > 0));

        foreach (var each in theirs)
            await silo.Service<IPersonalData>().Erase(each, "Ana", default);
        await silo.Stop();
        var (places, came) = (Told().Append(KafkaTopics.Escalations).SelectMany(topics.Ends).ToList(), KafkaTopics.Consumed.Sum(topics.Count));

        await using var next = await kafka.Start("fte-anew", ("FTE_DATA", Path.GetDirectoryName(silo.DatabasePath)!));
        var other = await next.NewCustomer();
        await Eventually.Is(() => topics.AreTaken("fte-anew"));
        await Eventually.Is(() => topics.Since(places).Any(record => record.Contains(other.Id.ToString(), StringComparison.Ordinal)));

        Assert.Equal(4, came);
        Assert.Equal(came, next.Log.Lines.Count(line => line.Event == Gone));
        foreach (var words in (string[])["Zebedee", Address, phone])
            Assert.Empty(await next.Service<ICustomerDirectory>().Search(words, 10, default));
        foreach (var each in theirs)
            Assert.True((await next.Service<IConversationStore>().Load(each, default)).IsGone);
        await next.Stop();
        string[] secrets = [Mark, Name, Address, phone];
        foreach (var record in topics.Since(places))
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, record, StringComparison.OrdinalIgnoreCase));
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(silo.DatabasePath)!))
            Assert.All(secrets, secret => Assert.True(Bytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0, $"{Path.GetFileName(file)} still has {secret}."));

        // Whom the mail's sender was proved to be; the page's address was only typed.
        async Task<CustomerId> Proved() => (await Eventually.Get(
            () => silo.Service<ICustomerDirectory>().Search(Address, 10, default),
            found => found.Any(customer => customer.Identifiers.Any(known => known.Proved && known.Value == Address))))
            .Single(customer => customer.Identifiers.Any(known => known.Proved && known.Value == Address)).Id;
    }

    /// <summary>Where replies are told.</summary>
    private static IEnumerable<string> Told() => Enum.GetValues<Channel>().Select(KafkaTopics.Outbound);

    private static byte[] Bytes(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
