using System.Diagnostics;
using System.Text;
using FteAgent.Testing;
using Xunit.Abstractions;

namespace FteAgent.Channels.Email;

public sealed class MimeMailReaderTests(ITestOutputHelper output)
{
    private const string Pass = "Authentication-Results: mx.example.org; dmarc=pass header.from=example.com\n";

    [Fact]
    public void Whole_text_is_kept_where_something_was_left_out()
    {
        var message = Given.Message("From: ana@example.com\n\nWhat now?\n\nOn Tue, Mar 3, 2026 at 10:00 Help <help@example.org> wrote:\n> Hello\n");

        var whole = Assert.Single(message.Files);
        Assert.Equal((AttachmentKind.Original, "mail.txt"), (whole.Kind, whole.Name));
        Assert.Contains("> Hello", Encoding.UTF8.GetString(whole.Content!.Value.Span), StringComparison.Ordinal);
        Assert.Empty(Given.Message("From: ana@example.com\n\nWhat now?\n").Files);
    }

    [Fact]
    public void Text_beyond_what_a_message_holds_is_cut_and_kept_whole_beside_it()
    {
        var message = Given.Message($"From: ana@example.com\n\n{string.Concat(Enumerable.Repeat("All the words. ", 2_000))}");

        Assert.InRange(message.Text.Length, 9_000, 9_900);
        Assert.InRange(Assert.Single(message.Files).Size, 29_000, 30_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no header at all")]
    [InlineData("Subject: nobody\n\nwords")]
    [InlineData("From: \nSubject: nobody\n\nwords")]
    [InlineData("From: Ana\n\nwords")]
    [InlineData("From: <@>\n\nwords")]
    [InlineData("From: \"a@b.example\n\nwords")]
    public void Mail_of_nobody_is_refused_in_a_sentence(string mail)
    {
        var reading = Given.Read(mail);

        Assert.Null(reading.Message);
        Assert.EndsWith(".", reading.Refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("words", reading.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_malformed_senders_prove_nothing_and_the_first_readable_one_is_answered()
    {
        var message = Given.Message($"{Pass}From: Ana <ana@example.com\nFrom: b@attacker.example\n\nwords");

        Assert.False(message.Sender.Proved);
    }

    [Fact]
    public void Mailbox_trusts_its_own_provider_alone_and_a_webhook_only_the_configured_server()
    {
        const string ofGmail = "Authentication-Results: mx.google.com; dmarc=pass header.from=example.com\nFrom: ana@example.com\n\nx";
        const string ofServer = $"{Pass}From: ana@example.com\n\nx";

        Assert.True(Given.Message(ofGmail, MailRoad.Mailbox).Sender.Proved);
        Assert.False(Given.Message(ofServer, MailRoad.Mailbox).Sender.Proved);
        Assert.True(Given.Message(ofServer).Sender.Proved);
        Assert.False(Given.Message(ofGmail).Sender.Proved);
    }

    [Fact]
    public void Without_a_configured_server_nobody_is_proved()
    {
        var reader = new MimeMailReader(Given.Options with { AuthservId = null });

        var reading = reader.Read(Encoding.UTF8.GetBytes($"{Pass}From: ana@example.com\n\nx"), MailRoad.Webhook, Given.Now);

        Assert.False(reading.Message!.Sender.Proved);
    }

    [Fact]
    public void Mail_that_comes_again_with_other_marks_of_its_way_has_the_same_id()
    {
        const string mail = $"{Pass}From: ana@example.com\nMessage-ID: <1@example.com>\n\nx";

        Assert.Equal(Given.Message(mail).ChannelMessageId, Given.Message($"Received: from a by mx.example.org\nDelivered-To: help@example.org\n{mail}").ChannelMessageId);
        Assert.StartsWith("1@example.com ", Given.Message(mail).ChannelMessageId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("From: ana@example.com\nMessage-ID: <1@example.com>\n\nx")]
    [InlineData($"{Pass}From: eve@attacker.example\nMessage-ID: <1@example.com>\n\nx")]
    [InlineData($"{Pass}From: ana@example.com\nMessage-ID: <1@example.com>\n\nother")]
    [InlineData($"{Pass}From: ana@example.com\nMessage-ID: <1@example.com>\nIn-Reply-To: <2@example.com>\n\nx")]
    public void Mail_that_bears_anothers_id_is_not_taken_for_it(string forged) =>
        Assert.NotEqual(Given.Message($"{Pass}From: ana@example.com\nMessage-ID: <1@example.com>\n\nx").ChannelMessageId, Given.Message(forged).ChannelMessageId);

    [Fact]
    public void Mail_without_an_id_is_known_by_its_bytes()
    {
        const string mail = "From: ana@example.com\nSubject: x\n\nwords";
        var first = Given.Message(mail);

        Assert.StartsWith("sha256:", first.ChannelMessageId, StringComparison.Ordinal);
        Assert.Equal(first.ChannelMessageId, Given.Message(mail).ChannelMessageId);
        Assert.NotEqual(first.ChannelMessageId, Given.Message($"{mail}!").ChannelMessageId);
        Assert.Null(first.Thread!.MessageId);
    }

    [Fact]
    public void Ids_and_subjects_beyond_all_measure_fit_all_the_same()
    {
        var message = Given.Message($"From: ana@example.com\nMessage-ID: <{new string('a', 5_000)}@example.com>\nSubject: {new string('s', 20_000)}\n\nx");

        Assert.InRange(message.ChannelMessageId.Length, 1, InboundMessage.IdLimit);
        Assert.InRange(message.Subject!.Length, 1, 500);
    }

    [Fact]
    public void Ids_are_measured_in_bytes_as_the_record_measures_them()
    {
        var id = $"{new string('語', 880)}@example.com";

        var message = Given.Message($"From: ana@example.com\nMessage-ID: <{id}>\nReferences: <{id}>\n\nx");

        Assert.Null(message.Thread!.MessageId);
        Assert.Empty(message.Thread.References);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(message.ChannelMessageId), 1, InboundMessage.IdLimit);
    }

    [Fact]
    public void Large_mail_costs_its_files_and_little_more()
    {
        var file = new byte[9 * 1024 * 1024];
        var part = $"--b\r\nContent-Type: application/zip; name=f.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(file, Base64FormattingOptions.InsertLineBreaks)}\r\n";
        var mail = System.Text.Encoding.ASCII.GetBytes($"From: ana@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n{part}{part}--b--\r\n");
        var before = GC.GetAllocatedBytesForCurrentThread();

        var files = Given.Reader.Read(mail, MailRoad.Webhook, Given.Now).Message!.Files;

        Assert.Equal([file.Length, file.Length], files.Select(each => each.Content!.Value.Length));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 * file.Length + 4 * 1024 * 1024);
    }

    [Fact]
    public void Long_thread_keeps_its_first_and_its_latest()
    {
        var ids = Enumerable.Range(0, 200).Select(i => $"{i}@example.com").ToList();

        var thread = Given.Message($"From: ana@example.com\nReferences: {string.Join("\n ", ids.Select(id => $"<{id}>"))}\n\nx").Thread!;

        Assert.Equal([ids[0], .. ids[^49..]], thread.References.AsEnumerable());
    }

    [Fact]
    public void Only_so_many_files_are_kept_and_none_that_is_too_large()
    {
        static string File(int i, int bytes) => $"--b\nContent-Type: application/zip; name=f{i}.zip\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n{Convert.ToBase64String(new byte[bytes])}\n";
        var mail = $"From: ana@example.com\nContent-Type: multipart/mixed; boundary=b\n\n{File(0, Attachment.SizeLimit + 1)}{string.Concat(Enumerable.Range(1, 40).Select(i => File(i, 10)))}--b--\n";

        var files = Given.Message(mail).Files;

        Assert.Equal(Attachment.CountLimit, files.Length);
        Assert.Null(files[0].Content);
        Assert.Equal(Attachment.SizeLimit + 1, files[0].Size);
        Assert.Equal(10, files[1].Content!.Value.Length);
    }

    [Theory]
    [InlineData("To: Help <HELP@example.org>, other@example.net\n", "help@example.org")]
    [InlineData("Delivered-To: sales@example.org\nTo: list@example.net\n", "sales@example.org")]
    [InlineData("To: somebody@example.net\n", "somebody@example.net")]
    [InlineData("", "")]
    public void Address_that_it_was_sent_to_is_ours_where_it_names_ours(string headers, string recipient) =>
        Assert.Equal(recipient, Given.Message($"{headers}From: ana@example.com\n\nx").Recipient);

    [Theory]
    [InlineData("message/rfc822", "From: help@example.org\nMessage-ID: <fte.0195c0ffee0070008000000000000001@example.org>\nSubject: Re: x\n\nwords")]
    [InlineData("text/rfc822-headers", "From: help@example.org\nMessage-ID: <fte.0195c0ffee0070008000000000000001@example.org>\nSubject: Re: x\n")]
    public void Notice_names_the_mail_of_ours_that_did_not_arrive(string type, string returned)
    {
        var reading = Given.Read(Table.Structures.Multi(
            "notice", "report; report-type=delivery-status",
            "Content-Type: text/plain\n\nSorry",
            "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.com\n\nFinal-Recipient: rfc822; ana@example.com\nAction: failed\nStatus: 5.1.1\n",
            $"Content-Type: {type}\n\n{returned}").Bytes);

        Assert.Equal(new MailBounce("fte.0195c0ffee0070008000000000000001@example.org", "5.1.1", IsFinal: true), reading.Bounce);
    }

    [Fact]
    public void Notice_that_returns_nothing_names_the_mail_as_gmail_does() => Assert.Equal(
        new MailBounce("CA+1@mail.gmail.com", "5.1.1", IsFinal: true),
        Given.Read(Table.Structures.Multi(
            "notice", "report; report-type=delivery-status",
            "Content-Type: message/delivery-status\n\nReporting-MTA: dns; googlemail.com\nX-Original-Message-ID: <CA+1@mail.gmail.com>\n\nAction: failed\nStatus: 5.1.1\n").Bytes).Bounce);

    [Fact]
    public void Notice_of_a_delay_is_not_the_end() => Assert.False(Given.Read(Table.Structures.Multi(
        "notice", "report; report-type=delivery-status",
        "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\nAction: delayed\nStatus: 4.4.1\n",
        "Content-Type: message/rfc822\n\nMessage-ID: <fte.0195c0ffee0070008000000000000001@example.org>\n\nx").Bytes).Bounce!.IsFinal);

    [Fact]
    public void Mail_in_parts_is_read_like_a_whole_one()
    {
        var fields = new MailFields(
            "provider-1", "Ana@Example.com", "Ana", "help@example.org", "Backup", "What now?\n\n> Hello", "<p>What now?</p>",
            [new("Authentication-Results", "mx.example.org; dmarc=pass header.from=example.com"), new("Message-ID", "<1@example.com>"), new("In-Reply-To", "<2@example.com>"), new("Content-Type", "multipart/x")],
            [new(AttachmentKind.File, "../a.txt", "text/plain", 3, "abc"u8.ToArray())]);

        var message = Given.Reader.Read(fields, Given.Now).Message!;

        Assert.Equal(("ana@example.com", true, "Ana"), (message.Sender.Address, message.Sender.Proved, message.Sender.Name));
        Assert.Equal(("What now?", "Backup", "help@example.org"), (message.Text, message.Subject, message.Recipient));
        Assert.Equal(["2@example.com"], message.Thread!.References.AsEnumerable());
        Assert.Equal(["mail.txt", "a.txt"], message.Files.Select(file => file.Name));
        Assert.Equal("abc"u8.ToArray(), message.Files[1].Content!.Value.ToArray());
    }

    [Fact]
    public void Header_in_parts_cannot_bring_a_second_one()
    {
        var fields = new MailFields(
            null, "eve@attacker.example", "Eve\r\nFrom: ana@example.com", null, "x\r\nFrom: ana@example.com", "x", null,
            [new("X-A", "1\r\nFrom: ana@example.com"), new("X: B\r\nFrom", "ana@example.com"), new("", "x")], []);

        Assert.Equal("eve@attacker.example", Given.Reader.Read(fields, Given.Now).Message!.Sender.Address);
    }

    [Fact]
    public void Mail_in_parts_without_an_id_is_known_by_the_providers()
    {
        var fields = new MailFields("p1", "ana@example.com", null, null, "x", "words", null, [], []);

        Assert.Equal(Given.Reader.Read(fields, Given.Now).Message!.ChannelMessageId, Given.Reader.Read(fields, Given.Now.AddDays(1)).Message!.ChannelMessageId);
        Assert.NotEqual(Given.Reader.Read(fields, Given.Now).Message!.ChannelMessageId, Given.Reader.Read(fields with { ProviderId = "p2" }, Given.Now).Message!.ChannelMessageId);
    }

    [Fact]
    public void Whatever_bytes_come_it_reads_or_refuses_them()
    {
        var seed = TestSeed.Take(output.WriteLine);
        var random = new Random(seed);
        var sources = Table.Clients.All.Concat(Table.Structures.All).Concat(Table.Senders.All).Select(each => each.Bytes).ToList();
        for (var i = 0; i < 400; i++)
        {
            var mail = (byte[])sources[random.Next(sources.Count)].Clone();
            for (var change = random.Next(20); change >= 0; change--)
                mail[random.Next(mail.Length)] = (byte)random.Next(256);

            var reading = Given.Read(mail[..random.Next(mail.Length)]);

            Assert.True(reading.Message is null == reading.Refusal is not null, $"mail {i}");
        }
    }

    [Theory]
    [InlineData("Subject: {0}\n\nwords")]
    [InlineData("Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\nX-Long: {0}\n\nwords\n--b--\n")]
    [InlineData("Subject: x\nContent-Type: message/rfc822\n\nSubject: {0}\n\nwords")]
    public void A_field_is_read_up_to_its_thousandth_line_wherever_it_stands(string form)
    {
        var mail = string.Format(System.Globalization.CultureInfo.InvariantCulture, form, string.Concat(Enumerable.Range(0, 3_000).Select(i => $"line{i}\r\n ")) + "end");

        var cut = Encoding.UTF8.GetString(FoldedFields.Cut(Encoding.UTF8.GetBytes(mail)).Span);

        Assert.Contains("line999", cut, StringComparison.Ordinal);
        Assert.DoesNotContain("line1000\r", cut, StringComparison.Ordinal);
        Assert.EndsWith(mail[mail.LastIndexOf("end", StringComparison.Ordinal)..][3..], cut, StringComparison.Ordinal);
    }

    [Fact]
    public void Indented_lines_of_a_text_are_no_field_and_stay()
    {
        var text = string.Concat(Enumerable.Range(0, 3_000).Select(i => $"  \"key{i}\": 1,\n"));
        byte[] mail = [.. Encoding.UTF8.GetBytes($"From: ana@example.com\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/json\n\n{{\n{text}}}\n--b--\n")];
        Assert.Equal(mail, FoldedFields.Cut(mail).ToArray());
    }

    [Theory]
    [InlineData("lines")]
    [InlineData("quotes")]
    [InlineData("headers")]
    [InlineData("parts")]
    [InlineData("html")]
    [InlineData("references")]
    public void Large_mail_that_means_harm_is_read_in_time(string kind)
    {
        var mail = kind switch
        {
            "lines" => $"From: ana@example.com\n\n{string.Concat(Enumerable.Repeat("On 10:00 a@b wrote\n", 300_000))}",
            "quotes" => $"From: ana@example.com\n\n{string.Concat(Enumerable.Repeat(">", 3_000_000))}",
            "headers" => $"{string.Concat(Enumerable.Range(0, 50_000).Select(i => $"X-{i}: {i}\n"))}From: ana@example.com\n\nx",
            "parts" => $"From: ana@example.com\nContent-Type: multipart/mixed; boundary=b\n\n{string.Concat(Enumerable.Repeat("--b\nContent-Type: text/plain\n\nx\n", 50_000))}--b--",
            "html" => $"From: ana@example.com\nContent-Type: text/html\n\n{string.Concat(Enumerable.Repeat("<div>a<blockquote>b</blockquote></div>", 50_000))}",
            _ => $"From: ana@example.com\nReferences: {string.Concat(Enumerable.Range(0, 100_000).Select(i => $"<{i}@x>\n "))}\n\nx",
        };
        var since = Stopwatch.StartNew();

        Assert.NotNull(Given.Read(mail).Message);

        Assert.True(since.Elapsed < TimeSpan.FromSeconds(20), $"{since.Elapsed}");
    }
}
