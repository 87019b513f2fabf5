using FteAgent.Api.Hosting;
using FteAgent.Tickets;

namespace FteAgent.Api.Support;

/// <summary>What a customer sends, and what they get back.</summary>
[Collection(SiloCollection.Name)]
public sealed class SubmitTests(SiloFixture fixture)
{
    private readonly RunningSilo silo = fixture.Silo;

    [Fact]
    public async Task Every_bad_field_is_named_in_one_problem()
    {
        var answer = await silo.Anyone.Post("/support/submit", Forms.Valid(message: "short", name: "M", email: "nowhere", subject: "Hi", category: "gossip", priority: "asap"));

        Assert.Equal(["category", "email", "message", "name", "priority", "subject"], answer.BadFields());
        Assert.Equal("urn:fte:problem:validation", answer["type"].GetString());
    }

    [Fact]
    public async Task Every_missing_field_is_named_in_one_problem() =>
        Assert.Equal(["category", "email", "message", "name", "priority", "subject"], (await silo.Anyone.Post("/support/submit", new { })).BadFields());

    [Theory]
    [InlineData("name", 200)]
    [InlineData("subject", 200)]
    [InlineData("message", 5_000)]
    public async Task Field_may_be_as_long_as_its_limit_and_no_longer(string field, int limit)
    {
        var form = Forms.Valid();
        form[field] = new string('x', limit);
        (await silo.Anyone.Post("/support/submit", form)).Expect(201);

        form[field] = new string('x', limit + 1);
        Assert.Equal([field], (await silo.Anyone.Post("/support/submit", form)).BadFields());
    }

    [Theory]
    [InlineData("mira")]
    [InlineData("mira@localhost")]
    [InlineData("mira @example.com")]
    [InlineData("Mira <mira@example.com>")]
    [InlineData("mira@example.com\nBcc: all@example.com")]
    [InlineData("mira@example.com\0")]
    [InlineData("@example.com")]
    public async Task What_is_no_email_address_is_refused(string email) =>
        Assert.Equal(["email"], (await silo.Anyone.Post("/support/submit", Forms.Valid(email: email))).BadFields());

    [Fact]
    public async Task Submitted_form_gives_a_ticket_a_token_and_a_time()
    {
        var answer = await silo.Anyone.Post("/support/submit", Forms.Valid(), Forms.Key());

        answer.Expect(201);
        var ticket = answer["ticket_id"].GetString()!;
        Assert.True(TicketId.TryParse(ticket, null, out _));
        Assert.Equal("within 5 minutes", answer["estimated_response_time"].GetString());
        Assert.Equal($"/ticket/?id={ticket}", answer["status_url"].GetString());
        Assert.Equal($"/ticket/?id={ticket}", answer.Headers["Location"]);
        Assert.NotEqual("", answer["message"].GetString());
        Assert.True(ConversationTokens.MayBe(answer["conversation_token"].GetString()!));
    }

    [Fact]
    public async Task Ticket_is_read_with_its_token()
    {
        var customer = await silo.NewCustomer("Where are the sources of an answer shown?");

        var answer = (await customer.Caller.Get($"/support/ticket/{customer.TicketId}")).Expect(200);

        var ticket = answer["ticket"];
        Assert.Equal(customer.TicketId, ticket.GetProperty("id").GetString());
        Assert.Equal("Backup of the data", ticket.GetProperty("subject").GetString());
        Assert.Equal("technical", ticket.GetProperty("category").GetString());
        Assert.Equal("medium", ticket.GetProperty("priority").GetString());
        Assert.Equal("Where are the sources of an answer shown?", answer["messages"][0].GetProperty("text").GetString());
        Assert.Equal("customer", answer["messages"][0].GetProperty("author").GetString());
    }

    [Fact]
    public async Task Ticket_without_its_token_looks_like_no_ticket()
    {
        var (mine, anothers) = (await silo.NewCustomer(), await silo.NewCustomer());

        var none = await silo.Anyone.Get($"/support/ticket/{mine.TicketId}");
        var wrong = await silo.With("nonsense").Get($"/support/ticket/{mine.TicketId}");
        var another = await anothers.Caller.Get($"/support/ticket/{mine.TicketId}");
        var unknown = await mine.Caller.Get("/support/ticket/01ARZ3NDEKTSV4RRFFQ69G5FAV");

        foreach (var answer in (Answer[])[none, wrong, another, unknown])
        {
            answer.ExpectProblem(404);
            Assert.Equal(unknown["detail"].GetString(), answer["detail"].GetString());
        }
    }

