using System.Text;
using FteAgent.Api.Hosting;
using FteAgent.Testing;

namespace FteAgent.Api.Webhooks;

/// <summary>Only Twilio comes in.</summary>
[Collection(WhatsAppCollection.Name)]
public sealed class WhatsAppDoorTests(WhatsAppSilo whatsApp)
{
    private readonly Dictionary<string, string> form = TwilioWebhooks.Writes("+4915112345678", "Let me in");

    [Fact]
    public async Task There_is_no_door_without_an_account()
    {
        await using var silo = await RunningSilo.Start();

        (await WhatsAppSilo.Post(silo, "/webhooks/whatsapp", form, Signed())).ExpectProblem(405);
        (await WhatsAppSilo.Post(silo, "/webhooks/whatsapp/status", form, Signed())).ExpectProblem(405);
        Assert.False((await silo.Anyone.Get("/health/ready")).Expect(200)["checks"].TryGetProperty("whatsapp", out _));
        Assert.DoesNotContain("/webhooks/whatsapp", (await silo.Anyone.Get("/openapi/v1.json")).Text, StringComparison.Ordinal);
    }

    public static TheoryData<string> BadSignatures => new("", "AAAA", new string('A', 28), new string('A', 5_000), "ünsigned");

    [Theory]
    [MemberData(nameof(BadSignatures))]
    public async Task A_wrong_signature_is_refused(string signature) => (await Post(signature)).ExpectProblem(403);

    [Fact]
    public async Task A_missing_signature_is_refused_and_so_are_two()
    {
        (await WhatsAppSilo.Post(whatsApp.Silo, "/webhooks/whatsapp", form)).ExpectProblem(403);
        (await Post($"{Signed()}, {Signed()}")).ExpectProblem(403);
    }

    [Fact]
    public async Task Another_accounts_token_signs_nothing() =>
        (await Post(TwilioWebhooks.Sign(TwilioWebhooks.Inbound, form, "another token"))).ExpectProblem(403);

    [Fact]
    public async Task A_signature_over_the_address_that_the_request_came_to_counts_for_nothing()
    {
        var own = new Uri(whatsApp.Silo.Address, "/webhooks/whatsapp").ToString();
        using var content = new FormUrlEncodedContent(form);

        (await whatsApp.Silo.Anyone.Send(
            HttpMethod.Post, "/webhooks/whatsapp", content, (TwilioSignature.Header, TwilioWebhooks.Sign(own, form)),
            ("X-Forwarded-Host", whatsApp.Silo.Address.Authority), ("X-Original-URL", own))).ExpectProblem(403);
    }

    [Fact]
    public async Task A_signature_of_one_webhook_is_none_of_the_other() =>
        (await WhatsAppSilo.Post(whatsApp.Silo, "/webhooks/whatsapp/status", form, Signed())).ExpectProblem(403);

    [Fact]
    public async Task A_changed_word_or_query_is_noticed()
    {
        var signature = Signed();
        (await WhatsAppSilo.Post(whatsApp.Silo, "/webhooks/whatsapp?more=1", form, signature)).ExpectProblem(403);
        form["Body"] = "Let me in!";
        (await Post(signature)).ExpectProblem(403);
    }

    [Fact]
    public async Task Another_account_is_refused_though_its_signature_fits()
    {
        form["AccountSid"] = "ACffffffffffffffffffffffffffffffff";

        (await Post(Signed())).ExpectProblem(403);
    }

    [Theory]
    [InlineData(":443")]
    [InlineData("")]
    public async Task The_port_may_be_signed_or_not(string port) =>
        (await Post(TwilioWebhooks.Sign($"https://support.example.com{port}/webhooks/whatsapp", form))).Expect(200);

    [Fact]
    public async Task A_query_of_the_address_is_signed_as_it_is_sent()
    {
        const string Query = "?shop=K%C3%B6ln%20S%C3%BCd&x=%2f";
        (await WhatsAppSilo.Post(whatsApp.Silo, $"/webhooks/whatsapp{Query}", form, TwilioWebhooks.Sign(TwilioWebhooks.Inbound + Query, form))).Expect(200);
    }

    [Fact]
    public async Task Where_the_public_address_differs_it_is_the_one_that_is_signed()
    {
        await using var silo = await RunningSilo.Start([.. WhatsAppSilo.Settings, ("TWILIO_WEBHOOK_URL", "https://hooks.example.com:8443/in/whatsapp")]);
        form["Body"] = "human";

        (await WhatsAppSilo.Post(silo, "/webhooks/whatsapp", form, Signed())).ExpectProblem(403);
        (await WhatsAppSilo.Post(silo, "/webhooks/whatsapp", form, TwilioWebhooks.Sign("https://hooks.example.com/in/whatsapp", form))).Expect(200);
        (await WhatsAppSilo.Post(silo, "/webhooks/whatsapp", form, TwilioWebhooks.Sign("https://hooks.example.com:8443/in/whatsapp", form))).Expect(200);
    }

