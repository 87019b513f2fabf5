using FteAgent.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FteAgent.EndToEnd.Stories;

/// <summary>A customer at a phone, an operator at the console, and Twilio between them.</summary>
public sealed class WhatsAppStory : ConsoleStory
{
    private const string Phone = "+4915112345678";

    private FakeTwilio twilio = null!;

    private protected override async Task<IReadOnlyDictionary<string, string>> StartProvider()
    {
        TestLogs.Secret(FakeTwilio.AuthToken);
        twilio = await FakeTwilio.Start();
        return new Dictionary<string, string>
        {
            ["TWILIO_ACCOUNT_SID"] = FakeTwilio.AccountSid,
            ["TWILIO_AUTH_TOKEN"] = FakeTwilio.AuthToken,
            ["TWILIO_WHATSAPP_FROM"] = FakeTwilio.From,
            ["TWILIO_API_URL"] = twilio.Address.ToString(),
            ["PUBLIC_URL"] = TwilioWebhooks.Site,
        };
    }

    private protected override ValueTask StopProvider() => twilio.DisposeAsync();

    [Fact]
    public async Task An_operator_sees_the_channel_what_came_along_and_whether_the_answer_arrived()
    {
        await Bring("/webhooks/whatsapp", TwilioWebhooks.Writes(
            Phone, "I want to speak to a human about this picture please", name: "Mira Okafor",
            more: [("NumMedia", "1"), ("MediaContentType0", "image/jpeg"), ("MediaUrl0", "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1")]));

        await using var ana = await Browser.NewVisitor(Address);
        await ana.Page.GotoAsync($"/console/#key={OperatorKey}");
        await Expect(ana.Page.GetByTestId("queue-channel")).ToHaveTextAsync("WhatsApp");
        await ana.Page.GetByRole(AriaRole.Searchbox).FillAsync(Phone[^6..]);
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Find", Exact = true }).ClickAsync();
        await Expect(ana.Page.GetByTestId("found-customers").GetByTestId("addresses")).ToHaveTextAsync($"{Phone}proved");
        await ana.Page.GetByTestId("found-customers").GetByRole(AriaRole.Button, new() { Name = "Mira Okafor" }).ClickAsync();
        await Expect(ana.Page.GetByRole(AriaRole.Heading, new() { Name = "Mira Okafor" })).ToBeVisibleAsync();
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Close search" }).ClickAsync();
        await Expect(ana.Page.GetByTestId("addresses")).ToHaveTextAsync($"{Phone}proved");
        var question = Messages(ana.Page, "customer").First;
        await Expect(question.GetByTestId("channel")).ToHaveTextAsync("WhatsApp");
        await Expect(question.GetByTestId("attachments")).ToContainTextAsync("image 1");
        await Expect(question.GetByTestId("attachments")).ToContainTextAsync("https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1");
        Assert.Equal(0, await question.Locator("a").CountAsync());

        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Take over", Exact = true }).ClickAsync();
        await ana.Page.GetByLabel("Reply to the customer").FillAsync("Hello Mira, I can see the picture now.");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Send reply" }).ClickAsync();
        var reply = Messages(ana.Page, "operator").Filter(new() { HasText = "I can see the picture" });
        await Expect(reply.GetByTestId("channel")).ToHaveTextAsync("WhatsApp");

        var sent = await Arrived("Hello Mira, I can see the picture now.");
        await Tell(sent, "read");
        await Expect(reply.GetByTestId("deliveries")).ToHaveTextAsync("WhatsApp: read");

        await ana.Page.GetByLabel("Reply to the customer").FillAsync("I will call you in a minute.");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Send reply" }).ClickAsync();
        await Tell(await Arrived("I will call you in a minute."), "undelivered", "63003");
        await Expect(Messages(ana.Page, "operator").Filter(new() { HasText = "I will call you" }).GetByTestId("deliveries")).ToHaveTextAsync("WhatsApp: not delivered (Twilio 63003)");
        await Expect(ana.Page.GetByTestId("transcript")).ToContainTextAsync("A message could not be delivered by whatsapp: Twilio 63003.");
        await ana.Picture("console-whatsapp");

        Assert.Empty(ana.Errors);
        Assert.Empty(twilio.Complaints);
    }

    private async Task<TwilioSend> Arrived(string words)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (twilio.Sent.All(sent => sent.Words != words))
            await Task.Delay(20, limit.Token);
        return twilio.Sent.Single(sent => sent.Words == words);
    }

    private Task Tell(TwilioSend sent, string status, string? errorCode = null) =>
        Bring(sent.Form["StatusCallback"][TwilioWebhooks.Site.Length..], TwilioWebhooks.Tells(sent.Sid, status, errorCode));

    private async Task Bring(string path, Dictionary<string, string> form)
    {
        TestLogs.Secret(form.GetValueOrDefault("Body"));
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("X-Twilio-Signature", TwilioWebhooks.Sign(TwilioWebhooks.Site + path, form));
        await Bring(request);
    }
}
