using System.Text;
using System.Text.RegularExpressions;
using FteAgent.Api.Hosting;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Testing;

namespace FteAgent.Api.Webhooks;

/// <summary>Whole exchanges by mail, with programs of others at the other end.</summary>
[Trait("Category", Interop.Category)]
public sealed partial class MailStoryTests
{
    private const string Question = "How do I make a backup of the data?";

    [Fact]
    public async Task Question_by_mail_is_answered_in_its_thread_and_goes_on_there()
    {
        await using var silo = await MailSilo.Start();
        var asked = await silo.Server.Write(new
        {
            from = new { name = "Ana Pires", address = "ana@example.com" },
            to = "help@example.org",
            subject = "Größe der Sicherung",
            text = $"{Question}\n\n-- \nAna Pires",
            html = $"<p>{Question}</p>",
            messageId = "<first@example.com>",
            references = new[] { "<zero@example.com>" },
            attachments = new[] { new { filename = "Protokoll ä.txt", content = "line 1" } },
        });

        (await silo.Post(asked)).Expect(200);
        var reply = await silo.Server.Next();

        Assert.Equal("Re: Größe der Sicherung", reply.Subject);
        Assert.Equal("<first@example.com>", reply.InReplyTo);
        Assert.Equal(["<zero@example.com>", "<first@example.com>"], reply.References);
        Assert.Equal(("help@example.org", "ana@example.com"), (reply.Envelope.From, Assert.Single(reply.Envelope.To)));
        Assert.Equal("auto-replied", reply.Headers["auto-submitted"]);
        Assert.StartsWith("Hello Ana Pires,", reply.Text, StringComparison.Ordinal);
        Assert.Contains("written by an AI", reply.Text, StringComparison.Ordinal);
        Assert.Contains("Ticket 01", reply.Text, StringComparison.Ordinal);
        Assert.NotNull(MailIds.ItemOf(reply.MessageId.Trim('<', '>')));

        // From wherever it comes and though nothing proves the sender: it names our mail, and was written by whom that went to.
        var again = await silo.Server.Write(new
        {
            from = "ana@example.com",
            to = "help@example.org",
            subject = "Re: Größe der Sicherung",
            text = "And how do I restore it?\n\nOn Tue, Mar 3, 2026 at 10:00 AM Example Support <help@example.org> wrote:\n\n> Hello",
            inReplyTo = reply.MessageId,
            references = reply.References.Append(reply.MessageId),
        });
        (await silo.Post(again)).Expect(200);

        var second = await silo.Server.Next();
        Assert.Equal("And how do I restore it?", (await silo.Said()).Last(message => message.Author.Kind is ActorKind.Customer).Text);
        Assert.Contains(reply.MessageId, second.References);
    }

    [Fact]
    public async Task Who_names_our_mail_from_another_address_joins_nobody()
    {
        await using var silo = await MailSilo.Start();
        (await silo.Post(MailSilo.Mail(Question, "1@example.com"))).Expect(200);
        var reply = await silo.Server.Next();

        (await silo.Post(MailSilo.Mail("What did Ana ask?", "2@attacker.example", "eve@attacker.example", $"In-Reply-To: {reply.MessageId}\n", proved: false))).Expect(200);

        Assert.DoesNotContain(await silo.Said(), message => message.Text.Contains("What did Ana ask?", StringComparison.Ordinal));
        Assert.NotEqual((await silo.Customers())[0].Id, Assert.Single(await silo.Customers("eve@attacker.example")).Id);
    }

    [Fact]
    public async Task Unproved_sender_is_answered_and_is_nobody_who_is_known()
    {
        await using var silo = await MailSilo.Start();
        (await silo.Post(MailSilo.Mail(Question, "1@example.com"))).Expect(200);
        await silo.Server.Next();

        (await silo.Post(MailSilo.Mail("What was my last question?", "2@example.com", proved: false))).Expect(200);
        var reply = await silo.Server.Next();

        Assert.Equal("<2@example.com>", reply.InReplyTo);
        Assert.Equal(2, (await silo.Customers()).Length);
    }