    [Fact]
    public async Task Names_that_differ_in_case_are_two_and_values_of_one_name_count_once()
    {
        KeyValuePair<string, string>[] twice = [.. form, new("body", "small"), new("Extra", "b"), new("Extra", "a"), new("Extra", "b")];
        KeyValuePair<string, string>[] signed = [.. form, new("body", "small"), new("Extra", "a"), new("Extra", "b")];

        (await WhatsAppSilo.Post(whatsApp.Silo, "/webhooks/whatsapp", twice, TwilioWebhooks.Sign(TwilioWebhooks.Inbound, signed))).Expect(200);
    }

    [Fact]
    public async Task What_is_too_large_is_refused_before_it_is_read()
    {
        form["Body"] = new string('x', WebhookBody.Limit);

        (await Post(Signed())).ExpectProblem(413);

        using var endless = new StreamContent(new MemoryStream(Encoding.ASCII.GetBytes("Body=" + new string('x', WebhookBody.Limit * 2))));
        endless.Headers.ContentType = new("application/x-www-form-urlencoded");
        (await whatsApp.Silo.Anyone.Send(HttpMethod.Post, "/webhooks/whatsapp", endless, (TwilioSignature.Header, "AAAA"), ("Transfer-Encoding", "chunked"))).ExpectProblem(413);
    }

    [Fact]
    public async Task Too_many_fields_or_too_long_names_are_refused()
    {
        (await WhatsAppSilo.Post(whatsApp.Silo, "/webhooks/whatsapp", Enumerable.Range(0, 201).Select(i => new KeyValuePair<string, string>($"n{i}", "")), "AAAA")).ExpectProblem(400);
        (await WhatsAppSilo.Post(whatsApp.Silo, "/webhooks/whatsapp", [new(new string('n', 200), "")], "AAAA")).ExpectProblem(400);
    }

    [Theory]
    [InlineData("application/json", "{}")]
    [InlineData("multipart/form-data; boundary=x", "--x--")]
    [InlineData("text/plain", "Body=x")]
    public async Task Only_a_form_is_read(string type, string body)
    {
        using var content = new StringContent(body);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        (await whatsApp.Silo.Anyone.Send(HttpMethod.Post, "/webhooks/whatsapp", content, (TwilioSignature.Header, "AAAA"))).ExpectProblem(415);
    }

    [Theory]
    [InlineData("MessageSid", "")]
    [InlineData("From", "")]
    [InlineData("From", "whatsapp:")]
    [InlineData("From", "+4915112345678")]
    [InlineData("From", "sms:+4915112345678")]
    public async Task What_is_no_whatsapp_message_is_told_so(string name, string value)
    {
        form[name] = value;

        (await Post(Signed())).ExpectProblem(422);
    }

    [Fact]
    public async Task Hostile_values_break_nothing()
    {
        foreach (var (name, value) in ((string, string)[])
        [
            ("NumMedia", "999999999"), ("NumMedia", "-1"), ("NumMedia", "x"), ("ProfileName", new string('n', 5_000)), ("Body", "\0\u202E\uFFFF"), ("To", new string('t', 5_000)),
            ("MediaUrl0", new string('u', 5_000)), ("OptOutType", "?"), ("From", "whatsapp:" + new string('9', 150)),
        ])
        {
            var hostile = TwilioWebhooks.Writes(WhatsAppSilo.NewPhone(), "human");
            hostile[name] = value;
            (await whatsApp.Bring(hostile)).Expect(200);
        }
    }

    [Fact]
    public async Task Neither_the_token_nor_the_words_nor_the_number_are_logged()
    {
        var phone = WhatsAppSilo.NewPhone();
        (await whatsApp.Bring(TwilioWebhooks.Writes(phone, "The canary sings of human", name: "Canary Okafor"))).Expect(200);
        await whatsApp.Arrived(phone);
        (await Post("canary-signature")).ExpectProblem(403);

        foreach (var secret in (string[])[FakeTwilio.AuthToken, phone, phone.TrimStart('+'), "canary", "Basic QUM"])
            Assert.DoesNotContain(whatsApp.Silo.Log.All, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task The_document_tells_of_both_webhooks()
    {
        var paths = (await whatsApp.Silo.Anyone.Get("/openapi/v1.json")).Expect(200)["paths"];

        foreach (var (path, status) in ((string, string)[])[("/webhooks/whatsapp", "200"), ("/webhooks/whatsapp/status", "204")])
            Assert.Superset(
                new HashSet<string> { status, "400", "403", "413", "415", "422", "503" },
                paths.EnumerateObject().Single(p => p.Name.TrimEnd('/') == path).Value.GetProperty("post").GetProperty("responses").EnumerateObject().Select(response => response.Name).ToHashSet());
    }

    private string Signed() => TwilioWebhooks.Sign(TwilioWebhooks.Inbound, form);

    private Task<Answer> Post(string signature) => WhatsAppSilo.Post(whatsApp.Silo, "/webhooks/whatsapp", form, signature);
}
