using System.Net.Http.Json;
using FteAgent.Channels;
using FteAgent.Cluster.History;
using FteAgent.Cluster.Load;
using FteAgent.Cluster.Silos;
using FteAgent.Testing;
using FteAgent.Testing.Mail;
using Npgsql;

namespace FteAgent.Cluster.Soaking;

/// <summary>What a soak run came to.</summary>
/// <param name="Requests">Every request.</param>
/// <param name="Kills">How many silos were killed.</param>
/// <param name="Asked">How many messages of customers the record holds.</param>
/// <param name="Processing">For each answered message: from its receipt to the commit of its answer, in milliseconds, sorted.</param>
/// <param name="Arrived">How many parts of answers the providers took, by channel; each counted once.</param>
/// <param name="Repeated">How many of them came again under the same id.</param>
/// <param name="Verdict">The harms.</param>
internal sealed record SoakReport(
    IReadOnlyCollection<SoakRequest> Requests, int Kills, int Asked, IReadOnlyList<double> Processing, IReadOnlyDictionary<Way, int> Arrived, int Repeated, Verdict Verdict);

/// <summary>
/// Three silos, customers on web, email and WhatsApp, some of them on several, and a silo killed every half minute. The providers stand
/// beside it: Twilio's stand-in, and a mail server that is not ours.
/// </summary>
internal static class SoakRun
{
    private const int Silos = 3;
    private static readonly TimeSpan KillEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SettleWithin = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>Who writes how: so many that nobody writes more often than people do.</summary>
    private static readonly (int Count, Way[] Ways)[] People =
        [(400, [Way.Web]), (300, [Way.Email]), (280, [Way.WhatsApp]), (20, [Way.Email, Way.WhatsApp])];

    /// <summary>Runs it on a fleet of its own, whose silos are this program with these settings of its runtime.</summary>
    public static async Task<SoakReport> Run(
        string program, IEnumerable<(string Name, string Value)> runtime, int seed, TimeSpan time, int perSecond, TimeSpan modelTakes, Action<string> say)
    {
        await using var twilio = await FakeTwilio.Start();
        await using var mails = await OutsideMail.Start();
        await using var fleet = await Fleet.Start(new() { Program = program, Silos = Silos, ModelTakes = modelTakes, HasLinks = false, Settings = Settings(twilio, mails, runtime) });
        await using var balancer = new Balancer(() => fleet.Silos);
        if (!await balancer.AllReady(ReadyWithin))
            throw new TimeoutException("Not all silos were ready.");

        var happenings = new Happenings();
        using var load = new OpenLoop(balancer, happenings);
        var customers = Everybody();
        foreach (var some in customers.Chunk(16))
            await Task.WhenAll(some.Select(customer => load.Open(customer, Seed.For(seed, "opening", customer.Number))));
        await Settled(fleet);
        await Recognise(fleet, customers);
        say(FormattableString.Invariant($"{customers.Count} customers have begun, {customers.Count(customer => customer.Ways.Count > 1)} of them on several channels"));

        using var ending = new CancellationTokenSource();
        var killing = Kill(fleet, Seed.For(seed, "kills"), say, ending.Token);
        await load.Run(customers, perSecond, time, Seed.For(seed, "silos"));
        await ending.CancelAsync();
        var kills = await killing;

        foreach (var left in Stoppages.OfConversations(await Settled(fleet)))
            happenings.Add(new Undone(left.Conversation, left.What));
        var arrivals = Arrivals(fleet, twilio, mails);
        foreach (var (id, _, body) in arrivals)
            happenings.Add(new Arrival(id, body));
        var record = Due(await RecordReader.Read(fleet.Database.Url));
        var byWay = arrivals.DistinctBy(arrival => arrival.Id).GroupBy(arrival => arrival.Way).Where(way => way.Key is not Way.Web).ToDictionary(way => way.Key, way => way.Count());
        var asked = Asked(record);
        return new(
            load.Requests, kills, asked.Count, Processing(record, asked), byWay, arrivals.Count - arrivals.DistinctBy(arrival => arrival.Id).Count(), Judge.Of(happenings, record));
    }