    [Theory]
    [InlineData("1")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FA!")]
    [InlineData("8ZZZZZZZZZZZZZZZZZZZZZZZZZ")]
    [InlineData("%27%20or%201%3D1--")]
    [InlineData("%F0%9F%92%A9")]
    public async Task Malformed_ticket_id_is_no_ticket(string id)
    {
        var customer = await silo.NewCustomer();

        (await customer.Caller.Get($"/support/ticket/{id}")).ExpectProblem(404);
    }

    [Fact]
    public async Task Form_with_the_token_continues_the_conversation_under_a_ticket_of_its_own()
    {
        var customer = await silo.NewCustomer();

        var second = (await customer.Caller.Post("/support/submit", Forms.Valid(subject: "Another matter"))).Expect(201);

        Assert.Equal(customer.Token, second["conversation_token"].GetString());
        Assert.NotEqual(customer.TicketId, second["ticket_id"].GetString());
        var tickets = (await customer.Conversation())["tickets"].EnumerateArray().Select(t => t.GetProperty("subject").GetString());
        Assert.Equal(["Another matter", "Backup of the data"], tickets.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Chat_starts_without_a_form_and_is_answered()
    {
        var opened = (await silo.Anyone.Post("/support/conversation", new { text = "How do I make a backup of the data?" }, Forms.Key())).Expect(201);
        var customer = await silo.Known(opened);

        var conversation = await customer.Settled();

        var messages = conversation["messages"].EnumerateArray().ToList();
        Assert.Equal("customer", messages[0].GetProperty("author").GetString());
        Assert.Contains(messages, message => message.GetProperty("author").GetString() == "assistant");
    }

    [Fact]
    public async Task Empty_message_is_taken_and_answered()
    {
        var customer = await silo.NewCustomer();
        var before = (await customer.Settled())["messages"].GetArrayLength();

        (await customer.Caller.Post("/support/conversation/messages", new { text = "" }, Forms.Key())).Expect(202);

        var after = (await customer.Settled())["messages"].EnumerateArray().ToList();
        Assert.Equal(before + 2, after.Count);
        Assert.Equal("assistant", after[^1].GetProperty("author").GetString());
    }

    [Theory]
    [InlineData("POST", "/support/submit")]
    [InlineData("POST", "/support/conversation")]
    [InlineData("POST", "/support/conversation/messages")]
    [InlineData("PUT", "/support/conversation/escalation")]
    [InlineData("GET", "/support/conversation")]
    [InlineData("GET", "/support/conversation/events")]
    public async Task Wrong_token_opens_nothing(string method, string path)
    {
        var body = method == "GET" ? null : Caller.Json(path == "/support/submit" ? Forms.Valid() : new { text = "Hello there" });

        (await silo.With("a-token-that-we-did-not-give").Send(new(method), path, body)).ExpectProblem(401);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Saying_that_a_person_is_wanted_and_asking_for_one_escalates_once(bool answeredBetween)
    {
        var customer = await silo.NewCustomer();
        await customer.Settled();

        (await customer.Caller.Post("/support/conversation/messages", new { text = "I'd like to talk to a person, please." }, Forms.Key())).Expect(202);
        if (answeredBetween)
            await customer.Settled();
        var asked = (await customer.Caller.Put("/support/conversation/escalation", new { }, Forms.Key())).Expect(200);
        Assert.Equal("waiting", asked["state"].GetProperty("held_by").GetString());
        (await customer.Caller.Put("/support/conversation/escalation", null, Forms.Key())).Expect(200);

        var messages = (await customer.Settled())["messages"].EnumerateArray().ToList();
        Assert.Single(messages, message => message.TryGetProperty("notice", out var notice) && notice.GetString() == "escalated");
        var seen = (await (await silo.NewOperator()).Caller.Get(customer.Inbox)).Expect(200);
        Assert.Single(seen["escalations"].EnumerateArray());
    }

    [Fact]
    public async Task Words_sent_with_the_wish_for_a_person_are_kept_once()
    {
        var customer = await silo.NewCustomer();
        var key = Forms.Key();

        for (var i = 0; i < 3; i++)
            (await customer.Caller.Put("/support/conversation/escalation", new { reason = "The export stops at 40 %." }, key)).Expect(200);

        var messages = (await customer.Settled())["messages"].EnumerateArray();
        Assert.Single(messages, message => message.GetProperty("text").GetString() == "The export stops at 40 %.");
    }
}
