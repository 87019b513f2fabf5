using System.Text;
using System.Text.RegularExpressions;
using FteAgent.Api.Hosting;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Testing;
using FteAgent.Testing.Mail;
using Xunit.Abstractions;

namespace FteAgent.Api.Webhooks;

/// <summary>A Gmail mailbox whose pushes come, or do not.</summary>
public sealed partial class GmailTests(ITestOutputHelper output)
{
    private const string Question = "How do I make a backup of the data?";

    [Fact]
    public async Task Mail_is_taken_when_it_is_pushed_and_answered_in_its_thread()
    {
        await using var silo = await GmailSilo.Start(GmailSilo.Never);
        await silo.Push(silo.Gmail.Arrive(GmailSilo.Mail(Question, "1@example.com")));

        await Eventually.Is(() => silo.Gmail.Sent.Count > 0);

        var sent = Encoding.UTF8.GetString(Assert.Single(silo.Gmail.Sent));
        Assert.Contains("In-Reply-To: <1@example.com>", sent, StringComparison.Ordinal);
        Assert.Contains($"From: {FakeGmail.Address}", sent, StringComparison.Ordinal);
        Assert.NotNull(Assert.Single(silo.Gmail.SentInto));
        Assert.Equal([Question], await silo.Arrived());
        Assert.Contains("POST /gmail/v1/users/me/watch", silo.Gmail.Asked);
    }

    [Theory]
    [InlineData("https://www.googleapis.com/auth/gmail.compose https://www.googleapis.com/auth/gmail.readonly", "ready")]
    [InlineData("https://www.googleapis.com/auth/gmail.send https://www.googleapis.com/auth/gmail.readonly", "degraded")]
    public async Task Consent_that_does_not_suffice_to_send_is_told(string scopes, string status)
    {
        await using var gmail = await FakeGmail.Start();
        gmail.Scope = scopes;
        await using var silo = await GmailSilo.Start(GmailSilo.Never, gmail);

        Assert.Equal(status, (await silo.Silo.Anyone.Get("/health/ready")).Expect(200)["checks"].GetProperty("email").GetProperty("status").GetString());
    }

    [Fact]
    public async Task What_lay_in_the_mailbox_before_is_its_owners()
    {
        await using var gmail = await FakeGmail.Start();
        gmail.Arrive(GmailSilo.Mail("an old letter", "0@example.com"));
        await using var silo = await GmailSilo.Start(GmailSilo.Never, gmail);

        await silo.Push(gmail.Arrive(GmailSilo.Mail(Question, "1@example.com")));

        Assert.Equal([Question], await silo.Arrived(1));
    }

