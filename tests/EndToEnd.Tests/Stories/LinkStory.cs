using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using FteAgent.Testing;
using FteAgent.Testing.Mail;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace FteAgent.EndToEnd.Stories;

/// <summary>A customer at a mail program and at our pages, who turns out to be one, and a mail server that is not ours.</summary>
public sealed class LinkStory : ConsoleStory
{
    private const string AuthservId = "mx.support.test";
    private const string Mira = "mira@example.com";
    private const string MailSecret = "the-secret-of-the-mail-provider-in-this-story";
    private const string ByMail = "How do I import my own documents?";
    private const string OnThePage = "Where does the product keep its data?";

    private OutsideMail mails = null!;

    private protected override async Task<IReadOnlyDictionary<string, string>> StartProvider()
    {
        foreach (var secret in (string[])[MailSecret, Mira, ByMail, OnThePage])
            TestLogs.Secret(secret);
        mails = await OutsideMail.Start();
        return new Dictionary<string, string>
        {
            ["EMAIL_FROM"] = "Example Support <help@support.test>",
            ["EMAIL_SMTP_URL"] = mails.Url,
            ["EMAIL_WEBHOOK_SECRET"] = MailSecret,
            ["EMAIL_AUTHSERV_ID"] = AuthservId,
        };
    }

    private protected override ValueTask StopProvider() => mails.DisposeAsync();

    [Fact]
    public async Task A_customer_who_wrote_by_mail_links_that_address_on_the_page_and_is_one_there_and_at_the_console()
    {
        await Write(ByMail);
        Assert.Contains("import command", (await mails.Next()).Text, StringComparison.Ordinal);

        await using var customer = await Browser.NewVisitor(Address);
        var page = customer.Page;
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Just chat" }).ClickAsync();
        await Say(page, OnThePage);
        await Expect(Messages(page, "assistant").First).ToBeVisibleAsync();
        Assert.DoesNotContain(ByMail, await page.GetByTestId("transcript").InnerTextAsync(), StringComparison.Ordinal);

        await page.GetByText("Is this you on another channel?").ClickAsync();
        await page.GetByLabel("Email or phone").FillAsync(Mira);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send a code" }).ClickAsync();
        var code = Regex.Match((await mails.Next()).Text, @"\b\d{6}\b").Value;
        await page.GetByLabel("Code").FillAsync(Another(code));
        await page.GetByRole(AriaRole.Button, new() { Name = "Link it" }).ClickAsync();
        await Expect(page.GetByText("That is not the code")).ToBeVisibleAsync();
        await page.GetByLabel("Code").FillAsync(code);
        await page.GetByRole(AriaRole.Button, new() { Name = "Link it" }).ClickAsync();
        await Expect(page.GetByText("What you wrote from there belongs to this conversation now.")).ToBeVisibleAsync();
        await Expect(Messages(page, "customer").Filter(new() { HasText = ByMail })).ToBeVisibleAsync();
        await customer.Picture("chat-linked");

        await Say(page, "I want to speak to a human about my import please");
        await using var ana = await Browser.NewVisitor(Address);
        await ana.Page.GotoAsync($"/console/#key={OperatorKey}");
        await ana.Page.GetByTestId("queue-item").First.ClickAsync();
        await Expect(ChannelOf(ana.Page, ByMail)).ToHaveTextAsync("Email");
        await Expect(ChannelOf(ana.Page, OnThePage)).ToHaveTextAsync("Web");

        await Write("I still cannot import them");
        await Expect(Messages(page, "customer").Filter(new() { HasText = "I still cannot import them" })).ToBeVisibleAsync();
        await Expect(ChannelOf(ana.Page, "I still cannot import them")).ToHaveTextAsync("Email");
        Assert.Empty(customer.Errors);
        Assert.Empty(ana.Errors);
    }

    /// <summary>A mail from Mira's own server, as the provider posts it.</summary>
    private async Task Write(string text)
    {
        var mail = await mails.Write(new
        {
            from = $"Mira Okafor <{Mira}>",
            to = "help@support.test",
            subject = "My documents",
            text,
        });
        var checkedBy = Encoding.ASCII.GetBytes($"Authentication-Results: {AuthservId}; dmarc=pass header.from=example.com\r\n");
        using var content = new ByteArrayContent([.. checkedBy, .. mail]) { Headers = { ContentType = new MediaTypeHeaderValue("message/rfc822") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/email") { Content = content, Headers = { Authorization = new("Bearer", MailSecret) } };
        await Bring(request);
    }

    private static async Task Say(IPage page, string text)
    {
        await page.GetByLabel("Your message").FillAsync(text);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
    }

    private static string Another(string code) => code[..^1] + (code[^1] == '0' ? '1' : '0');

    private static ILocator ChannelOf(IPage page, string text) => Messages(page, "customer").Filter(new() { HasText = text }).GetByTestId("channel");
}
