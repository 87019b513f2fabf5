using System.Globalization;
using System.Text.Json;
using FteAgent.Api.Hosting;

namespace FteAgent.Api.Inbox;

/// <summary>What operators do with a conversation.</summary>
[Collection(SiloCollection.Name)]
public sealed class InboxTests(SiloFixture fixture)
{
    private readonly RunningSilo silo = fixture.Silo;

    [Fact]
    public async Task Only_one_operator_has_a_conversation_and_the_others_learn_who()
    {
        var (customer, ana, ben) = (await silo.NewCustomer(), await silo.NewOperator(), await silo.NewOperator("Ben"));

        var claimed = (await ana.Caller.Put($"{customer.Inbox}/handoff", null, Forms.Key())).Expect(200);
        var again = (await ana.Caller.Put($"{customer.Inbox}/handoff", null, Forms.Key())).Expect(200);
        var refused = (await ben.Caller.Put($"{customer.Inbox}/handoff", null, Forms.Key())).ExpectProblem(409);

        Assert.Equal("operator", claimed["state"].GetProperty("held_by").GetString());
        Assert.Equal(claimed["state"].GetProperty("version").GetInt64(), again["state"].GetProperty("version").GetInt64());
        Assert.Contains(ana.Name, refused["detail"].GetString(), StringComparison.Ordinal);
        Assert.Equal("urn:fte:problem:held-by-another", refused["type"].GetString());
        foreach (var act in (Func<Task<Answer>>[])
        [
            () => ben.Caller.Delete($"{customer.Inbox}/handoff"),
            () => ben.Caller.Post($"{customer.Inbox}/messages", new { text = "Hello" }),
            () => ben.Caller.Put($"{customer.Inbox}/resolution", new { notes = "" }),
        ])
            Assert.Contains(ana.Name, (await act()).ExpectProblem(409)["detail"].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fifty_claims_at_once_have_one_winner()
    {
        var customer = await silo.NewCustomer();
        var operators = new List<TestOperator>();
        for (var i = 0; i < 5; i++)
            operators.Add(await silo.NewOperator());

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => operators[i % 5].Caller.Put($"{customer.Inbox}/handoff")));

        Assert.Equal((10, 40), (answers.Count(a => a.Status == 200), answers.Count(a => a.Status == 409)));
        Assert.Single((await customer.Conversation())["messages"].EnumerateArray(), Notice("claimed"));
    }

    [Fact]
    public async Task Reply_needs_the_conversation_to_be_claimed()
    {
        var (customer, ana) = (await silo.NewCustomer(), await silo.NewOperator());

        var refused = (await ana.Caller.Post($"{customer.Inbox}/messages", new { text = "Hello" })).ExpectProblem(409);

        Assert.Equal("urn:fte:problem:not-held", refused["type"].GetString());
    }

