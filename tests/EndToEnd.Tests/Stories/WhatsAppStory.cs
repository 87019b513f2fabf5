using FteAgent.EndToEnd.Browsers;
using FteAgent.EndToEnd.Silos;
using FteAgent.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FteAgent.EndToEnd.Stories;

/// <summary>A customer at a phone, an operator at the console, and Twilio between them.</summary>
public sealed class WhatsAppStory : IAsyncLifetime
{
    private const string Phone = "+4915112345678";

    private readonly string folder = Directory.CreateTempSubdirectory("fte-story-").FullName;
    private FakeTwilio twilio = null!;
    private SiloProcess silo = null!;
    private Browser browser = null!;
    private HttpClient http = null!;
    private string operatorKey = "";

    public async Task InitializeAsync()
    {
        var (exit, key, error) = await ProductSilo.Command(folder, "operators", "add", "Ana");
        Assert.True(exit == 0, error);
        operatorKey = key.Trim();
        TestLogs.Secret(operatorKey);
        TestLogs.Secret(FakeTwilio.AuthToken);
        twilio = await FakeTwilio.Start();
        silo = await ProductSilo.Start(folder, new Dictionary<string, string>
        {
            ["TWILIO_ACCOUNT_SID"] = FakeTwilio.AccountSid,
            ["TWILIO_AUTH_TOKEN"] = FakeTwilio.AuthToken,
            ["TWILIO_WHATSAPP_FROM"] = FakeTwilio.From,
            ["TWILIO_API_URL"] = twilio.Address.ToString(),
            ["PUBLIC_URL"] = TwilioWebhooks.Site,
        });
        http = new() { BaseAddress = silo.Address };
        browser = await Browser.Start();
    }

    public async Task DisposeAsync()
    {
        await browser.DisposeAsync();
        http.Dispose();
        await silo.DisposeAsync();
        await twilio.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_operator_sees_the_channel_what_came_along_and_whether_the_answer_arrived()
    {
        await Bring("/webhooks/whatsapp", TwilioWebhooks.Writes(
            Phone, "I want to speak to a human about this picture please", name: "Mira Okafor",
            more: [("NumMedia", "1"), ("MediaContentType0", "image/jpeg"), ("MediaUrl0", "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1")]));

        await using var ana = await browser.NewVisitor(silo.Address);
        await ana.Page.GotoAsync($"/console/#key={operatorKey}");
        await ana.Page.GetByTestId("queue-item").First.ClickAsync();
        var question = Message(ana.Page, "customer").First;
        await Expect(question.GetByTestId("channel")).ToHaveTextAsync("WhatsApp");
        await Expect(question.GetByTestId("attachments")).ToContainTextAsync("image 1");
        await Expect(question.GetByTestId("attachments")).ToContainTextAsync("https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1");
        Assert.Equal(0, await question.Locator("a").CountAsync());

        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Take over", Exact = true }).ClickAsync();
        await ana.Page.GetByLabel("Reply to the customer").FillAsync("Hello Mira, I can see the picture now.");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Send reply" }).ClickAsync();
        var reply = Message(ana.Page, "operator").Filter(new() { HasText = "I can see the picture" });
        await Expect(reply.GetByTestId("channel")).ToHaveTextAsync("WhatsApp");

        var sent = await Arrived("Hello Mira, I can see the picture now.");
        await Tell(sent, "read");
        await Expect(reply.GetByTestId("deliveries")).ToHaveTextAsync("WhatsApp: read");

        await ana.Page.GetByLabel("Reply to the customer").FillAsync("I will call you in a minute.");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Send reply" }).ClickAsync();
        await Tell(await Arrived("I will call you in a minute."), "undelivered", "63003");
        await Expect(Message(ana.Page, "operator").Filter(new() { HasText = "I will call you" }).GetByTestId("deliveries")).ToHaveTextAsync("WhatsApp: not delivered (Twilio 63003)");
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
        using var response = await http.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }

    private static ILocator Message(IPage page, string author) => page.Locator($"[data-testid=message][data-author={author}]");
}
