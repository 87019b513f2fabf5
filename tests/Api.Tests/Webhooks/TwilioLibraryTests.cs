using System.Text.Json;
using FteAgent.Testing;
using Xunit.Abstractions;

namespace FteAgent.Api.Webhooks;

/// <summary>Twilio's own npm library and this product agree on signatures, and its client on what the tests' stand-in for Twilio says.</summary>
[Collection(WhatsAppCollection.Name)]
[Trait("Category", Interop.Category)]
public sealed class TwilioLibraryTests(WhatsAppSilo whatsApp, ITestOutputHelper output)
{
    private const int Requests = 500;

    [InteropFact("twilio")]
    public async Task The_library_makes_the_signatures_that_we_accept_and_rejects_none_of_ours()
    {
        var random = new Random(TestSeed.Take(output.WriteLine));
        var requests = Enumerable.Range(0, Requests).Select(_ => Request.Any(random)).ToList();

        var answers = await Ask(requests.Select(request => (request, request.Ours)));

        Assert.All(requests.Zip(answers), pair => Assert.True(
            pair.Second.Accepted && TwilioSignature.Fits(FakeTwilio.AuthToken, pair.First.Address, pair.First.Query, pair.First.Form, pair.Second.Made),
            $"{pair.First.Url} {pair.First.Params}"));
    }

    [InteropFact("twilio")]
    public async Task What_was_changed_on_the_way_neither_takes()
    {
        var random = new Random(TestSeed.Take(output.WriteLine));
        var requests = Enumerable.Range(0, Requests).Select(_ => Request.Any(random)).ToList();
        var changed = requests.Select(request => request with { Form = [.. request.Form, new("Zz", "one more")] }).ToList();

        var answers = await Ask(changed.Zip(requests, (after, before) => (after, before.Ours)));

        Assert.All(answers, answer => Assert.False(answer.Accepted));
        Assert.All(changed.Zip(requests), pair => Assert.False(TwilioSignature.Fits(FakeTwilio.AuthToken, pair.First.Address, pair.First.Query, pair.First.Form, pair.Second.Ours)));
    }

    [InteropFact("twilio")]
    public async Task What_the_library_signs_comes_in_by_the_door()
    {
        var phone = WhatsAppSilo.NewPhone();
        var form = TwilioWebhooks.Writes(phone, "human, bitte! 😀 a+b & c=d%20");
        var request = new Request(TwilioWebhooks.Inbound, "", [.. form]);
        var answer = Assert.Single(await Ask([(request, request.Ours)]));

        (await whatsApp.Bring(form, answer.Made)).Expect(200);

        Assert.Equal(form["Body"], (await whatsApp.Settled(phone)).Recent[0].Text);
    }

    [InteropFact("twilio")]
    public async Task The_librarys_client_finds_in_the_stand_in_what_it_finds_at_Twilio()
    {
        await using var twilio = await FakeTwilio.Start();
        const string To = "whatsapp:+4915112345678";

        var answer = JsonDocument.Parse(await Interop.Run(
            "twilio-client.mjs", "", twilio.Address.ToString().TrimEnd('/'), FakeTwilio.AccountSid, FakeTwilio.AuthToken, FakeTwilio.From, To)).RootElement;

        var sent = Assert.Single(twilio.Sent);
        Assert.Equal((sent.Sid, "queued", 21211), (answer.GetProperty("sid").GetString(), answer.GetProperty("status").GetString(), answer.GetProperty("refused").GetInt32()));
        Assert.Equal([sent.Sid, "How are you? 😀", "outbound-api"], answer.GetProperty("listed")[0].EnumerateArray().Select(part => part.GetString()));
        Assert.Empty(twilio.Complaints);
    }

    private static async Task<List<LibraryAnswer>> Ask(IEnumerable<(Request Request, string Signature)> asked)
    {
        var lines = asked.Select(one => JsonSerializer.Serialize(new { token = FakeTwilio.AuthToken, url = one.Request.Url, @params = one.Request.Params, signature = one.Signature }));
        var printed = await Interop.Run("twilio-signatures.mjs", string.Join('\n', lines) + '\n');
        return [.. printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<LibraryAnswer>(line, JsonSerializerOptions.Web)!)];
    }

    private sealed record LibraryAnswer(string Made, bool Accepted);

    /// <summary>A request that Twilio might make.</summary>
    private sealed record Request(string Base, string Query, List<KeyValuePair<string, string>> Form)
    {
        private static readonly string[] Bases =
            ["https://example.com/webhooks/whatsapp", "https://example.com:8443/a/b", "http://example.com/x", "http://example.com:8080/x", "https://sub.example.com/a%20b/c", "https://[fdaa::7]/hook"];

        private static readonly string[] Queries = ["", "?item=0af7651916cd43dd8448eb211c80319c", "?a=1&b=2", "?name=K%C3%B6ln", "?x=%2f", "?empty="];
        private static readonly string[] Names = ["Body", "body", "From", "To", "MediaUrl0", "MediaUrl10", "MediaUrl2", "Ünïcode", "_", "a b", "A"];
        private static readonly string[] Values = ["", " ", "Hello", "😀", "a+b", "a&b=c", "100 %", "مرحبا", "line\nline", "\t", "K%C3%B6ln", "ﬀ", "\uE000", "\U0001F600\uFFFD"];

        public Uri Address => new(Base);

        public string Url => Base + Query;

        public string Ours => TwilioSignature.Of(FakeTwilio.AuthToken, Url, Form);

        /// <summary>As a body parser gives them: several values of a name are a list.</summary>
        public Dictionary<string, object> Params => Form.GroupBy(pair => pair.Key)
            .ToDictionary(group => group.Key, group => group.Count() == 1 ? (object)group.First().Value : group.Select(pair => pair.Value).ToArray());

        public static Request Any(Random random) => new(
            Bases[random.Next(Bases.Length)], Queries[random.Next(Queries.Length)],
            [.. Enumerable.Range(0, random.Next(0, 12)).Select(_ => new KeyValuePair<string, string>(Names[random.Next(Names.Length)], Values[random.Next(Values.Length)]))]);
    }
}
