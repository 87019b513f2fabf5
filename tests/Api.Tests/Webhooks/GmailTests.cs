using System.Text;
using FteAgent.Api.Hosting;
using FteAgent.Channels;
using FteAgent.Customers;
using FteAgent.Testing;
using FteAgent.Testing.Mail;
using Xunit.Abstractions;

namespace FteAgent.Api.Webhooks;

/// <summary>A Gmail mailbox whose pushes come, or do not.</summary>
public sealed class GmailTests(ITestOutputHelper output)
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
    public async Task Mail_that_fails_to_be_fetched_holds_the_place_until_it_is()
    {
        await using var silo = await GmailSilo.Start(GmailSilo.Often);
        for (var i = 1; i <= 3; i++)
            silo.Gmail.Arrive(GmailSilo.Mail($"question {i}", $"{i}@example.com"));
        silo.Gmail.Fail("0000000000000002", 503);
        silo.Gmail.Fail("0000000000000002", 503);

        Assert.Equal(["question 1", "question 2", "question 3"], await silo.Arrived(3));
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

    [Fact]
    public async Task Answer_whose_fate_is_unknown_is_looked_for_before_it_is_sent_again()
    {
        await using var silo = await GmailSilo.Start(GmailSilo.Never);
        // It was sent, and the answer says that it was not.
        silo.Gmail.LoseAnswer = true;
        await silo.Push(silo.Gmail.Arrive(GmailSilo.Mail(Question, "1@example.com")));

        var customer = (await Eventually.Get(() => silo.Silo.Service<ICustomerDirectory>().Search("ana@example.com", 10, default), found => found.Length == 1))[0];
        await Eventually.Get(
            () => silo.Silo.Service<IDeliveries>().List(customer.Id, 10, default), deliveries => deliveries is [{ Status: DeliveryStatus.Sent }]);
        Assert.Single(silo.Gmail.Sent);
    }
}