    private static Dictionary<string, string> Settings(FakeTwilio twilio, OutsideMail mails, IEnumerable<(string Name, string Value)> runtime) => new(runtime.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)))
    {
        ["PUBLIC_URL"] = TwilioWebhooks.Site,
        ["TWILIO_ACCOUNT_SID"] = FakeTwilio.AccountSid,
        ["TWILIO_AUTH_TOKEN"] = FakeTwilio.AuthToken,
        ["TWILIO_WHATSAPP_FROM"] = FakeTwilio.From,
        ["TWILIO_API_URL"] = twilio.Address.ToString().TrimEnd('/'),
        ["EMAIL_FROM"] = "help@support.test",
        ["EMAIL_SMTP_URL"] = mails.Url,
        ["EMAIL_WEBHOOK_SECRET"] = SoakCustomer.MailSecret,
        ["EMAIL_AUTHSERV_ID"] = SoakCustomer.AuthservId,
        // Nobody here reads our pages, and these customers mail more than people do: what holds back machines would hold back the load.
        ["Reply__UnseenAfter"] = "1.00:00:00",
        ["Reply__MailsPerHour"] = "1000",
    };

    private static List<SoakCustomer> Everybody()
    {
        var customers = new List<SoakCustomer>();
        foreach (var (count, ways) in People)
            for (var i = 0; i < count; i++)
                customers.Add(new(customers.Count, ways));
        // Mixed, so that each second has all channels in it.
        var order = new Random(People.Length);
        var all = customers.ToArray();
        order.Shuffle(all);
        return [.. all];
    }

    /// <summary>Finds whose conversation each address leads to, and has an operator merge those of one person.</summary>
    private static async Task Recognise(Fleet fleet, IReadOnlyList<SoakCustomer> customers)
    {
        var owners = await Owners(fleet.Database.Url);
        using var operators = new HttpClient { BaseAddress = fleet.Silos[0].Http, DefaultRequestHeaders = { Authorization = new("Bearer", Fleet.OperatorKey) } };
        foreach (var customer in customers)
        {
            foreach (var way in customer.Ways.Where(way => way is not Way.Web))
                customer.Conversations[way] = owners[way is Way.Email ? customer.Email : customer.Phone];
            if (customer.Conversations.Values.Distinct().ToList() is not [var into, var from])
                continue;
            using var merged = await operators.PostAsJsonAsync($"/api/customers/{from}/merge", new { into, reason = "the same person" });
            merged.EnsureSuccessStatusCode();
        }

        owners = await Owners(fleet.Database.Url);
        foreach (var customer in customers)
            foreach (var way in customer.Ways.Where(way => way is not Way.Web))
                customer.Conversations[way] = owners[way is Way.Email ? customer.Email : customer.Phone];
    }

    private static async Task<Dictionary<string, string>> Owners(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("select value, customer_id from fte.identifiers where proved and kind in ('email', 'phone')");
        await using var reader = await command.ExecuteReaderAsync();
        var owners = new Dictionary<string, string>();
        while (await reader.ReadAsync())
            owners[reader.GetString(0)] = reader.GetGuid(1).ToString("N");
        return owners;
    }

    private static async Task<int> Kill(Fleet fleet, Random random, Action<string> say, CancellationToken ending)
    {
        for (var kills = 0; ; kills++)
        {
            await Task.Delay(KillEvery, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ending.IsCancellationRequested)
                return kills;
            var silo = fleet.Silos[random.Next(fleet.Silos.Count)];
            await silo.Kill();
            await silo.Start();
            say($"{silo.Name} was killed and started again");
        }
    }

    private static async Task<StoredRecord> Settled(Fleet fleet)
    {
        for (var since = TimeProvider.System.GetTimestamp(); ; await Task.Delay(LookEvery))
            if (await RecordReader.Read(fleet.Database.Url) is var record
                && (!Stoppages.OfConversations(Due(record)).Any() || TimeProvider.System.GetElapsedTime(since) > SettleWithin))
                return Due(record);
    }

    /// <summary>What lies ready in case that nobody looks at our pages is not due for a day.</summary>
    private static StoredRecord Due(StoredRecord record) =>
        record with { Deliveries = [.. record.Deliveries.Where(delivery => delivery.Destination != OutboundMessage.Unseen)] };

    private static List<(string Id, Way Way, string Body)> Arrivals(Fleet fleet, FakeTwilio twilio, OutsideMail mails) =>
    [
        .. fleet.Sink.Received.Select(post => (post.Id, Way.Web, post.Body)),
        .. twilio.Sent.Select(sent => (ItemOf(sent.Form["StatusCallback"]), Way.WhatsApp, sent.Words)),
        .. mails.TakeAll().Select(mail => (MailIds.ItemOf(mail.MessageId.Trim('<', '>'))!.Value.ToString(), Way.Email, mail.Text)),
    ];

    private static string ItemOf(string statusCallback) =>
        Guid.Parse(System.Web.HttpUtility.ParseQueryString(new Uri(statusCallback).Query)["item"]!).ToString();

    /// <summary>When each message was received, by its mark.</summary>
    private static Dictionary<string, DateTimeOffset> Asked(StoredRecord record) =>
        record.Messages.Where(message => message is { Author: "customer", Kind: "text" })
            .SelectMany(message => Mark.In(message.Text).Select(mark => (mark, message.At))).GroupBy(pair => pair.mark).ToDictionary(pair => pair.Key, pair => pair.First().At);

    /// <summary>An answer names the marks of the messages that it answers.</summary>
    private static List<double> Processing(StoredRecord record, Dictionary<string, DateTimeOffset> asked) =>
    [
        .. record.Messages.Where(message => message is { Author: "assistant", Kind: "text" })
            .SelectMany(answer => Mark.In(answer.Text).Distinct().Where(asked.ContainsKey).Select(mark => (answer.At - asked[mark]).TotalMilliseconds)).Order(),
    ];
}
