using System.Text.Json;
using FteAgent.Api.Hosting;
using FteAgent.Customers;

namespace FteAgent.Api.Support;

/// <summary>A customer shows that another address is theirs, and sees one conversation from then on.</summary>
public sealed class IdentifierTests : LinkingTests
{
    [Fact]
    public async Task Code_from_the_mail_makes_the_address_the_customers_own()
    {
        var (customer, address) = (await Silo.NewCustomer(), NewAddress());

        var asked = (await customer.Caller.Post(Ask, new { kind = "email", value = address.ToUpperInvariant() })).Expect(202);
        var proved = (await customer.Caller.Post(Verify, new { code = await Mailbox.Code(address) })).Expect(200);

        Assert.Equal((true, 900), (asked["sent"].GetBoolean(), asked["valid_for_seconds"].GetInt32()));
        Assert.Equal("proved", proved["outcome"].GetString());
        Assert.Equal(customer.Id, await Owner(address));
        (await GoingOn(customer, proved).Caller.Get("/support/conversation")).Expect(200);
    }

    [Fact]
    public async Task Whether_anybody_is_known_by_an_address_is_not_told()
    {
        var (customer, known) = (await Silo.NewCustomer(), NewAddress());
        await Mailer(known, Secret);

        var (ofKnown, ofUnknown) = (await customer.Caller.Post(Ask, new { kind = "email", value = known }), await customer.Caller.Post(Ask, new { kind = "email", value = NewAddress() }));

        Assert.Equal((ofUnknown.Status, ofUnknown.Text), (ofKnown.Status, ofKnown.Text));
        Assert.DoesNotContain("4711-0815", (await customer.Settled()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proof_of_an_address_that_has_a_conversation_opens_that_one_with_what_was_said_here_before_it()
    {
        var (customer, address) = (await Silo.NewCustomer(Own), NewAddress());
        await customer.Settled();
        var mail = await Mailer(address, Secret);

        var verified = await Prove(customer, address);
        Assert.Equal("merged", verified["outcome"].GetString());
        customer = GoingOn(customer, verified);
        (await customer.Caller.Post(Messages, new { text = "Now I write from the web." })).Expect(202);

        var own = await customer.Settled();
        Assert.Equal([(Secret, "email"), ("Now I write from the web.", "web")], Customers(own["messages"]));
        Assert.Equal([(Own, "web")], Customers(own["earlier"]));
        Assert.Contains(customer.TicketId, own["tickets"].EnumerateArray().Select(ticket => ticket.GetProperty("id").GetString()));
        Assert.Equal(2, own["tickets"].GetArrayLength());
        var ticket = (await customer.Caller.Get($"/support/ticket/{customer.TicketId}")).Expect(200);
        Assert.Contains("How do I make a backup", ticket["messages"].GetRawText(), StringComparison.Ordinal);
        Assert.Contains((await Store.Load(mail, default)).Recent, message => message.Text == "Now I write from the web.");
    }

    [Fact]
    public async Task Operators_see_what_was_said_in_every_conversation_that_turned_out_to_be_the_same_persons()
    {
        var (customer, address) = (await Silo.NewCustomer(Own), NewAddress());
        await customer.Settled();
        var mail = await Mailer(address, Secret);
        var caller = (await Silo.NewOperator()).Caller;
        Assert.DoesNotContain("backup", (await caller.Get($"/api/conversations/{mail}")).Expect(200).Text, StringComparison.Ordinal);
        (await caller.Post($"{customer.Inbox}/notes", new { text = "Seems to know us." })).Expect(202);

        await Prove(customer, address);

        var seen = (await caller.Get($"/api/conversations/{mail}")).Expect(200);
        Assert.Equal([(Secret, "email")], Customers(seen["messages"]));
        Assert.Equal([(Own, "web")], Customers(seen["earlier"]));
        Assert.Contains(seen["earlier"].EnumerateArray(), message => message.GetProperty("text").GetString() == "Seems to know us.");
        Assert.Contains(customer.TicketId, seen["tickets"].EnumerateArray().Select(ticket => ticket.GetProperty("id").GetString()));
        Assert.Equal(2, seen["tickets"].GetArrayLength());
    }

    [Fact]
    public async Task Operators_who_follow_a_conversation_are_told_to_look_at_what_was_merged_into_it_again()
    {
        var (customer, address) = (await Silo.NewCustomer(Own), NewAddress());
        await customer.Settled();
        var (mail, caller) = (await Mailer(address, Secret), (await Silo.NewOperator()).Caller);
        await Prove(customer, address);
        using var stream = await EventReader.Open(caller, $"/api/conversations/{mail}/events");
        await stream.Next("state");

        (await caller.Post($"{customer.Inbox}/notes", new { text = "Called them back." })).Expect(202);
        (await caller.Post($"/api/conversations/{mail}/notes", new { text = "See the note before." })).Expect(202);

        await stream.Next("earlier");
        var earlier = (await caller.Get($"/api/conversations/{mail}")).Expect(200)["earlier"];
        Assert.Contains(earlier.EnumerateArray(), message => message.GetProperty("text").GetString() == "Called them back.");
    }

    [Fact]
    public async Task Wrong_code_opens_nothing_and_five_of_them_use_up_the_right_one()
    {
        var (customer, address) = (await Silo.NewCustomer(), NewAddress());
        await Mailer(address, Secret);
        var right = await Code(customer.Caller, address);
        var wrong = right == "000000" ? "000001" : "000000";

        for (var i = 0; i < 5; i++)
            Assert.Equal("wrong", (await customer.Caller.Post(Verify, new { code = wrong })).Expect(200)["outcome"].GetString());

        Assert.Equal("wrong", (await customer.Caller.Post(Verify, new { code = right })).Expect(200)["outcome"].GetString());
        Assert.DoesNotContain("4711-0815", (await customer.Conversation()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fourth_code_within_an_hour_is_refused()
    {
        var customer = await Silo.NewCustomer();
        for (var i = 0; i < 3; i++)
            (await customer.Caller.Post(Ask, new { kind = "email", value = NewAddress() })).Expect(202);

        var refused = (await customer.Caller.Post(Ask, new { kind = "email", value = NewAddress() })).ExpectProblem(429);

        Assert.Equal("3600", refused.Headers["Retry-After"]);
    }

    [Theory]
    [InlineData("""{}""", "kind")]
    [InlineData("""{"kind": "fax", "value": "1"}""", "kind")]
    [InlineData("""{"kind": "email"}""", "value")]
    [InlineData("""{"kind": "email", "value": "mira"}""", "value")]
    [InlineData("""{"kind": "email", "value": "a@b.c\r\nBcc: d@e.f"}""", "value")]
    [InlineData("""{"kind": "phone", "value": "0301234567"}""", "value")]
    [InlineData("""{"kind": "phone", "value": "+49 30 call me"}""", "value")]
    [InlineData("""{"kind": "phone", "value": "+1234567890123456"}""", "value")]
    [InlineData("""{"kind": "phone", "value": "+49 30 1234567"}""", "kind")]   // Nothing goes to phones here.
    public async Task Bad_address_is_told_by_its_field(string body, string field) =>
        Assert.Equal([field], (await (await Silo.NewCustomer()).Caller.Post(Ask, body)).BadFields());

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"code": "12345"}""")]
    [InlineData("""{"code": "1234567"}""")]
    [InlineData("""{"code": "12345a"}""")]
    [InlineData("""{"code": "١٢٣٤٥٦"}""")]
    public async Task Bad_code_is_told_by_its_field(string body) =>
        Assert.Equal(["code"], (await (await Silo.NewCustomer()).Caller.Post(Verify, body)).BadFields());

    [Fact]
    public async Task Nobody_links_an_address_without_a_token()
    {
        (await Silo.Anyone.Post(Ask, new { kind = "email", value = NewAddress() })).ExpectProblem(401);
        (await Silo.Anyone.Post(Verify, new { code = "123456" })).ExpectProblem(401);
    }

    [Fact]
    public async Task Code_typed_as_a_message_is_taken_for_what_it_is_while_one_waits()
    {
        var (customer, address) = (await Silo.NewCustomer(), NewAddress());
        await customer.Settled();
        var (code, key) = (await Code(customer.Caller, address), Forms.Key());

        for (var i = 0; i < 3; i++)
            (await customer.Caller.Post(Messages, new { text = $" {code} " }, key)).Expect(202);

        Assert.Equal(customer.Id, await Owner(address));
        var own = await customer.Settled();
        Assert.DoesNotContain(code, own.Text, StringComparison.Ordinal);
        Assert.Single(own["messages"].EnumerateArray(), message => message.GetProperty("text").GetString()!.Contains("that's the right code", StringComparison.Ordinal));
        // None waits any more: now it is a message like any other.
        (await customer.Caller.Post(Messages, new { text = code })).Expect(202);
        Assert.Contains(code, (await customer.Settled()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_typed_as_a_message_is_answered_with_the_token_that_follows_it()
    {
        var (customer, address) = (await Silo.NewCustomer(), NewAddress());
        await customer.Settled();
        await Mailer(address, Secret);

        var going = await Proved(customer, address, typed: true);

        Assert.Contains("4711-0815", (await going.Settled()).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("4711-0815", (await customer.Conversation()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_says_that_the_conversation_has_moved_and_goes_on_with_the_other_one()
    {
        var (customer, address) = (await Silo.NewCustomer(), NewAddress());
        await customer.Settled();
        await Mailer(address, Secret);
        using (var before = await EventReader.Open(customer.Caller, "/support/conversation/events"))
        {
            await before.Next("state");
            customer = await Proved(customer, address);
            await before.Next("moved");
        }

        var last = (await customer.Conversation())["follow_after"].GetString()!;
        using (var stale = await EventReader.Open(customer.Caller, "/support/conversation/events", ("Last-Event-ID", "1.0a1b2c3d")))
            Assert.Equal("moved", (await stale.Next(_ => true)).Name);
        using var after = await EventReader.Open(customer.Caller, "/support/conversation/events", ("Last-Event-ID", last));
        (await customer.Caller.Post(Messages, new { text = "Still following?" })).Expect(202);
        await after.Next(e => e.IsText("Still following?"));
        Assert.DoesNotContain(after.Read, e => e.IsText(Secret));
    }

    [Fact]
    public async Task Undone_merge_closes_to_each_what_the_other_wrote()
    {
        var (customer, address, ana) = (await Silo.NewCustomer(), NewAddress(), await Silo.NewOperator());
        await customer.Settled();
        customer = await Proved(customer, NewAddress());
        var mail = await Mailer(address, Secret);
        var merged = await Merge(ana, customer.Id, mail);
        Assert.Contains("4711-0815", (await customer.Conversation()).Text, StringComparison.Ordinal);
        using var stream = await EventReader.Open(customer.Caller, "/support/conversation/events");
        await stream.Next(e => e.IsText(Secret));

        (await ana.Caller.Delete($"/api/customers/{customer.Id}/merges/{merged["merge"].GetString()}")).Expect(204);

        await stream.Next("moved");
        Assert.DoesNotContain("4711-0815", (await customer.Conversation()).Text, StringComparison.Ordinal);
        (await ana.Caller.Delete($"/api/customers/{customer.Id}/merges/{merged["merge"].GetString()}")).ExpectProblem(404);
        var known = Assert.Single((await ana.Caller.Get($"/api/customers/{mail}/merges")).Expect(200)["merges"].EnumerateArray());
        Assert.Equal((ana.Name, ana.Name), (known.GetProperty("by").GetString(), known.GetProperty("undone_by").GetString()));
    }

    [Fact]
    public async Task Operators_hear_why_two_customers_cannot_be_joined()
    {
        var (one, other, ana) = (await Silo.NewCustomer(), await Silo.NewCustomer(), await Silo.NewOperator());
        foreach (var customer in (TestCustomer[])[one, other])
            (await customer.Caller.Put("/support/conversation/escalation")).Expect(200);

        var refused = (await ana.Caller.Post($"/api/customers/{one.Id}/merge", new { into = $"{other.Id}", reason = "Same person" })).ExpectProblem(409);

        Assert.Equal("urn:fte:problem:both-with-people", refused["type"].GetString());
        Assert.Equal(["into", "reason"], (await ana.Caller.Post($"/api/customers/{one.Id}/merge", new { into = "mira", reason = "" })).BadFields());
        (await ana.Caller.Post($"/api/customers/{Guid.NewGuid():N}/merge", new { into = $"{other.Id}", reason = "Same person" })).ExpectProblem(404);
        (await one.Caller.Post($"/api/customers/{one.Id}/merge", new { into = $"{other.Id}", reason = "Same person" })).ExpectProblem(401);
        (await ana.Caller.Delete($"/api/customers/{one.Id}/merges/{Guid.NewGuid()}")).ExpectProblem(404);
        (await ana.Caller.Get($"/api/customers/{Guid.NewGuid():N}/merges")).ExpectProblem(404);
    }

    [Fact]
    public async Task Operators_see_a_persons_history_over_all_channels()
    {
        var (customer, address, ana) = (await Silo.NewCustomer(), NewAddress(), await Silo.NewOperator());
        await customer.Settled();
        var mail = await Mailer(address, Secret);
        customer = await Proved(customer, address);

        var history = (await ana.Caller.Get($"/api/customers/{mail}/history")).Expect(200)["messages"].EnumerateArray().ToList();

        Assert.Equal(["web", "email"], history.Where(m => m.GetProperty("message").GetProperty("author").GetString() == "customer").Select(m => m.GetProperty("message").GetProperty("channel").GetString()));
        Assert.True(history.First(m => m.GetProperty("message").GetProperty("text").GetString() == Secret).GetProperty("switched").GetBoolean());
        (await ana.Caller.Get($"/api/customers/{Guid.NewGuid():N}/history")).ExpectProblem(404);
        Assert.Equal(["limit"], (await ana.Caller.Get($"/api/customers/{mail}/history?limit=0")).BadFields());
        (await customer.Caller.Get($"/api/customers/{mail}/history")).ExpectProblem(401);
    }

    [Fact]
    public async Task Token_of_an_erased_customer_opens_nothing_and_begins_nothing()
    {
        var customer = await Silo.NewCustomer(Secret);
        await customer.Settled();

        await Silo.Service<IPersonalData>().Erase(customer.Id, "Ana", default);

        (await customer.Caller.Get("/support/conversation")).ExpectProblem(401);
        (await customer.Caller.Get("/support/conversation/events")).ExpectProblem(401);
        (await customer.Caller.Post(Messages, new { text = "Hello?" })).ExpectProblem(401);
        (await customer.Caller.Post("/support/submit", Forms.Valid())).ExpectProblem(401);
        (await customer.Caller.Get($"/support/ticket/{customer.TicketId}")).ExpectProblem(404);
        (await customer.Caller.Post(Ask, new { kind = "email", value = NewAddress() })).ExpectProblem(401);
    }

    private static IEnumerable<(string?, string?)> Customers(JsonElement messages) => messages.EnumerateArray()
        .Where(message => message.GetProperty("author").GetString() == "customer")
        .Select(message => (message.GetProperty("text").GetString(), message.GetProperty("channel").GetString()));
}