    [Fact]
    public async Task Machines_mails_are_recorded_and_never_answered()
    {
        await using var silo = await MailSilo.Start();
        (await silo.Post(MailSilo.Mail("I am away.", "1@example.com", more: "Auto-Submitted: auto-replied\n"))).Expect(200);
        (await silo.Post(MailSilo.Mail("News!", "2@example.com", more: "List-Id: <news.example.com>\n"))).Expect(200);
        (await silo.Post(MailSilo.Mail("Failed.", "3@example.com", from: "mailer-daemon@example.com"))).Expect(200);
        (await silo.Post(MailSilo.Mail(Question, "4@example.com"))).Expect(200);

        Assert.Equal("<4@example.com>", (await silo.Server.Next()).InReplyTo);
        Assert.Equal(0, silo.Server.Waiting);
        var notes = (await silo.Said()).Where(message => message.Kind is MessageKind.Note).Select(message => message.Text).ToList();
        Assert.Contains(notes, text => text.Contains("(auto_reply)", StringComparison.Ordinal) && text.EndsWith("I am away.", StringComparison.Ordinal));
        Assert.Contains(notes, text => text.Contains("(list)", StringComparison.Ordinal));
        Assert.Contains(await silo.Said("mailer-daemon@example.com"), message => message.Kind is MessageKind.Note);
    }

    [Fact]
    public async Task Two_assistants_that_mail_each_other_stop_at_once()
    {
        await using var ours = await MailSilo.Start();
        await using var others = await MailSilo.Start(("EMAIL_FROM", "support@example.com"));

        (await ours.Post(MailSilo.Mail(Question, "1@example.com", from: "support@example.com"))).Expect(200);
        var reply = await ours.Server.Next();
        (await others.Post(Convert.FromBase64String(reply.Raw))).Expect(200);

        Assert.Contains(await others.Said("help@example.org"), message => message.Kind is MessageKind.Note);
        await Task.WhenAll(Settled(ours, "support@example.com"), Settled(others, "help@example.org"));
        Assert.Equal((0, 0), (ours.Server.Waiting, others.Server.Waiting));
    }

    [Fact]
    public async Task Two_assistants_whose_marks_are_lost_on_the_way_stop_all_the_same()
    {
        const int limit = 3;
        await using var ours = await MailSilo.Start(("Reply:MailsPerHour", $"{limit}"));
        await using var others = await MailSilo.Start(("EMAIL_FROM", "support@example.com"), ("Reply:MailsPerHour", $"{limit}"));
        var (sent, received) = (0, 0);

        (await ours.Post(MailSilo.Mail(Question, "1@example.com", from: "support@example.com", proved: false))).Expect(200);
        while (sent <= 2 * limit)
        {
            await Settled(ours, "support@example.com");
            if (received > 0)
                await Settled(others, "help@example.org");
            if (await Relay(ours, others) + await Relay(others, ours) is var now && now == 0)
                break;
            (sent, received) = (sent + now, received + 1);
        }

        Assert.InRange(sent, 1, 2 * limit);
        // A person is asked to look.
        Assert.NotEmpty(await ours.Silo.Service<IConversationStore>().Escalations(Assert.Single(await ours.Customers("support@example.com")).Id, default));
    }

