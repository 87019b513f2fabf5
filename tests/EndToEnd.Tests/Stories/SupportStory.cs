using FteAgent.EndToEnd.Browsers;
using FteAgent.EndToEnd.Silos;
using FteAgent.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FteAgent.EndToEnd.Stories;

/// <summary>The main job, as people live it: ask, read the answer with its source, ask for what only a person may do, get the person.</summary>
public sealed class SupportStory : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("fte-story-").FullName;
    private SiloProcess silo = null!;
    private Browser browser = null!;
    private string operatorKey = "";

    public async Task InitializeAsync()
    {
        var (exit, key, error) = await ProductSilo.Command(folder, "operators", "add", "Ana");
        Assert.True(exit == 0, error);
        operatorKey = key.Trim();
        TestLogs.Secret(operatorKey);
        silo = await ProductSilo.Start(folder);
        browser = await Browser.Start();
    }

    public async Task DisposeAsync()
    {
        await browser.DisposeAsync();
        await silo.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_customer_gets_an_answer_with_its_source_then_asks_for_a_refund_and_an_operator_takes_over_live()
    {
        await using var customer = await browser.NewVisitor(silo.Address);
        var page = customer.Page;
        await page.GotoAsync("/");
        foreach (var said in (string[])["Mira Okafor", "mira@example.com", "Importing documents", "How do I import my own documents?", "I would like a refund for my last payment", "I have refunded it just now", "Refunded the last payment"])
            TestLogs.Secret(said);
        await page.GetByLabel("Name").FillAsync("Mira Okafor");
        await page.GetByLabel("Email").FillAsync("mira@example.com");
        await page.GetByLabel("Subject").FillAsync("Importing documents");
        await page.GetByLabel("Message").FillAsync("How do I import my own documents?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send request" }).ClickAsync();

        await Expect(page.GetByTestId("ticket-id").First).ToContainTextAsync(new System.Text.RegularExpressions.Regex("[0-9A-Z]{26}"));
        var answer = Messages(page, "assistant").First;
        await Expect(answer).ToContainTextAsync("import command at a folder");
        await Expect(answer.GetByTestId("citation").First).ToBeVisibleAsync();

        await customer.Picture("chat");

        await page.GetByLabel("Your message").FillAsync("Thanks. Now I would like a refund for my last payment.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(Messages(page, "assistant").Nth(1)).ToContainTextAsync("can't handle refunds");
        await Expect(page.GetByTestId("held-by").First).ToHaveAttributeAsync("data-held-by", "waiting");

        await using var ana = await browser.NewVisitor(silo.Address);
        await ana.Page.GotoAsync($"/console/#key={operatorKey}");
        await ana.Page.GetByTestId("queue-item").First.ClickAsync();
        Assert.DoesNotContain(operatorKey, ana.Page.Url);
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Take over" }).ClickAsync();
        await Expect(page.GetByTestId("held-by").First).ToHaveAttributeAsync("data-held-by", "operator");
        await Expect(page.GetByTestId("held-by").First).ToContainTextAsync("Ana");

        await ana.Page.GetByLabel("Reply to the customer").FillAsync("Hello Mira, I have refunded it just now.");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Send reply" }).ClickAsync();
        await Expect(Messages(page, "operator").Filter(new() { HasText = "I have refunded it" })).ToBeVisibleAsync();

        await ana.Picture("console");

        await page.GetByLabel("Your message").FillAsync("Wonderful, that was quick.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(Messages(ana.Page, "customer").Last).ToContainTextAsync("that was quick");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Resolve" }).ClickAsync();
        await ana.Page.GetByLabel("Resolution notes").FillAsync("Refunded the last payment.");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Mark as resolved" }).ClickAsync();
        await Expect(page.GetByTestId("transcript")).ToContainTextAsync("Ana marked this as resolved");
        await Expect(page.GetByTestId("held-by").First).ToHaveAttributeAsync("data-held-by", "assistant");

        Assert.Empty(customer.Errors);
        Assert.Empty(ana.Errors);
    }

    [Fact]
    public async Task Markup_and_scripts_in_a_message_are_shown_as_text_and_never_run()
    {
        await using var customer = await browser.NewVisitor(silo.Address);
        await customer.Page.GotoAsync("/");
        await customer.Page.GetByRole(AriaRole.Button, new() { Name = "Just chat" }).ClickAsync();
        const string Hostile = "<img src=x onerror=alert(1)><script>alert(2)</script> I would like a refund; '; drop table messages; --";
        await customer.Page.GetByLabel("Your message").FillAsync(Hostile);
        await customer.Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(Messages(customer.Page, "assistant").First).ToBeVisibleAsync();
        await Expect(Messages(customer.Page, "customer").First).ToContainTextAsync(Hostile);

        await using var ana = await browser.NewVisitor(silo.Address);
        await ana.Page.GotoAsync($"/console/#key={operatorKey}");
        await ana.Page.GetByTestId("queue-item").First.ClickAsync();
        await Expect(Messages(ana.Page, "customer").First).ToContainTextAsync(Hostile);

        Assert.Equal(0, await customer.Page.Locator("[data-testid=transcript] img, [data-testid=transcript] script").CountAsync());
        Assert.Empty(customer.Dialogs);
        Assert.Empty(ana.Dialogs);
        Assert.Empty(customer.Errors);
        Assert.Empty(ana.Errors);
    }

    [Fact]
    public async Task The_conversation_survives_a_reload_and_another_browser_sees_nothing_of_it()
    {
        await using var customer = await browser.NewVisitor(silo.Address);
        await customer.Page.GotoAsync("/");
        await customer.Page.GetByRole(AriaRole.Button, new() { Name = "Just chat" }).ClickAsync();
        await customer.Page.GetByLabel("Your message").FillAsync("Where does the product keep its data?");
        await customer.Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(Messages(customer.Page, "assistant").First).ToBeVisibleAsync();

        await customer.Page.ReloadAsync();
        await Expect(Messages(customer.Page, "customer").First).ToContainTextAsync("Where does the product keep its data?");
        await Expect(Messages(customer.Page, "assistant").First).ToBeVisibleAsync();
        var ticket = (await customer.Page.GetByTestId("ticket-id").First.TextContentAsync())!.Trim();

        await using var stranger = await browser.NewVisitor(silo.Address);
        await stranger.Page.GotoAsync($"/ticket/?id={System.Text.RegularExpressions.Regex.Match(ticket, "[0-9A-Z]{26}").Value}");
        await Expect(stranger.Page.GetByText("can’t be seen from this browser")).ToBeVisibleAsync();
        await Expect(stranger.Page.GetByText("Where does the product keep its data?")).ToHaveCountAsync(0);
    }

    private static ILocator Messages(IPage page, string author) => page.Locator($"[data-testid=message][data-author={author}]");
}