    [Fact]
    public async Task Ten_pushes_of_one_mail_at_once_are_one_message_and_one_answer()
    {
        await using var silo = await GmailSilo.Start(GmailSilo.Never);
        var place = silo.Gmail.Arrive(GmailSilo.Mail(Question, "1@example.com"));

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => silo.Push(place)));
        await Answered(silo);
        // What is read behind them was read with all ten in mind.
        await silo.Push(silo.Gmail.Arrive(GmailSilo.Mail("Is it done?", "2@example.com", from: "bea@example.com")));
        await silo.Arrived(2);

        Assert.Equal([Question, "Is it done?"], (await silo.Arrived()).Order());
        await Eventually.Is(() => silo.Gmail.Sent.Count >= 2);
        Assert.Single(silo.Gmail.Sent, sent => Encoding.UTF8.GetString(sent).Contains("In-Reply-To: <1@example.com>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pushes_that_are_lost_doubled_and_out_of_order_lose_and_double_nothing()
    {
        const int mails = 120;
        var random = new Random(TestSeed.Take(output.WriteLine));
        await using var silo = await GmailSilo.Start(GmailSilo.Never);
        var pushes = new List<Task>();
        var held = new List<long>();
        for (var i = 0; i < mails; i++)
        {
            var place = silo.Gmail.Arrive(GmailSilo.Mail($"question {i:000}", $"{i}@example.com", from: $"c{i % 5}@example.com"));
            if (random.Next(3) == 0)
                continue;
            held.AddRange(Enumerable.Repeat(place, random.Next(1, 4)));
            while (held.Count > 3)
            {
                var late = held[random.Next(held.Count)];
                held.Remove(late);
                pushes.Add(silo.Push(late));
            }
        }

        await Task.WhenAll(pushes);
        // The one push that comes last brings all whose own got lost.
        await silo.Push(silo.Gmail.Arrive(GmailSilo.Mail("the last", "last@example.com")));

        var arrived = await silo.Arrived(mails + 1);
        Assert.Equal([.. Enumerable.Range(0, mails).Select(i => $"question {i:000}"), "the last"], arrived.Order(StringComparer.Ordinal));
        for (var customer = 0; customer < 5; customer++)
        {
            var own = arrived.Where(text => text.StartsWith("question", StringComparison.Ordinal) && int.Parse(text[^3..]) % 5 == customer).ToList();
            Assert.Equal(own.Order(StringComparer.Ordinal), own);
        }
    }

    [Fact]
    public async Task Without_any_push_the_mailbox_is_asked()
    {
        await using var silo = await GmailSilo.Start(GmailSilo.Often);

        for (var i = 0; i < 3; i++)
        {
            silo.Gmail.Arrive(GmailSilo.Mail($"question {i}", $"{i}@example.com"));
            await silo.Arrived(i + 1);
        }

        Assert.Equal(["question 0", "question 1", "question 2"], await silo.Arrived());
    }

    [Theory]
    [InlineData("/history", 500)]
    [InlineData("/history", 429)]
    [InlineData("/history", 403)]
    [InlineData("/profile", 200)]
    public async Task Gmail_that_fails_for_a_while_loses_nothing(string path, int status)
    {
        await using var silo = await GmailSilo.Start(GmailSilo.Often);
        for (var i = 0; i < 5; i++)
            silo.Gmail.Fail(path, status);
        silo.Gmail.Arrive(GmailSilo.Mail("question 1", "1@example.com"));
        if (status == 200)
            silo.Gmail.TakeBackTokens();
        silo.Gmail.Arrive(GmailSilo.Mail("question 2", "2@example.com"));

        Assert.Equal(["question 1", "question 2"], await silo.Arrived(2));
    }

    [Fact]
    public async Task Mail_that_fails_to_be_fetched_is_come_back_to()
    {
        await using var silo = await GmailSilo.Start(GmailSilo.Often);
        for (var i = 1; i <= 3; i++)
            silo.Gmail.Arrive(GmailSilo.Mail($"question {i}", $"{i}@example.com"));
        silo.Gmail.Fail("0000000000000002", 503);

        // It comes after a quarter of a minute; those behind it do not wait.
        Assert.Equal(["question 1", "question 3"], (await silo.Arrived(2))[..2]);
        Assert.Equal(["question 1", "question 3", "question 2"], await silo.Arrived(3));
    }

    [Fact]
    public async Task Mail_that_is_deleted_before_it_is_read_holds_up_nobody()
    {
        await using var silo = await GmailSilo.Start(GmailSilo.Never);
        silo.Gmail.Arrive(GmailSilo.Mail("question 1", "1@example.com"));
        silo.Gmail.Fail("0000000000000001", 404);

        await silo.Push(silo.Gmail.Arrive(GmailSilo.Mail("question 2", "2@example.com")));

        Assert.Equal(["question 2"], await silo.Arrived(1));
    }

    [Fact]
    public async Task Mail_of_nobody_holds_up_nobody()
    {
        await using var silo = await GmailSilo.Start(GmailSilo.Never);
        silo.Gmail.Arrive("Subject: from nobody\n\nsecret words of nobody");

        await silo.Push(silo.Gmail.Arrive(GmailSilo.Mail("question 2", "2@example.com")));

        Assert.Equal(["question 2"], await silo.Arrived(1));
        Assert.Contains(silo.Silo.Log.All, line => line.Contains("was not taken", StringComparison.Ordinal));
        Assert.DoesNotContain(silo.Silo.Log.All, line => line.Contains("secret words", StringComparison.Ordinal));
    }

    [Fact]
    public async Task History_that_gmail_has_forgotten_is_made_up_for_without_losing_or_doubling()
    {
        await using var silo = await GmailSilo.Start(GmailSilo.Never);
        await silo.Push(silo.Gmail.Arrive(GmailSilo.Mail("question 000", "0@example.com")));
        await silo.Arrived(1);
        for (var i = 1; i <= 230; i++)
            silo.Gmail.Arrive(GmailSilo.Mail($"question {i:000}", $"{i}@example.com"));
        silo.Gmail.Forget();

        await silo.Push(silo.Gmail.Arrive(GmailSilo.Mail("question 231", "231@example.com")));

        Assert.Equal(Enumerable.Range(0, 232).Select(i => $"question {i:000}"), await silo.Arrived(232));
        await silo.Push(silo.Gmail.Arrive(GmailSilo.Mail("question 232", "232@example.com")));
        Assert.Equal(233, (await silo.Arrived(233)).Count);
    }

    [Fact]
    public async Task What_we_sent_and_what_is_spam_did_not_arrive()
    {
        await using var silo = await GmailSilo.Start(GmailSilo.Never);
        foreach (var label in (string[])["SENT", "DRAFT", "SPAM", "TRASH", "CHAT"])
            silo.Gmail.Arrive(GmailSilo.Mail($"{label} words", $"{label}@example.com"), label);

        await silo.Push(silo.Gmail.Arrive(GmailSilo.Mail(Question, "1@example.com")));

        Assert.Equal([Question], await silo.Arrived(1));
    }

    [Fact]
    public async Task Silo_that_starts_anew_goes_on_from_where_the_last_one_stopped()
    {
        var folder = Directory.CreateTempSubdirectory("fte-gmail-");
        await using var gmail = await FakeGmail.Start();
        await using (var first = await GmailSilo.Start(GmailSilo.Never, gmail, null, ("FTE_DATA", folder.FullName)))
        {
            await first.Push(gmail.Arrive(GmailSilo.Mail("question 1", "1@example.com")));
            await first.Arrived(1);
        }

        gmail.Arrive(GmailSilo.Mail("question 2", "2@example.com"));
        await using (var second = await GmailSilo.Start(GmailSilo.Never, gmail, null, ("FTE_DATA", folder.FullName)))
            Assert.Equal(["question 1", "question 2"], await second.Arrived(2));
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("/drafts/send", 503)]
    [InlineData("/drafts", 503)]
    [InlineData("/drafts/send", 429)]
    [InlineData("lost", 0)]
    [InlineData("unread", 0)]
    public async Task Answer_whose_fate_is_unknown_is_looked_for_before_it_is_sent_again(string path, int status)
    {
        await using var silo = await GmailSilo.Start(GmailSilo.Never);
        if (path == "lost")
            // It was sent, and the answer says that it was not.
            silo.Gmail.LoseAnswer = true;
        else if (path == "unread")
            // It was sent, and its Message-ID cannot be had.
            silo.Gmail.FailMetadata = 2;
        else
            silo.Gmail.Fail(path, status);
        await silo.Push(silo.Gmail.Arrive(GmailSilo.Mail(Question, "1@example.com")));

        var customer = (await Eventually.Get(() => silo.Silo.Service<ICustomerDirectory>().Search("ana@example.com", 10, default), found => found.Length == 1))[0];
        var noted = await Eventually.Get(
            () => silo.Silo.Service<IDeliveries>().List(customer.Id, 10, default), deliveries => deliveries is [{ Status: DeliveryStatus.Sent }]);
        var sent = Encoding.UTF8.GetString(Assert.Single(silo.Gmail.Sent));
        Assert.Contains($"Message-ID: <{noted[0].InternetId}>", sent, StringComparison.Ordinal);
        Assert.DoesNotContain(MailIds.Of(noted[0].Item, "example.org"), sent, StringComparison.Ordinal);
        Assert.Equal(0, silo.Gmail.Drafts);
    }

    [Fact]
    public async Task Draft_that_the_mailboxs_owner_threw_away_is_written_anew()
    {
        await using var silo = await GmailSilo.Start(GmailSilo.Never);
        silo.Gmail.Fail("/drafts/send", 503);
        silo.Gmail.Fail("/drafts/send", 503);
        await silo.Push(silo.Gmail.Arrive(GmailSilo.Mail(Question, "1@example.com")));
        await Eventually.Is(() => silo.Gmail.Drafts > 0);
        silo.Gmail.ThrowDraftsAway();

        await Eventually.Is(() => silo.Gmail.Sent.Count > 0);

        Assert.Single(silo.Gmail.Sent);
        Assert.Equal(0, silo.Gmail.Drafts);
    }

    [Fact]
    public async Task Answer_to_an_unseen_answer_that_gmail_sent_goes_on_in_the_conversation_on_the_pages()
    {
        await using var silo = await GmailSilo.Start(GmailSilo.Never, null, null, ("Reply:UnseenAfter", "00:00:05"), ("PUBLIC_URL", "https://support.example.org"));
        var customer = await silo.Silo.NewCustomer(email: "ana@example.com");
        // Nobody answers a mail before Gmail has told us what it called it.
        var (_, sent) = await Answered(silo);
        var id = MessageId().Match(Encoding.UTF8.GetString(silo.Gmail.Sent[0])).Groups[1].Value;
        Assert.Equal(sent.InternetId, id);

        await silo.Push(silo.Gmail.Arrive(GmailSilo.Mail("And how do I restore it?", "1@example.com", more: $"In-Reply-To: <{id}>\n", proved: false)));

        await Eventually.Get(
            () => silo.Silo.Service<IConversationStore>().Read(customer.Id, 0, 1_000, includeNotes: false, default),
            said => said.Any(message => message is { Channel: Channel.Email, Text: "And how do I restore it?" }));
    }

    [Fact]
    public async Task Notice_that_names_gmails_id_fails_the_delivery_and_calls_a_person()
    {
        await using var silo = await GmailSilo.Start(GmailSilo.Never);
        await silo.Push(silo.Gmail.Arrive(GmailSilo.Mail(Question, "1@example.com")));
        var (customer, sent) = await Answered(silo);

        await silo.Push(silo.Gmail.Arrive(Notice(sent.InternetId!, "delayed", "4.4.1")));
        await silo.Push(silo.Gmail.Arrive(Notice(sent.InternetId!, "failed", "5.2.2")));

        var conversation = await Eventually.Get(() => silo.Silo.Service<IConversationStore>().Load(customer, default), now => now.Escalation is not null);
        Assert.Equal("N5.undeliverable", conversation.Escalation!.Rule);
        Assert.Contains(conversation.Recent, message => message.Kind is MessageKind.Note && message.Text.Contains("4.4.1", StringComparison.Ordinal));
        Assert.Contains(conversation.Recent, message => message.Kind is MessageKind.Note && message.Text.Contains("5.2.2", StringComparison.Ordinal));
        Assert.Equal((DeliveryStatus.Failed, "5.2.2"), await silo.Silo.Service<IDeliveries>().Find(sent.Item, default) is { } known ? (known.Status, known.Error) : default);
        Assert.Empty(await silo.Silo.Service<ICustomerDirectory>().Search("mailer-daemon@example.com", 10, default));
    }

    [Fact]
    public async Task Our_own_mail_that_comes_back_and_a_vacation_that_answers_it_are_known_by_gmails_id()
    {
        await using var silo = await GmailSilo.Start(GmailSilo.Never);
        await silo.Push(silo.Gmail.Arrive(GmailSilo.Mail(Question, "1@example.com")));
        var (customer, sent) = await Answered(silo);

        silo.Gmail.Arrive(GmailSilo.Mail("What we wrote ourselves.", sent.InternetId!, from: "forwarder@example.com"));
        await silo.Push(silo.Gmail.Arrive(
            GmailSilo.Mail("I am away.", "2@example.com", more: $"In-Reply-To: <{sent.InternetId}>\n").Replace("Subject: Backup of the data", "Subject: Automatic reply: Backup", StringComparison.Ordinal)));

        var said = await Eventually.Get(
            () => silo.Silo.Service<IConversationStore>().Read(customer, 0, 1_000, includeNotes: true, default), said => said.Any(message => message.Text.EndsWith("I am away.", StringComparison.Ordinal)));
        Assert.Contains(said, message => message.Text.Contains("(auto_reply)", StringComparison.Ordinal));
        var forwarder = Assert.Single(await silo.Silo.Service<ICustomerDirectory>().Search("forwarder@example.com", 10, default));
        Assert.Contains("(own)", Assert.Single(await silo.Silo.Service<IConversationStore>().Read(forwarder.Id, 0, 10, includeNotes: true, default)).Text, StringComparison.Ordinal);
        Assert.Single(silo.Gmail.Sent);
    }

    [Fact]
    public async Task Large_mail_is_read_and_one_beyond_all_measure_holds_up_nobody()
    {
        await using var silo = await GmailSilo.Start(GmailSilo.Never);
        var file = Convert.ToBase64String(new byte[8 * 1024 * 1024], Base64FormattingOptions.InsertLineBreaks);
        silo.Gmail.Arrive(GmailSilo.Mail("", "huge@example.com", more: $"X-Huge: x\n\n{new string('x', 47 * 1024 * 1024)}"));
        await silo.Push(silo.Gmail.Arrive(GmailSilo.Mail(
            $"--b\nContent-Type: text/plain\n\n{Question}\n--b\nContent-Type: application/zip; name=f.zip\nContent-Transfer-Encoding: base64\n\n{file}\n--b--",
            "1@example.com", more: "Content-Type: multipart/mixed; boundary=b\n")));

        Assert.Equal([Question], await silo.Arrived(1));
        var customer = Assert.Single(await silo.Silo.Service<ICustomerDirectory>().Search("ana@example.com", 10, default));
        var said = await silo.Silo.Service<IConversationStore>().Read(customer.Id, 0, 1, includeNotes: false, default);
        Assert.Equal(8 * 1024 * 1024, Assert.Single(await silo.Silo.Service<IAttachments>().List(customer.Id, [said[0].Id], default)).Size);
    }

    private static async Task<(CustomerId Customer, Delivery Sent)> Answered(GmailSilo silo)
    {
        var customer = (await Eventually.Get(() => silo.Silo.Service<ICustomerDirectory>().Search("ana@example.com", 10, default), found => found.Length == 1))[0];
        var sent = await Eventually.Get(
            () => silo.Silo.Service<IDeliveries>().List(customer.Id, 10, default), deliveries => deliveries is [{ Status: DeliveryStatus.Sent }]);
        return (customer.Id, sent[0]);
    }

    private static string Notice(string id, string action, string status) => $"""
        From: Mail Delivery Subsystem <mailer-daemon@example.com>
        Subject: Delivery Status Notification
        Message-ID: <{action}@example.com>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b
        Content-Type: text/plain

        It failed.
        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; example.com

        Final-Recipient: rfc822; ana@example.com
        Action: {action}
        Status: {status}
        --b
        Content-Type: text/rfc822-headers

        Message-ID: <{id}>
        Subject: Re: Backup of the data

        --b--
        """;

    [GeneratedRegex("^Message-ID: <([^>]+)>", RegexOptions.Multiline)]
    private static partial Regex MessageId();
}
