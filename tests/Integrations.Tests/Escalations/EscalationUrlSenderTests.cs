using System.Net;
using System.Text.Json;
using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Customers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FteAgent.Escalations;

/// <summary>What a team's chat is told of an escalation, over HTTP.</summary>
public sealed class EscalationUrlSenderTests : IAsyncLifetime
{
    // The longest text of a section block: Slack API, "Section block".
    private const int Longest = 3_000;

    private readonly List<(string Path, string Key, JsonElement Body)> received = [];
    private readonly WebApplication chat;
    private Action<HttpResponse> answers = _ => { };

    public EscalationUrlSenderTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        chat = builder.Build();
        chat.Urls.Add("http://127.0.0.1:0");
        chat.MapPost("/{**path}", async (HttpContext context) =>
        {
            received.Add((context.Request.Path, context.Request.Headers["Idempotency-Key"].ToString(), await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body)));
            answers(context.Response);
        });
    }

    public Task InitializeAsync() => chat.StartAsync();

    public async Task DisposeAsync() => await chat.DisposeAsync();

    [Fact]
    public async Task It_tells_why_and_where_with_the_items_id()
    {
        var item = Item(Notice("The board is empty."));

        Assert.Equal(SendResult.Sent, await Send(item));

        var (path, key, body) = Assert.Single(received);
        Assert.Equal(("/hook", item.Id.ToString()), (path, key));
        Assert.Equal("A customer needs a person: data loss, high, for support: Boards &amp; lists", body.GetProperty("text").GetString());
        Assert.Equal(
            "*A customer needs a person: data loss, high, for support*\nBoards &amp; lists\nThe board is empty.\nTicket t-7\n<https://help.example/console/?conversation=c-7|Open the conversation>",
            TextOf(body));
    }

    [Fact]
    public async Task A_customers_words_make_no_links_and_no_mentions()
    {
        await Send(Item(Notice("<!channel> look at <https://elsewhere.example|this> & that")));

        Assert.Contains("&lt;!channel&gt; look at &lt;https://elsewhere.example|this&gt; &amp; that", TextOf(received[0].Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_summary_is_cut_within_the_limit_and_neither_a_character_nor_an_escaped_sign_in_two()
    {
        for (var shift = 0; shift < 8; shift++)
        {
            await Send(Item(Notice(new string('x', shift) + string.Concat(Enumerable.Repeat("&😀", Longest)))));

            var text = TextOf(received[^1].Body);
            Assert.InRange(text.Length, Longest - 12, Longest);
            Assert.EndsWith("\nTicket t-7\n<https://help.example/console/?conversation=c-7|Open the conversation>", text, StringComparison.Ordinal);
            var summary = text[..text.IndexOf("\nTicket", StringComparison.Ordinal)];
            Assert.DoesNotContain('&', summary.Replace("&amp;", "", StringComparison.Ordinal));
            Assert.DoesNotContain('\uFFFD', summary);
        }
    }

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, SendOutcome.TryAgain)]
    [InlineData(HttpStatusCode.RequestTimeout, SendOutcome.TryAgain)]
    [InlineData(HttpStatusCode.ServiceUnavailable, SendOutcome.TryAgain)]
    [InlineData(HttpStatusCode.NotFound, SendOutcome.Refused)]
    [InlineData(HttpStatusCode.Gone, SendOutcome.Refused)]
    public async Task What_the_chat_answers_says_whether_it_is_tried_again(HttpStatusCode status, SendOutcome outcome)
    {
        answers = response =>
        {
            response.StatusCode = (int)status;
            response.Headers.RetryAfter = "17";
        };

        var result = await Send(Item(Notice("")));

        Assert.Equal((outcome, $"HTTP {(int)status}"), (result.Outcome, result.Cause));
        Assert.Equal(outcome is SendOutcome.TryAgain ? TimeSpan.FromSeconds(17) : null, result.RetryAfter);
    }

    [Fact]
    public async Task Nobody_is_followed_elsewhere()
    {
        answers = response => response.Redirect("/elsewhere", permanent: false, preserveMethod: true);

        Assert.Equal(SendOutcome.Refused, (await Send(Item(Notice("")))).Outcome);
        Assert.Equal(["/hook"], received.Select(post => post.Path));
    }

    [Fact]
    public async Task A_chat_that_is_not_there_is_tried_again()
    {
        var address = new Uri(chat.Urls.First());
        await chat.StopAsync();

        Assert.Equal(SendOutcome.TryAgain, (await Send(Item(Notice("")), address)).Outcome);
    }

    private static string TextOf(JsonElement body) => body.GetProperty("blocks")[0].GetProperty("text").GetProperty("text").GetString()!;

    private static EscalationNotice Notice(string summary) =>
        new(Guid.NewGuid(), "c-7", "t-7", "Boards & lists", EscalationReason.DataLoss, Urgency.High, "support", summary, DateTimeOffset.UnixEpoch, 0);

    private static OutboxItem Item(EscalationNotice notice) =>
        new(Guid.NewGuid(), new CustomerId(Guid.NewGuid()), EscalationNotice.Destination, 1, JsonSerializer.Serialize(notice, EscalationNotice.Json), DateTimeOffset.UnixEpoch);

    private async Task<SendResult> Send(OutboxItem item, Uri? address = null)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddEscalationUrl(new(new Uri(address ?? new Uri(chat.Urls.First()), "/hook"), new("https://help.example")));
        await using var provider = services.BuildServiceProvider();
        return await provider.GetRequiredService<IChannelSender>().Send(item, CancellationToken.None);
    }
}
