using System.Text;
using FteAgent.Api.Hosting;
using FteAgent.Conversations;
using FteAgent.Sqlite;

namespace FteAgent.Api.Webhooks;

/// <summary>Mail that providers bring.</summary>
public sealed class MailWebhookTests : IAsyncLifetime
{
    private const string Question = "How do I make a backup of the data?";
    private MailSilo silo = null!;

    public async Task InitializeAsync() => silo = await MailSilo.Start();

    public async Task DisposeAsync() => await silo.DisposeAsync();

    [Fact]
    public async Task Webhook_that_is_not_set_up_does_not_exist()
    {
        await using var plain = await RunningSilo.Start();

        foreach (var path in (string[])["/webhooks/email", "/webhooks/gmail"])
            Assert.Equal((await plain.Anyone.Post("/webhooks/nothing", "{}")).Status, (await plain.Anyone.Post(path, "{}")).Status);
        Assert.DoesNotContain("email", (await plain.Anyone.Get("/health/ready")).Expect(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_is_in_the_record_when_it_is_answered()
    {
        (await silo.Post(MailSilo.Mail(Question, "1@example.com"))).Expect(200);

        var said = (await silo.Said())[0];
        Assert.Equal((Question, Channel.Email, ActorKind.Customer), (said.Text, said.Channel, said.Author.Kind));
    }

    [Fact]
    public async Task Secret_counts_behind_bearer_and_as_the_password_of_the_url_and_nothing_else_does()
    {
        var mail = Encoding.UTF8.GetBytes(MailSilo.Mail(Question, "1@example.com"));
        Task<Answer> With(string? header) => silo.Silo.Anyone.Send(
            HttpMethod.Post, "/webhooks/email", MailSilo.Body(mail, "message/rfc822"), header is null ? [] : [("Authorization", header)]);
        static string Basic(string pair) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(pair))}";

        foreach (var wrong in (string?[])[null, "Bearer", "Bearer wrong", $"Bearer {MailSilo.Secret}x", MailSilo.Secret, Basic($"{MailSilo.Secret}:"), Basic(MailSilo.Secret), "Basic !!!", $"Digest {MailSilo.Secret}"])
            (await With(wrong)).ExpectProblem(401);
        Assert.Empty(await silo.Customers());
        foreach (var right in (string[])[$"Bearer {MailSilo.Secret}", $"bearer {MailSilo.Secret}", Basic($"postmark:{MailSilo.Secret}"), Basic($":{MailSilo.Secret}")])
            (await With(right)).Expect(200);
        Assert.Single(await silo.Customers());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ten_deliveries_at_once_are_one_message_and_one_answer(bool proved)
    {
        var mail = MailSilo.Mail(Question, "1@example.com", proved: proved);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => silo.Post(mail)));

        Assert.All(answers, answer => answer.Expect(200));
        await ExpectOneAnswer(proved);
    }

