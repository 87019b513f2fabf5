using FteAgent.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FteAgent.EndToEnd.Stories;

/// <summary>An operator who wants to know how the day went.</summary>
public sealed class ReportStory : ConsoleStory
{
    private const string Asked = "I would like a refund for my last payment";

    private protected override Task<IReadOnlyDictionary<string, string>> StartProvider() =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>());

    private protected override ValueTask StopProvider() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_operator_sees_the_day_in_numbers_and_plots_and_saves_it_as_a_table_without_anybodys_words()
    {
        TestLogs.Secret(Asked);
        await using var customer = await Browser.NewVisitor(Address);
        await customer.Page.GotoAsync("/");
        await customer.Page.GetByRole(AriaRole.Button, new() { Name = "Just chat" }).ClickAsync();
        await customer.Page.GetByLabel("Your message").FillAsync(Asked);
        await customer.Page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(Messages(customer.Page, "assistant").First).ToBeVisibleAsync();

        await using var ana = await Browser.NewVisitor(Address);
        var page = ana.Page;
        await page.GotoAsync($"/console/#key={OperatorKey}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Reports" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Banner)).ToContainTextAsync("Ana");
        await Expect(page.GetByTestId("report-summary")).ToContainTextAsync("Escalations1");
        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "Messages by channel, by day" })).ToBeVisibleAsync();
        await Expect(page.Locator("svg rect").First).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "By channel" }).First).ToContainTextAsync("Web");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Why people were asked" }).First).ToContainTextAsync("Refund request");
        await Expect(page.GetByText("so far")).ToBeVisibleAsync();
        await ana.Picture("reports");

        await page.GetByRole(AriaRole.Button, new() { Name = "7 days" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "7 days" })).ToHaveAttributeAsync("aria-pressed", "true");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Save as CSV" }).ClickAsync());
        Assert.EndsWith(".csv", download.SuggestedFilename, StringComparison.Ordinal);
        var table = await File.ReadAllTextAsync(await download.PathAsync());
        Assert.Contains(",reason,,refund_request,", table, StringComparison.Ordinal);
        foreach (var text in (string[])[table, await page.ContentAsync()])
            Assert.DoesNotContain("last payment", text, StringComparison.Ordinal);

        Assert.Empty(ana.Errors);
    }
}