    [Fact]
    public async Task Reply_sent_again_is_one_message_and_is_seen_with_its_authors_name()
    {
        var (customer, ana) = (await silo.NewCustomer(), await silo.NewOperator());
        (await ana.Caller.Put($"{customer.Inbox}/handoff")).Expect(200);
        var key = Forms.Key();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ana.Caller.Post($"{customer.Inbox}/messages", new { text = "I have sent you a new link." }, key)));

        Assert.All(answers, answer => Assert.Equal((202, answers[0].Text), (answer.Status, answer.Text)));
        var reply = Assert.Single((await customer.Conversation())["messages"].EnumerateArray(), message => message.GetProperty("text").GetString() == "I have sent you a new link.");
        Assert.Equal(("operator", ana.Name), (reply.GetProperty("author").GetString(), reply.GetProperty("name").GetString()));
        Assert.Equal(answers[0]["message_id"].GetString(), reply.GetProperty("id").GetString());
        Assert.Equal(answers[0]["sequence"].GetInt64(), reply.GetProperty("sequence").GetInt64());
    }

    [Fact]
    public async Task Assistant_is_silent_while_an_operator_has_the_conversation_and_answers_after_the_hand_back()
    {
        var (customer, ana) = (await silo.NewCustomer(), await silo.NewOperator());
        (await ana.Caller.Put($"{customer.Inbox}/handoff")).Expect(200);
        (await customer.Caller.Post("/support/conversation/messages", new { text = "How do I make a backup of the data?" })).Expect(202);
        Assert.Equal("operator", (await customer.Settled())["state"].GetProperty("held_by").GetString());
        var silent = Assistants(await customer.Conversation());

        var back = (await ana.Caller.Delete($"{customer.Inbox}/handoff")).Expect(200);
        Assert.Equal("assistant", back["state"].GetProperty("held_by").GetString());
        (await customer.Caller.Post("/support/conversation/messages", new { text = "How do I make a backup of the data, please?" })).Expect(202);

        Assert.Equal(silent + 1, Assistants(await customer.Settled()));

        static int Assistants(Answer conversation) => conversation["messages"].EnumerateArray().Count(m => m.GetProperty("author").GetString() == "assistant");
    }

    [Fact]
    public async Task Resolving_settles_the_ticket_with_what_was_done()
    {
        var (customer, ana) = (await silo.NewCustomer(), await silo.NewOperator());
        (await ana.Caller.Put($"{customer.Inbox}/handoff")).Expect(200);

        var resolved = (await ana.Caller.Put($"{customer.Inbox}/resolution", new { notes = "Sent the instructions." })).Expect(200);

        Assert.Equal("assistant", resolved["state"].GetProperty("held_by").GetString());
        var ticket = (await customer.Caller.Get($"/support/ticket/{customer.TicketId}")).Expect(200)["ticket"];
        Assert.Equal("resolved", ticket.GetProperty("status").GetString());
        // The notes are the team's own.
        Assert.False(ticket.TryGetProperty("resolution_notes", out _));
        var tickets = (await ana.Caller.Get(customer.Inbox)).Expect(200)["tickets"];
        Assert.Equal("Sent the instructions.", tickets[0].GetProperty("resolution_notes").GetString());
        Assert.Single((await customer.Conversation())["messages"].EnumerateArray(), Notice("resolved"));
        Assert.Equal(["notes"], (await ana.Caller.Put($"{customer.Inbox}/resolution", new { notes = new string('x', 5_001) })).BadFields());
    }

    [Theory]
    [InlineData("GET", "", null)]
    [InlineData("GET", "/events", null)]
    [InlineData("PUT", "/handoff", null)]
    [InlineData("DELETE", "/handoff", null)]
    [InlineData("POST", "/messages", """{"text": "Hello"}""")]
    [InlineData("POST", "/notes", """{"text": "Hello"}""")]
    [InlineData("PUT", "/resolution", """{"notes": "Hello"}""")]
    public async Task Conversation_that_is_not_there_is_not_found(string method, string act, string? body)
    {
        var ana = await silo.NewOperator();

        foreach (var id in (string[])["0123456789abcdef0123456789abcdef", "1", "00000000-0000-0000-0000-000000000000", "%F0%9F%99%82"])
            (await ana.Caller.Send(new(method), $"/api/conversations/{id}{act}", body is null ? null : Caller.Json(body))).ExpectProblem(404);
    }

    [Fact]
    public async Task Those_who_need_a_person_are_listed_in_pages_most_urgent_and_longest_waiting_first()
    {
        var ana = await silo.NewOperator();
        var waiting = new List<TestCustomer>();
        for (var i = 0; i < 5; i++)
        {
            var customer = await silo.NewCustomer();
            (await customer.Caller.Put("/support/conversation/escalation")).Expect(200);
            waiting.Add(customer);
        }

        var content = await silo.NewCustomer();
        await content.Settled();

        var listed = await List(ana, "needs=person&limit=2");

        Assert.DoesNotContain(content.Id.ToString(), Ids(listed));
        Assert.Equal(Ids(listed).Distinct(), Ids(listed));
        // Others wait too; among equals the order is that of waiting.
        Assert.Equal(waiting.Select(c => c.Id.ToString()), Ids(listed).Where(id => waiting.Any(c => c.Id.ToString() == id)));
        Assert.Equal(listed.Select(Urgency).Order(), listed.Select(Urgency));
        var mine = listed.First(item => item.GetProperty("id").GetString() == waiting[0].Id.ToString());
        Assert.Equal("waiting", mine.GetProperty("state").GetProperty("held_by").GetString());
        Assert.Equal(waiting[0].Email, mine.GetProperty("customer").GetProperty("email").GetString());
        Assert.Equal("web", mine.GetProperty("last_message").GetProperty("channel").GetString());
        Assert.Equal("Backup of the data", mine.GetProperty("subject").GetString());
        Assert.True(mine.TryGetProperty("waiting_since", out _));
        Assert.True(mine.TryGetProperty("ack_due", out _));

        static int Urgency(JsonElement item) => item.GetProperty("state").TryGetProperty("escalation", out var escalation)
            ? Array.IndexOf(["urgent", "high", "normal", "low"], escalation.GetProperty("urgency").GetString())
            : 4;
    }

    [Fact]
    public async Task All_conversations_are_listed_in_pages_latest_first()
    {
        var (ana, customer) = (await silo.NewOperator(), await silo.NewCustomer());
        await customer.Settled();

        var listed = await List(ana, "needs=all&limit=7");

        Assert.Equal(Ids(listed).Distinct(), Ids(listed));
        Assert.Contains(customer.Id.ToString(), Ids(listed));
        var times = listed.Where(i => i.TryGetProperty("last_message", out _)).Select(i => i.GetProperty("last_message").GetProperty("at").GetDateTimeOffset()).ToList();
        Assert.Equal(times.OrderDescending(), times);
    }

    [Fact]
    public async Task Preview_of_a_long_message_is_160_characters_and_no_half_of_one()
    {
        var (ana, customer) = (await silo.NewOperator(), await silo.NewCustomer());
        (await ana.Caller.Put($"{customer.Inbox}/handoff")).Expect(200);
        (await customer.Caller.Post("/support/conversation/messages", new { text = $"{new string('x', 159)}🙂 and more" })).Expect(202);

        var mine = (await List(ana, "needs=all")).First(item => item.GetProperty("id").GetString() == customer.Id.ToString());

        Assert.Equal(new string('x', 159), mine.GetProperty("last_message").GetProperty("text").GetString());
    }

    [Fact]
    public async Task Customer_is_found_by_name_and_address_and_wildcards_stand_for_themselves()
    {
        var ana = await silo.NewOperator();
        var mark = Guid.NewGuid().ToString("N");
        var percent = await silo.NewCustomer(name: $"100% {mark}", email: $"a_b.{mark}@example.com");
        var plain = await silo.NewCustomer(name: $"1000 {mark}", email: $"axb.{mark}@example.com");

        Assert.Equal([plain.Id.ToString(), percent.Id.ToString()], await Found(mark));
        Assert.Equal([percent.Id.ToString()], await Found($"100% {mark}"));
        Assert.Equal([percent.Id.ToString()], await Found($"a_b.{mark}"));
        Assert.Equal([percent.Id.ToString()], await Found($"A_B.{mark.ToUpperInvariant()}@EXAMPLE.com"));
        Assert.Empty(await Found($"{mark[..8]}%{mark[^8..]}"));
        Assert.Empty(await Found($"\\{mark}"));

        async Task<string[]> Found(string query) =>
            [.. (await ana.Caller.Get($"/api/customers?query={Uri.EscapeDataString(query)}")).Expect(200)["customers"].EnumerateArray().Select(c => c.GetProperty("id").GetString()!)];
    }

    [Theory]
    [InlineData("")]
    [InlineData("?query=")]
    [InlineData("?query=%20%20")]
    public async Task Look_up_of_nothing_is_refused(string query) =>
        Assert.Equal(["query"], (await (await silo.NewOperator()).Caller.Get($"/api/customers{query}")).BadFields());

    [Fact]
    public async Task Customer_is_shown_with_addresses_and_without_what_opens_the_conversation()
    {
        var (ana, customer) = (await silo.NewOperator(), await silo.NewCustomer());

        var seen = (await ana.Caller.Get($"/api/customers/{customer.Id}")).Expect(200);

        var identifier = Assert.Single(seen["identifiers"].EnumerateArray());
        Assert.Equal(("email", customer.Email, false), (identifier.GetProperty("kind").GetString(), identifier.GetProperty("value").GetString(), identifier.GetProperty("proved").GetBoolean()));
        Assert.DoesNotContain(customer.Token, seen.Text, StringComparison.Ordinal);
        (await ana.Caller.Get("/api/customers/0123456789abcdef0123456789abcdef")).ExpectProblem(404);
        (await ana.Caller.Get("/api/customers/mira")).ExpectProblem(404);
    }

    [Fact]
    public async Task Report_tells_what_happened_on_a_day()
    {
        var ana = await silo.NewOperator();
        var customer = await silo.NewCustomer();
        (await customer.Caller.Put("/support/conversation/escalation")).Expect(200);
        var day = (await customer.Conversation())["messages"][0].GetProperty("at").GetDateTimeOffset().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        var report = (await ana.Caller.Get($"/api/reports/{day}")).Expect(200);

        Assert.Equal(day, report["day"].GetString());
        Assert.True(report["tickets_opened"].GetInt32() > 0);
        Assert.True(report["messages"].GetProperty("web").GetInt32() > 0);
        Assert.True(report["escalations"].GetProperty("person_requested").GetInt32() > 0);
    }

    private static Predicate<JsonElement> Notice(string notice) =>
        message => message.TryGetProperty("notice", out var found) && found.GetString() == notice;

    private static List<string> Ids(IEnumerable<JsonElement> items) => [.. items.Select(item => item.GetProperty("id").GetString()!)];

    private static async Task<List<JsonElement>> List(TestOperator by, string query)
    {
        var (items, cursor) = (new List<JsonElement>(), "");
        do
        {
            var page = (await by.Caller.Get($"/api/conversations?{query}{cursor}")).Expect(200);
            items.AddRange(page["conversations"].EnumerateArray());
            cursor = page.Json.TryGetProperty("cursor", out var next) ? $"&cursor={next.GetString()}" : "";
        }
        while (cursor.Length > 0);
        return items;
    }
}