    [Fact]
    public async Task Ten_deliveries_of_Postmarks_at_once_are_one_message_and_one_answer()
    {
        // Postmark gives each try the same id, and the mail has its own.
        var mail = new
        {
            FromFull = new { Email = "ana@example.com", Name = "Ana" },
            Subject = "Backup",
            MessageID = "73e6d360-66eb-11e1-8e72-a8904824019b",
            TextBody = Question,
            Headers = new[] { new { Name = "Message-ID", Value = "<1@example.com>" } },
        };

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => silo.Silo.With(MailSilo.Secret).Post("/webhooks/email", mail)));

        Assert.All(answers, answer => answer.Expect(200));
        await ExpectOneAnswer(proved: false);
    }

    [Fact]
    public async Task Postmarks_mail_is_read_whole_where_it_is_whole()
    {
        var mail = new
        {
            MessageID = "73e6d360-66eb-11e1-8e72-a8904824019b",
            FromFull = new { Email = "eve@attacker.example", Name = "Eve" },
            TextBody = "other words",
            RawEmail = MailSilo.Mail(Question, "1@example.com").ReplaceLineEndings("\r\n"),
        };

        (await silo.Silo.With(MailSilo.Secret).Post("/webhooks/email", mail)).Expect(200);

        Assert.Equal(Question, (await silo.Said())[0].Text);
    }

    [Fact]
    public async Task Postmarks_mail_is_read_in_parts_where_it_is_in_parts()
    {
        var mail = new
        {
            FromName = "Ana",
            From = "ana@example.com",
            FromFull = new { Email = "ana@example.com", Name = "Ana Pires", MailboxHash = "" },
            To = "help@example.org",
            ToFull = new[] { new { Email = "help@example.org", Name = "", MailboxHash = "" } },
            OriginalRecipient = "help@example.org",
            Subject = "Backup",
            MessageID = "73e6d360-66eb-11e1-8e72-a8904824019b",
            MailboxHash = "",
            Date = "Tue, 3 Mar 2026 09:00:00 +0000",
            TextBody = Question,
            HtmlBody = "<p>other words</p>",
            Tag = "",
            Headers = new[] { new { Name = "Message-ID", Value = "<1@example.com>" }, new { Name = "Authentication-Results", Value = "mx.example.org; dmarc=pass header.from=example.com" } },
            Attachments = new[] { new { Name = "log.txt", Content = Convert.ToBase64String("line 1"u8), ContentType = "text/plain", ContentLength = 6, ContentID = "" } },
        };

        (await silo.Silo.With(MailSilo.Secret).Post("/webhooks/email", mail)).Expect(200);

        var customer = Assert.Single(await silo.Customers());
        Assert.Equal("Ana Pires", customer.Name);
        Assert.Contains(customer.Identifiers, known => known.Proved && known.Value == "ana@example.com");
        var said = (await silo.Said())[0];
        Assert.Equal(Question, said.Text);
        var files = await silo.Silo.Service<Channels.IAttachments>().List(customer.Id, [said.Id], default);
        Assert.Equal("log.txt", Assert.Single(files).Name);
        Assert.Equal("<1@example.com>", (await silo.Server.Next()).InReplyTo);
    }

    [Fact]
    public async Task Largest_mail_with_files_is_taken_in_the_form_that_postmark_posts_it()
    {
        var file = new byte[9 * 1024 * 1024];
        var part = $"--b\r\nContent-Type: application/zip; name=f.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(file, Base64FormattingOptions.InsertLineBreaks)}\r\n";
        var raw = MailSilo.Mail("", "1@example.com", more: "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n").ReplaceLineEndings("\r\n")
            + $"--b\r\nContent-Type: text/plain\r\n\r\n{Question}\r\n{part}{part}--b--\r\n";
        Assert.InRange(raw.Length, 24 * 1024 * 1024, MailWebhookEndpoints.MailLimit);
        var attachment = new { Name = "f.zip", Content = Convert.ToBase64String(file), ContentType = "application/zip", ContentLength = file.Length };

        (await silo.Silo.With(MailSilo.Secret).Post(
            "/webhooks/email", new { MessageID = "1", FromFull = new { Email = "ana@example.com" }, Attachments = new[] { attachment, attachment }, RawEmail = raw })).Expect(200);

        var said = (await silo.Said())[0];
        Assert.Equal(Question, said.Text);
        var files = await silo.Silo.Service<Channels.IAttachments>().List((await silo.Customers())[0].Id, [said.Id], default);
        Assert.Equal([file.Length, file.Length], files.Select(each => each.Size));
        Assert.All(files, each => Assert.True(each.IsKept));
    }

    [Fact]
    public async Task Mails_beyond_the_strangers_limit_are_taken_and_who_lacks_the_secret_waits_for_no_mail()
    {
        await using var limited = await MailSilo.Start(("Limits:RequestsPerMinute", "3"));
        for (var i = 0; i < 6; i++)
            (await limited.Post(MailSilo.Mail(Question, $"{i}@example.com", more: "Auto-Submitted: auto-replied\n"))).Expect(200);

        using (await limited.Silo.Service<Channels.IMailMemory>().Enter(long.MaxValue, default))
            (await limited.Silo.Anyone.Send(HttpMethod.Post, "/webhooks/email", MailSilo.Body([1], "message/rfc822"))).ExpectProblem(401);
    }

    [Theory]
    [InlineData("application/json", "{", 400)]
    [InlineData("application/json", "null", 400)]
    [InlineData("application/json", "[]", 400)]
    [InlineData("application/json", """{"Headers": "x"}""", 400)]
    [InlineData("application/json", "{}", 422)]
    [InlineData("application/json", """{"RawEmail": "no mail"}""", 422)]
    [InlineData("application/json", """{"FromFull": {"Email": "nobody"}, "Attachments": [{"Content": "%%%"}], "Headers": [{}, null]}""", 422)]
    [InlineData("message/rfc822", "", 422)]
    [InlineData("text/plain", "Subject: from nobody\r\n\r\nwords", 422)]
    [InlineData("multipart/form-data; boundary=x", "--x--", 415)]
    [InlineData("application/x-www-form-urlencoded", "a=b", 415)]
    public async Task What_is_no_mail_is_refused_as_the_callers_fault(string type, string body, int status) =>
        (await silo.Post(Encoding.UTF8.GetBytes(body), type)).ExpectProblem(status);

    [Fact]
    public async Task Mail_may_be_large_here_and_nothing_may_be_anywhere_else()
    {
        var large = Encoding.UTF8.GetBytes(MailSilo.Mail(Question, "1@example.com") + new string('x', 3 * 1024 * 1024));
        (await silo.Post(large)).Expect(200);

        // Asked first, so that the answer does not cross with the rest of what is sent.
        var tooLarge = (await silo.Silo.With(MailSilo.Secret).Send(
            HttpMethod.Post, "/webhooks/email", MailSilo.Body(new byte[MailWebhookEndpoints.MailLimit + 1], "message/rfc822"), ("Expect", "100-continue"))).ExpectProblem(413);
        Assert.Contains("25600 KiB", tooLarge.Text, StringComparison.Ordinal);
        (await silo.Silo.Anyone.Post("/support/submit", $$"""{"message": "{{new string('x', 300 * 1024)}}"}""")).ExpectProblem(413);
    }

    [Fact]
    public async Task Mail_that_cannot_be_stored_is_asked_for_again()
    {
        silo.Silo.Service<SqliteRecord>().Dispose();

        var answer = (await silo.Post(MailSilo.Mail(Question, "1@example.com"))).ExpectProblem(503);

        Assert.True(answer.Headers.ContainsKey("Retry-After"));
    }

    [Fact]
    public async Task Nothing_of_a_mail_is_in_the_log()
    {
        (await silo.Post(MailSilo.Mail("my secret words: how do I make a backup?", "1@example.com", from: "very.private@example.com", subject: "private subject"))).Expect(200);
        await silo.Server.Next();
        (await silo.Post("Subject: private subject\n\nsecret words")).ExpectProblem(422);

        Assert.DoesNotContain(silo.Silo.Log.All, line => line.Contains("very.private", StringComparison.Ordinal) || line.Contains("secret words", StringComparison.Ordinal)
            || line.Contains("private subject", StringComparison.Ordinal) || line.Contains(MailSilo.Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Document_tells_of_the_webhook_and_readiness_of_email()
    {
        Assert.True((await silo.Silo.Anyone.Get("/openapi/v1.json")).Expect(200)["paths"].TryGetProperty("/webhooks/email", out _));
        Assert.Equal("ready", (await silo.Silo.Anyone.Get("/health/ready")).Expect(200)["checks"].GetProperty("email").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Mail_server_that_is_away_makes_a_silo_degraded_and_no_less_ready()
    {
        await using var broken = await RunningSilo.Start(("EMAIL_FROM", "help@example.org"), ("EMAIL_SMTP_URL", "smtp://127.0.0.1:9?tls=none"));

        var ready = (await broken.Anyone.Get("/health/ready")).Expect(200);

        Assert.Equal("degraded", ready["status"].GetString());
        Assert.StartsWith("Mail is not sent: ", ready["checks"].GetProperty("email").GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    /// <summary>
    /// The mail is one message and was answered once. A further mail is answered after all that is still to come for the first: whatever else there was
    /// would lie before its answer.
    /// </summary>
    private async Task ExpectOneAnswer(bool proved)
    {
        var reply = await silo.Server.Next();
        Assert.Equal("<1@example.com>", reply.InReplyTo);
        (await silo.Post(MailSilo.Mail("Thank you!", "2@example.com", more: $"In-Reply-To: {reply.MessageId}\n", proved: proved))).Expect(200);
        Assert.Equal("<2@example.com>", (await silo.Server.Next()).InReplyTo);
        var said = await silo.Said();
        Assert.Equal(2, said.Count(message => message.Author.Kind is ActorKind.Customer));
        Assert.Equal(2, said.Count(message => message.Author.Kind is ActorKind.Assistant));
    }
}
