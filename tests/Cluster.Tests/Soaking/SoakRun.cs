using FteAgent.Channels;
using FteAgent.Cluster.History;
using FteAgent.Cluster.Load;
using FteAgent.Cluster.Silos;
using FteAgent.Testing;
using FteAgent.Testing.Mail;

namespace FteAgent.Cluster.Soaking;

/// <summary>What a soak run came to.</summary>
/// <param name="Requests">Every request.</param>
/// <param name="Kills">Which silos were killed, and when, as timestamps.</param>
/// <param name="Asked">How many messages of customers the record holds.</param>
/// <param name="Processing">For each answered message: from its receipt to the commit of its answer, in milliseconds, sorted.</param>
/// <param name="Joined">What became of those who write by several ways.</param>
/// <param name="Arrived">How many parts of answers the providers took, by channel; each counted once.</param>
/// <param name="Repeated">How many of them came again under the same id.</param>
/// <param name="Verdict">The harms.</param>
internal sealed record SoakReport(
    IReadOnlyCollection<SoakRequest> Requests, IReadOnlyList<(int Silo, long At)> Kills, int Asked, IReadOnlyList<double> Processing, JoinedReport Joined,
    IReadOnlyDictionary<Way, int> Arrived, int Repeated, Verdict Verdict);

/// <summary>
/// Three silos, customers on web, email and WhatsApp, some of them on several, and a silo killed every half minute. The providers stand
/// beside it: Twilio's stand-in, and a mail server that is not ours.
/// </summary>
internal static class SoakRun
{
    private const int Silos = 3;
    private const int AtOnce = 16;
    private static readonly TimeSpan KillEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan SettleWithin = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>Who writes how: so many that nobody writes more often than people do.</summary>
    private static readonly (int Count, Way[] Ways)[] People =
    [
        (390, [Way.Web]), (300, [Way.Email]), (276, [Way.WhatsApp]),
        (8, [Way.Web, Way.Email]), (8, [Way.Web, Way.WhatsApp]), (8, [Way.Web, Way.Email, Way.WhatsApp]), (10, [Way.Email, Way.WhatsApp]),
    ];

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
        var post = new ProvidersPost(twilio, mails);
        await Begin(fleet, load, customers, seed, "opening");
        var several = customers.Where(customer => customer.IsOnSeveral).ToList();
        using (var joining = new Joining(balancer, post, fleet.Silos[0].Http))
            foreach (var some in several.Chunk(AtOnce))
                await Task.WhenAll(some.Select(customer => joining.Join(customer, Seed.For(seed, "joining", customer.Number))));
        await Begin(fleet, load, several, seed, "joined");
        var joined = several.Count(customer => customer.IsJoined);
        say(FormattableString.Invariant($"{customers.Count} customers have begun, {several.Count} of them on several channels, {joined} of these in one conversation"));

        using var ending = new CancellationTokenSource();
        var killing = Kill(fleet, Seed.For(seed, "kills"), say, ending.Token);
        await load.Run(customers, perSecond, time, Seed.For(seed, "silos"));
        await ending.CancelAsync();
        var kills = await killing;

        foreach (var left in Stoppages.OfConversations(await Settled(fleet)))
            happenings.Add(new Undone(left.Conversation, left.What));
        List<(string Id, Way Way, string Body)> arrivals = [.. fleet.Sink.Received.Select(sent => (sent.Id, Way.Web, sent.Body)), .. post.Arrived];
        foreach (var (id, _, body) in arrivals)
            happenings.Add(new Arrival(id, body));
        var record = Due(await RecordReader.Read(fleet.Database.Url));
        var byWay = arrivals.DistinctBy(arrival => arrival.Id).GroupBy(arrival => arrival.Way).Where(way => way.Key is not Way.Web).ToDictionary(way => way.Key, way => way.Count());
        var asked = Asked(record);
        return new(
            load.Requests, kills, asked.Count, Processing(record, asked), JoinedReport.Of(several, happenings, record), byWay,
            arrivals.Count - arrivals.DistinctBy(arrival => arrival.Id).Count(), Judge.Of(happenings, record));
    }

    private static Dictionary<string, string> Settings(FakeTwilio twilio, OutsideMail mails, IEnumerable<(string Name, string Value)> runtime) => new(runtime.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)))
    {
        ["PUBLIC_URL"] = TwilioWebhooks.Site,
        ["TWILIO_ACCOUNT_SID"] = FakeTwilio.AccountSid,
        ["TWILIO_AUTH_TOKEN"] = FakeTwilio.AuthToken,
        ["TWILIO_WHATSAPP_FROM"] = FakeTwilio.From,
        // A code goes to a phone whose owner may not have written in this conversation, which WhatsApp lets be done by a template only.
        ["TWILIO_TEMPLATE_SID"] = "HX0123456789abcdef0123456789abcdef",
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

    /// <summary>Each writes by each of their ways, and it is looked where in the record that stands.</summary>
    private static async Task Begin(Fleet fleet, OpenLoop load, IReadOnlyList<SoakCustomer> customers, int seed, string part)
    {
        var written = new List<(SoakCustomer Customer, Way Way, string Mark)>();
        foreach (var some in customers.Chunk(AtOnce))
            foreach (var (customer, marks) in some.Zip(await Task.WhenAll(some.Select(customer => load.Begin(customer, Seed.For(seed, part, customer.Number))))))
                written.AddRange(marks.Select(mark => (customer, mark.Key, mark.Value)));
        var places = (await Settled(fleet)).Messages.Where(message => message.Author == "customer")
            .SelectMany(message => Mark.In(message.Text).Select(mark => (mark, message.Conversation))).ToLookup(pair => pair.mark, pair => pair.Conversation);
        foreach (var (customer, way, mark) in written)
            customer.Conversations[way] = places[mark].FirstOrDefault() ?? throw new InvalidOperationException($"{customer.Number}'s {mark} was taken by {way} and is not in the record.");
    }

    private static async Task<IReadOnlyList<(int Silo, long At)>> Kill(Fleet fleet, Random random, Action<string> say, CancellationToken ending)
    {
        for (var kills = new List<(int Silo, long At)>(); ;)
        {
            await Task.Delay(KillEvery, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ending.IsCancellationRequested)
                return kills;
            var silo = fleet.Silos[random.Next(fleet.Silos.Count)];
            kills.Add((silo.Number, TimeProvider.System.GetTimestamp()));
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
