using FteAgent.EndToEnd.Browsers;
using FteAgent.EndToEnd.Silos;
using FteAgent.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FteAgent.EndToEnd.Stories;

/// <summary>What a person answered once, the assistant answers from then on, after somebody has read it.</summary>
public sealed class LearningStory : IAsyncLifetime
{
    private const string Question = "Where do I find the invoice archive of the zeppelin department?";

    /// <summary>Longer than the learner's round, and the tests' machine may be busy.</summary>
    private const float Patience = 120_000;

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
        TestLogs.Secret(Question);
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
    public async Task An_answer_is_rated_and_what_an_operator_answered_is_proposed_approved_and_quoted()
    {
        await using var mira = await browser.NewVisitor(silo.Address);
        await Chat(mira.Page, "How do I import my own documents?");
        var answer = Messages(mira.Page, "assistant").First;
        await answer.GetByRole(AriaRole.Button, new() { Name = "This did not help" }).ClickAsync();
        await Expect(answer).ToContainTextAsync("Thank you. Ask again in other words");
        await mira.Page.ReloadAsync();
        await Expect(Messages(mira.Page, "assistant").First.GetByRole(AriaRole.Button, new() { Name = "This did not help" })).ToHaveAttributeAsync("aria-pressed", "true");

        await using var noor = await browser.NewVisitor(silo.Address);
        await Chat(noor.Page, Question);
        await using var ana = await browser.NewVisitor(silo.Address);
        await ana.Page.GotoAsync($"/console/#key={operatorKey}");
        await ana.Page.GetByTestId("queue-item").First.ClickAsync();
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Take over" }).ClickAsync();
        await ana.Page.GetByLabel("Reply to the customer").FillAsync("The invoice archive of the zeppelin department is in Billing under Airships.");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Send reply" }).ClickAsync();
        await Expect(Messages(noor.Page, "operator").Last).ToContainTextAsync("under Airships");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Resolve" }).ClickAsync();
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Mark as resolved" }).ClickAsync();
        await Expect(noor.Page.GetByTestId("transcript")).ToContainTextAsync("Ana marked this as resolved");

        await ana.Page.GetByRole(AriaRole.Link, new() { Name = "Articles" }).ClickAsync();
        await Proposed(ana.Page);
        await ana.Page.GetByTestId("article-item").First.ClickAsync();
        await Expect(ana.Page.GetByLabel("Question")).ToHaveValueAsync(Question);
        await ana.Page.GetByLabel("Answer").FillAsync("The invoice archive of the zeppelin department is in Billing, under Airships.");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(ana.Page.GetByText("2 revisions")).ToBeVisibleAsync();
        await ana.Picture("articles");
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Approve", Exact = true }).ClickAsync();
        await Expect(ana.Page.GetByTestId("article-item")).ToHaveCountAsync(0);
        await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Approved", Exact = true }).ClickAsync();
        await Expect(ana.Page.GetByTestId("article-item").First).ToContainTextAsync("zeppelin");

        await using var ben = await browser.NewVisitor(silo.Address);
        await Learned(ben.Page);

        Assert.Empty(mira.Errors);
        Assert.Empty(noor.Errors);
        Assert.Empty(ana.Errors);
    }

    /// <summary>The list is read when the page is opened: whoever looks again sees what is new.</summary>
    private static async Task Proposed(IPage page)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(Patience));
        while (true)
        {
            try
            {
                await Expect(page.GetByTestId("article-item").First).ToBeVisibleAsync(new() { Timeout = 5_000 });
                return;
            }
            catch (PlaywrightException) when (!limit.IsCancellationRequested)
            {
                await page.ReloadAsync();
            }
        }
    }

    /// <summary>A version of the knowledge is published a moment after the approval, so the first who ask may be too early.</summary>
    private static async Task Learned(IPage page)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(Patience));
        await Chat(page, Question);
        while (true)
        {
            try
            {
                await Expect(Messages(page, "assistant").Last).ToContainTextAsync("under Airships", new() { Timeout = 5_000 });
                return;
            }
            catch (PlaywrightException) when (!limit.IsCancellationRequested)
            {
                await page.Context.ClearCookiesAsync();
                await page.EvaluateAsync("() => localStorage.clear()");
                await Chat(page, Question);
            }
        }
    }

    private static async Task Chat(IPage page, string text)
    {
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Just chat" }).ClickAsync();
        await page.GetByLabel("Your message").FillAsync(text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(Messages(page, "assistant").First).ToBeVisibleAsync();
    }

    private static ILocator Messages(IPage page, string author) => page.Locator($"[data-testid=message][data-author={author}]");
}
