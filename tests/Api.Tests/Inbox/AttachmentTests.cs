using System.Text;
using FteAgent.Api.Hosting;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Api.Inbox;

/// <summary>What customers sent along is given to operators as bytes, and to nobody else.</summary>
[Collection(SiloCollection.Name)]
public sealed class AttachmentTests(SiloFixture fixture)
{
    private readonly RunningSilo silo = fixture.Silo;

    [Fact]
    public async Task Operators_see_files_beside_their_message_and_save_them_byte_for_byte()
    {
        var ana = await silo.NewOperator();
        byte[] content = [0xFF, 0, 1, 0xD8];
        var (customer, message) = await Send(new InboundFile(AttachmentKind.File, "screen shot.png", "image/png", 4, content));

        var shown = (await ana.Caller.Get($"/api/conversations/{customer}")).Expect(200)["messages"].EnumerateArray().Single(m => m.GetProperty("id").GetString() == message.ToString());

        var file = shown.GetProperty("attachments")[0];
        Assert.Equal(("file", "screen shot.png", "image/png", 4), (
            file.GetProperty("kind").GetString(), file.GetProperty("name").GetString(), file.GetProperty("media_type").GetString(), file.GetProperty("size").GetInt32()));
        using var saved = await ana.Caller.Open(file.GetProperty("href").GetString()!);
        Assert.Equal(content, await saved.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_page_that_a_customer_sent_is_never_shown_as_one()
    {
        var ana = await silo.NewOperator();
        var (customer, message) = await Send(new InboundFile(AttachmentKind.File, "page.html", "text/html", 25, Encoding.ASCII.GetBytes("<script>alert(1)</script>")));

        var saved = (await ana.Caller.Get(Path(customer, message))).Expect(200);

        Assert.Equal("application/octet-stream", saved.MediaType);
        Assert.Equal("attachment; filename=page.html; filename*=UTF-8''page.html", saved.Headers["Content-Disposition"]);
        Assert.Equal(("nosniff", "no-store, private", "default-src 'none'; sandbox"), (saved.Headers["X-Content-Type-Options"], saved.Headers["Cache-Control"], saved.Headers["Content-Security-Policy"]));
    }

    [Fact]
    public async Task A_name_in_any_writing_is_told_as_the_standard_asks()
    {
        var ana = await silo.NewOperator();
        var (customer, message) = await Send(new InboundFile(AttachmentKind.File, "Rechnung März \"neu\".pdf", "application/pdf", 1, new byte[1]));

        var saved = (await ana.Caller.Get(Path(customer, message))).Expect(200);

        Assert.Equal("attachment; filename=\"Rechnung M_rz _neu_.pdf\"; filename*=UTF-8''Rechnung%20M%C3%A4rz%20_neu_.pdf", saved.Headers["Content-Disposition"]);
    }

    [Fact]
    public async Task Nobody_else_gets_it()
    {
        var ana = await silo.NewOperator();
        var (customer, message) = await Send(new InboundFile(AttachmentKind.File, "a.txt", "text/plain", 1, new byte[1]));
        var other = await silo.NewCustomer();

        (await silo.Anyone.Get(Path(customer, message))).ExpectProblem(401);
        (await other.Caller.Get(Path(customer, message))).ExpectProblem(401);
        (await ana.Caller.Get(Path(other.Id.ToString(), message))).ExpectProblem(404);
        foreach (var path in (string[])[$"/{message}/1", $"/{message}/-1", $"/{message}/x", $"/{message}/99999999999", "/nothing/0", $"/{Guid.NewGuid():N}/0"])
            (await ana.Caller.Get($"/api/conversations/{customer}/attachments{path}")).ExpectProblem(404);
        (await ana.Caller.Get($"/api/conversations/nobody/attachments/{message}/0")).ExpectProblem(404);
    }

    [Fact]
    public async Task What_was_not_kept_is_told_without_a_way_to_it_and_a_link_is_only_told()
    {
        var ana = await silo.NewOperator();
        var (customer, message) = await Send(
            new InboundFile(AttachmentKind.File, "film.mp4", "video/mp4", 20_000_000, null), new InboundFile(AttachmentKind.Link, "image 1", "image/jpeg", 0, null, "https://api.twilio.com/x"));

        var shown = (await ana.Caller.Get($"/api/conversations/{customer}")).Expect(200)["messages"].EnumerateArray().Single(m => m.GetProperty("id").GetString() == message.ToString());

        var files = shown.GetProperty("attachments").EnumerateArray().ToList();
        Assert.All(files, file => Assert.False(file.TryGetProperty("href", out _)));
        Assert.Equal("https://api.twilio.com/x", files[1].GetProperty("url").GetString());
        foreach (var place in (int[])[0, 1])
            (await ana.Caller.Get($"/api/conversations/{customer}/attachments/{message}/{place}")).ExpectProblem(404);
    }

    [Fact]
    public async Task Files_come_with_a_live_message_and_customers_see_neither_files_nor_deliveries()
    {
        var ana = await silo.NewOperator();
        var customer = await silo.NewCustomer();
        using var events = await EventReader.Open(ana.Caller, $"{customer.Inbox}/events");
        var id = MessageId.Of(Channel.Email, Guid.NewGuid().ToString());
        await silo.Service<IAttachments>().Save(customer.Id, id, [new(AttachmentKind.File, "a.txt", "text/plain", 1, new byte[1])], default);

        await silo.Service<ConversationCalls>().Act(customer.Id, grain => grain.Accept(Incoming(id)), default);

        var came = await events.Next(e => e.Name == "message" && e.Data.GetProperty("id").GetString() == id.ToString());
        Assert.Equal("a.txt", came.Data.GetProperty("attachments")[0].GetProperty("name").GetString());
        Assert.DoesNotContain("attachments", (await customer.Conversation()).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("report.pdf", "report.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\Windows\\run.exe", "run.exe")]
    [InlineData("..", "attachment")]
    [InlineData("", "attachment")]
    [InlineData("   ", "attachment")]
    [InlineData(".htaccess", "htaccess")]
    [InlineData("a\r\nSet-Cookie: x=1", "a__Set-Cookie_ x=1")]
    [InlineData("invoice\u202Efdp.exe", "invoice_fdp.exe")]
    [InlineData("a\0b\u200Bc\u2028d", "a_b_c_d")]
    [InlineData("what? <i> \"q\" `x` $HOME %20;", "what_ _i_ _q_ _x_ _HOME _20")]
    [InlineData("Überblick 2026 (neu).pdf", "Überblick 2026 (neu).pdf")]
    [InlineData("写真.jpg", "写真.jpg")]
    public void A_name_becomes_one_that_can_be_saved_anywhere(string name, string safe) => Assert.Equal(safe, Attachments.SafeName(name));

    [Fact]
    public void A_long_name_keeps_its_ending_and_whole_characters()
    {
        var safe = Attachments.SafeName(string.Concat(Enumerable.Repeat("😀", 200)) + ".jpeg");

        Assert.InRange(safe.Length, 140, 150);
        Assert.EndsWith("😀.jpeg", safe, StringComparison.Ordinal);
    }

    private static string Path(string customer, MessageId message) => $"/api/conversations/{customer}/attachments/{message}/0";

    /// <summary>A customer's mail with files, by the road that every channel takes.</summary>
    private async Task<(string Customer, MessageId Message)> Send(params InboundFile[] files)
    {
        var accepted = await silo.Service<ChannelIntake>().Take(
            new(Channel.Email, Guid.NewGuid().ToString(), new(IdentifierKind.Email, $"{Guid.NewGuid():N}@example.com", Proved: true), "Please look at this file.", DateTimeOffset.UtcNow)
            {
                Files = [.. files],
            }, default);
        var owner = await silo.Service<IOrigins>().Find(accepted.MessageId, default);
        return (owner!.Customer.ToString(), accepted.MessageId);
    }

    private static IncomingMessage Incoming(MessageId id) => new(id, Tickets.TicketId.Mint(TimeProvider.System), Channel.Email, id.ToString(), "Please look at this file.", DateTimeOffset.UtcNow, null, ["a.txt"]);
}