    [Fact]
    public async Task Five_mailboxes_that_take_nothing_now_keep_no_other_mail_waiting()
    {
        await using var silo = await MailSilo.Start();
        for (var i = 0; i < 5; i++)
            (await silo.Post(MailSilo.Mail(Question, $"{i}@example.com", from: $"later{i}@example.com"))).Expect(200);
        await Eventually.Is(() => silo.Silo.Log.All.Count(line => line.Contains("SMTP 451", StringComparison.Ordinal)) >= 5);

        (await silo.Post(MailSilo.Mail(Question, "good@example.com"))).Expect(200);

        Assert.Equal("ana@example.com", Assert.Single((await silo.Server.Next()).Envelope.To));
        Assert.DoesNotContain(silo.Silo.Log.All, line => line.Contains("is left alone for a while", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mail_that_does_not_arrive_is_told_to_a_person()
    {
        await using var silo = await MailSilo.Start();
        (await silo.Post(MailSilo.Mail(Question, "1@example.com", from: "refused@example.com"))).Expect(200);

        var said = await Eventually.Get(() => silo.Said("refused@example.com"), said => said.Any(message => message.Kind is MessageKind.Note));

        Assert.Contains(said, message => message.Text.Contains("SMTP 550 5.1.1", StringComparison.Ordinal));
        Assert.NotNull((await silo.Silo.Service<IConversationStore>().Load((await silo.Customers("refused@example.com"))[0].Id, default)).Escalation);
    }

    [Fact]
    public async Task Notice_of_a_mail_that_did_not_arrive_is_told_to_its_conversation_once()
    {
        await using var silo = await MailSilo.Start();
        (await silo.Post(MailSilo.Mail(Question, "1@example.com"))).Expect(200);
        var reply = await silo.Server.Next();
        var item = MailIds.ItemOf(reply.MessageId.Trim('<', '>'))!.Value;
        var notice = $"""
            From: MAILER-DAEMON@mx.example.com
            Subject: Undelivered Mail Returned to Sender
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b
            Content-Type: text/plain

            It failed.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.com

            Final-Recipient: rfc822; ana@example.com
            Action: failed
            Status: 5.2.2
            --b
            Content-Type: text/rfc822-headers

            Message-ID: {reply.MessageId}
            Subject: {reply.Subject}

            --b--
            """;

        await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ => (await silo.Post(notice)).Expect(200)));

        Assert.Single(await silo.Said(), message => message.Kind is MessageKind.Note && message.Text.Contains("5.2.2", StringComparison.Ordinal));
        Assert.Equal((DeliveryStatus.Failed, "5.2.2"), await silo.Silo.Service<IDeliveries>().Find(item, default) is { } known ? (known.Status, known.Error) : default);
        Assert.Empty(await silo.Customers("mailer-daemon@mx.example.com"));
    }

    [Fact]
    public async Task Answer_on_the_pages_that_nobody_saw_comes_by_mail_and_goes_on_by_mail_or_link()
    {
        await using var silo = await MailSilo.Start(("Reply:UnseenAfter", "00:00:05"));
        var (seeing, customer) = (await silo.Silo.NewCustomer(email: "bo@example.com"), await silo.Silo.NewCustomer(email: "ana@example.com"));
        var shown = (await seeing.Settled())["messages"].EnumerateArray().Max(message => message.GetProperty("sequence").GetInt64());
        (await seeing.Caller.Put("/support/conversation/seen", new { sequence = shown })).Expect(204);

        var mail = await silo.Server.Next();

        Assert.Equal("ana@example.com", Assert.Single(mail.Envelope.To));
        var token = Link().Match(mail.Text).Groups[1].Value;
        Testing.TestLogs.Secret(token);
        // Nobody has proved the address: it opens this conversation, for a week, and is no copy of the token that the conversation began with.
        Assert.NotEqual(customer.Token, token);
        Assert.Equal((await customer.Conversation()).Text, (await silo.Silo.With(token).Get("/support/conversation")).Expect(200).Text);

        (await silo.Post(MailSilo.Mail("And how do I restore it?", "1@example.com", more: $"In-Reply-To: {mail.MessageId}\n", proved: false))).Expect(200);
        var reply = await silo.Server.Next();
        Assert.Equal("<1@example.com>", reply.InReplyTo);
        Assert.Contains(await silo.Said(customer.Id), message => message.Text == "And how do I restore it?");
        Assert.Equal(0, silo.Server.Waiting);
    }

    [Theory]
    [InlineData("""{"sequence": 0}""", 422)]
    [InlineData("""{"sequence": -1}""", 422)]
    [InlineData("{}", 422)]
    [InlineData("""{"sequence": "x"}""", 400)]
    [InlineData("""{"sequence": 1}""", 204)]
    public async Task Mark_of_what_was_seen_is_checked(string body, int status)
    {
        await using var silo = await RunningSilo.Start();
        var customer = await silo.NewCustomer();

        Assert.Equal(status, (await customer.Caller.Put("/support/conversation/seen", body)).Status);
        (await silo.Anyone.Put("/support/conversation/seen", body)).ExpectProblem(401);
    }

    private static async Task Settled(MailSilo silo, string address)
    {
        var store = silo.Silo.Service<IConversationStore>();
        var customer = Assert.Single(await silo.Customers(address)).Id;
        await Eventually.Get(() => store.Load(customer, default), conversation => conversation.Exchange is null);
        var deliveries = silo.Silo.Service<IDeliveries>();
        await Eventually.Get(
            async () => ((await silo.Said(customer)).Count(message => message is { Author.Kind: ActorKind.Assistant, Kind: MessageKind.Text }), (await deliveries.List(customer, 100, default)).Count(delivery => delivery.Status is DeliveryStatus.Sent)),
            counts => counts.Item1 == counts.Item2);
    }

    /// <summary>Brings what one sent to the other, without the marks by which machines know each other. Returns how many there were.</summary>
    private static async Task<int> Relay(MailSilo from, MailSilo to)
    {
        var count = 0;
        while (from.Server.Waiting > 0)
        {
            var raw = Encoding.UTF8.GetString(Convert.FromBase64String((await from.Server.Next()).Raw));
            (await to.Post(Encoding.UTF8.GetBytes(Marks().Replace(raw, "X-Lost: ")))).Expect(200);
            count++;
        }

        return count;
    }

    [GeneratedRegex(@"https://support\.example\.org/chat/#token=([A-Za-z0-9_-]+)")]
    private static partial Regex Link();

    [GeneratedRegex("^(?:Auto-Submitted|X-Auto-Response-Suppress): ", RegexOptions.Multiline)]
    private static partial Regex Marks();
}
