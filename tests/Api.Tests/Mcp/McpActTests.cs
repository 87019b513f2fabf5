using System.Text.Json;
using FteAgent.Api.Hosting;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Tickets;

namespace FteAgent.Api.Mcp;

/// <summary>What programs do for an operator.</summary>
[Collection(McpCollection.Name)]
public sealed class McpActTests(McpSilo fixture)
{
    private readonly RunningSilo silo = fixture.Silo;

    [Fact]
    public async Task A_ticket_is_opened_once_and_bears_its_operators_name()
    {
        var (ana, mira) = (await silo.NewOperator(), await silo.NewCustomer());
        await mira.Settled();
        var program = McpSilo.Program(ana, mira);
        var arguments = new { subject = "Invoice of March is missing", category = "billing", priority = "high", request_id = Guid.NewGuid().ToString() };

        var opened = await program.Call("create_ticket", arguments);
        var again = await program.Call("create_ticket", arguments);

        var id = opened.GetProperty("ticket_id").GetString();
        Assert.Equal(id, again.GetProperty("ticket_id").GetString());
        var tickets = await Store.Tickets(mira.Id, default);
        var ticket = Assert.Single(tickets, ticket => ticket.Id.Value == id);
        Assert.Equal((2, "Invoice of March is missing", TicketCategory.Billing, TicketPriority.High, TicketStatus.Open), (tickets.Length, ticket.Subject, ticket.Category, ticket.Priority, ticket.Status));
        var note = Assert.Single((await Store.Load(mira.Id, default)).Recent, message => message.Kind is MessageKind.Note);
        Assert.Equal(ana.Name, note.Author.Operator!.Name);
        // The customer hears nothing of it.
        Assert.DoesNotContain((await mira.Conversation())["messages"].EnumerateArray(), message => message.GetProperty("text").GetString()!.Contains("Invoice"));
        var refused = await program.Refused("create_ticket", arguments with { subject = "Another matter" });
        Assert.Contains("request_id was used before", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_request_id_each_call_is_an_act_of_its_own()
    {
        var (ana, mira) = (await silo.NewOperator(), await silo.NewCustomer());
        var program = McpSilo.Program(ana, mira);
        var arguments = new { subject = "A matter", category = "general", priority = "low", request_id = (string?)null };

        var ids = new[] { await program.Call("create_ticket", arguments), await program.Call("create_ticket", arguments) }.Select(opened => opened.GetProperty("ticket_id").GetString());

        Assert.Equal(2, ids.Distinct().Count());
    }

    [Fact]
    public async Task A_person_is_called_once_and_reads_who_called_and_why()
    {
        var (ana, mira) = (await silo.NewOperator(), await silo.NewCustomer());
        await mira.Settled();
        var program = McpSilo.Program(ana, mira);
        var arguments = new { reason = "billing_dispute", urgency = "high", note = "The bank says that it paid twice.", request_id = Guid.NewGuid().ToString() };

        var called = await program.Call("escalate_to_human", arguments);
        await program.Call("escalate_to_human", arguments);

        Assert.Equal("waiting", called.GetProperty("state").GetProperty("held_by").GetString());
        var conversation = await Store.Load(mira.Id, default);
        Assert.Equal((Answering.EscalationReason.BillingDispute, "A2.operator", Answering.Urgency.High), (conversation.Escalation!.Reason, conversation.Escalation.Rule, conversation.Escalation.Urgency));
        var note = Assert.Single(conversation.Recent, message => message.Kind is MessageKind.Note);
        Assert.Equal($"{ana.Name} called a person (billing_dispute, high).\nThe bank says that it paid twice.", note.Text);
        var seen = await mira.Conversation();
        Assert.Equal("waiting", seen["state"].GetProperty("held_by").GetString());
        Assert.Single(seen["messages"].EnumerateArray(), message => message.GetProperty("text").GetString()!.Contains("passed this to a colleague"));
        Assert.DoesNotContain("bank", seen.Text, StringComparison.Ordinal);
        foreach (var other in (object[])[arguments with { note = "Another note." }, arguments with { urgency = "urgent" }])
            Assert.Contains("request_id was used before", await program.Refused("escalate_to_human", other), StringComparison.Ordinal);
        Assert.Equal(conversation.Version, (await Store.Load(mira.Id, default)).Version);
    }

    [Fact]
    public async Task An_answer_with_its_quotes_is_sent_in_the_operators_name_and_claims_the_conversation()
    {
        var (ana, mira) = (await silo.NewOperator(), await silo.NewCustomer());
        await mira.Settled();
        var program = McpSilo.Program(ana, mira);

        var sent = await program.Send(McpSilo.Answer, await program.Quotes());

        Assert.Equal("operator", sent.GetProperty("state").GetProperty("held_by").GetString());
        Assert.Equal("web", sent.GetProperty("channel").GetString());
        var seen = (await mira.Conversation())["messages"].EnumerateArray().Single(message => message.GetProperty("id").GetString() == sent.GetProperty("message_id").GetString());
        Assert.Equal((McpSilo.Answer, ana.Name, "operator"), (seen.GetProperty("text").GetString(), seen.GetProperty("name").GetString(), seen.GetProperty("author").GetString()));
        Assert.Equal(McpSilo.Quote, Assert.Single(seen.GetProperty("citations").EnumerateArray()).GetProperty("quote").GetString());
        // Whoever has it goes on answering.
        await program.Send("Thank you for your patience!", []);
    }

    [Fact]
    public async Task An_answer_sent_again_under_its_request_id_is_sent_once()
    {
        var (ana, mira) = (await silo.NewOperator(), await silo.NewCustomer());
        var program = McpSilo.Program(ana, mira);
        var (id, quotes) = (Guid.NewGuid().ToString(), await program.Quotes());

        var first = await program.Send(McpSilo.Answer, quotes, id);
        var again = await program.Send(McpSilo.Answer, quotes, id);

        Assert.Equal(first.GetProperty("message_id").GetString(), again.GetProperty("message_id").GetString());
        Assert.Single((await Store.Load(mira.Id, default)).Recent, message => message.Text == McpSilo.Answer);
        Assert.Contains("request_id was used before", await program.Refused("send_response", new { message = "Hello!", request_id = id }), StringComparison.Ordinal);
        // It is one operator's, for one customer and one tool: under another's it is new.
        var (ben, other) = (await silo.NewOperator("Ben"), await silo.NewCustomer());
        Assert.NotEqual(first.GetProperty("message_id").GetString(), (await McpSilo.Program(ben, other).Send(McpSilo.Answer, quotes, id)).GetProperty("message_id").GetString());
    }

    [Fact]
    public async Task A_conversation_is_never_taken_from_another_operator()
    {
        var (ana, ben, mira) = (await silo.NewOperator(), await silo.NewOperator("Ben"), await silo.NewCustomer());
        (await ben.Caller.Put($"{mira.Inbox}/handoff")).Expect(200);
        var program = McpSilo.Program(ana, mira);

        var refused = await program.Refused("send_response", new { message = McpSilo.Answer, quotes = await program.Quotes() });

        Assert.StartsWith($"{ben.Name} has this conversation", refused, StringComparison.Ordinal);
        var conversation = await Store.Load(mira.Id, default);
        Assert.Equal(ben.Name, conversation.Handoff!.By.Name);
        Assert.DoesNotContain(conversation.Recent, message => message.Text == McpSilo.Answer);
        // What only adds is open to every operator, as notes are in the console.
        await program.Call("create_ticket", new { subject = "A matter", category = "general", priority = "low" });
        Assert.Equal("operator", (await program.Call("escalate_to_human", new { reason = "person_requested", urgency = "normal" })).GetProperty("state").GetProperty("held_by").GetString());
    }

    [Theory]
    [InlineData("We will refund your last payment today.", "A4.draft-refund")]
    [InlineData("The business plan costs $12 a month.", "A4.draft-price")]
    [InlineData("You can restore deleted boards within thirty days from the archive page.", "A3.draft-uncited")]
    [InlineData("Please write to dora@example.net, she had the same problem.", "A4.draft-other-customer")]
    public async Task What_a_machine_may_not_say_is_not_sent_and_claims_nothing(string message, string rule)
    {
        var (ana, mira) = (await silo.NewOperator(), await silo.NewCustomer());
        await mira.Settled();
        var program = McpSilo.Program(ana, mira);

        var refused = await program.Refused("send_response", new { message });
        var withQuotes = await program.Refused("send_response", new { message, quotes = await program.Quotes() });

        Assert.Contains($"break rule {rule}", refused, StringComparison.Ordinal);
        Assert.StartsWith("Nothing was done", withQuotes, StringComparison.Ordinal);
        Assert.Equal("assistant", (await mira.Conversation())["state"].GetProperty("held_by").GetString());
    }

    [Theory]
    [InlineData("Your refund is approved", "A4.draft-refund")]
    [InlineData("Offer: $12 a month", "A4.draft-price")]
    public async Task A_ticket_is_called_nothing_that_a_machine_may_not_say(string subject, string rule)
    {
        var (ana, mira) = (await silo.NewOperator(), await silo.NewCustomer());
        await mira.Settled();

        var refused = await McpSilo.Program(ana, mira).Refused("create_ticket", new { subject, category = "billing", priority = "low" });

        Assert.Contains($"break rule {rule}", refused, StringComparison.Ordinal);
        Assert.Single(await Store.Tickets(mira.Id, default));
    }

    [Fact]
    public async Task A_quote_that_does_not_stand_where_it_is_said_to_is_not_sent()
    {
        var program = McpSilo.Program(await silo.NewOperator(), await silo.NewCustomer());
        var chunk = JsonSerializer.SerializeToElement((await program.Quotes())[0]).GetProperty("chunk_id").GetString();

        var invented = await program.Refused("send_response", new { message = McpSilo.Answer, quotes = new[] { new { chunk_id = chunk, quote = "Backups are made every hour" } } });
        var elsewhere = await program.Refused("send_response", new { message = McpSilo.Answer, quotes = new[] { new { chunk_id = "guides/backup.md#9", quote = McpSilo.Quote } } });
        var bare = await program.Refused("send_response", new { message = McpSilo.Answer, quotes = new[] { new { chunk_id = chunk, quote = "backup" } } });

        Assert.Contains("is not in chunk", invented, StringComparison.Ordinal);
        Assert.Contains("There is no chunk", elsewhere, StringComparison.Ordinal);
        Assert.Contains("3 to 40 words", bare, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_customer_who_was_merged_is_told_with_the_one_that_goes_on()
    {
        var (ana, mira, other) = (await silo.NewOperator(), await silo.NewCustomer(), await silo.NewCustomer());
        await mira.Settled();
        await other.Settled();
        (await ana.Caller.Post($"/api/customers/{mira.Id}/merge", new { into = other.Id.ToString(), reason = "Same person, she said so" })).Expect(200);
        var program = McpSilo.Program(ana, mira);

        var refused = await program.Refused("send_response", new { message = "Thank you for your patience!" });
        var opened = await program.Call("create_ticket", new { subject = "Goes on there", category = "general", priority = "low" });

        Assert.Contains($"Fte-Customer: {other.Id}", refused, StringComparison.Ordinal);
        Assert.Contains(await Store.Tickets(other.Id, default), ticket => ticket.Id.Value == opened.GetProperty("ticket_id").GetString());
    }

    [Fact]
    public async Task Nobody_is_answered_who_has_said_nothing()
    {
        var ana = await silo.NewOperator();
        var silent = await silo.Service<ICustomerDirectory>().Resolve(new(IdentifierKind.WebSession, $"test:{Guid.NewGuid():N}", true), new("Silent"), default);
        var program = new McpProgram(ana.Caller, silent.ToString());

        Assert.StartsWith("Nothing has been said", await program.Refused("send_response", new { message = "Hello!" }), StringComparison.Ordinal);
        await program.Call("create_ticket", new { subject = "Called by phone", category = "general", priority = "low" });
    }

    [Theory]
    [InlineData("create_ticket", """{"subject":"x","category":"refunds","priority":"low"}""", "category must be one of general, technical, billing, feedback, bug_report.")]
    [InlineData("create_ticket", """{"subject":"x","category":"general","priority":"low","customer_id":"0123456789abcdef0123456789abcdef"}""", "arguments may only be subject, category, priority, request_id.")]
    [InlineData("create_ticket", """{"subject":"x","category":"general","priority":"low","request_id":"short"}""", "request_id must have 16 to 128 visible ASCII characters; use a random UUID.")]
    [InlineData("create_ticket", """{"category":"general","priority":"LOW"}""", "subject is missing. priority must be one of low, medium, high.")]
    [InlineData("escalate_to_human", """{"reason":"service_unavailable","urgency":"normal"}""", "reason must be one of person_requested,")]
    [InlineData("escalate_to_human", """{"reason":"legal","urgency":7}""", "urgency must be one of low, normal, high, urgent.")]
    [InlineData("send_response", """{}""", "message is missing.")]
    [InlineData("send_response", """{"message":"x","quotes":"none"}""", "quotes must be a list of at most 24 quotes.")]
    [InlineData("send_response", """{"message":"x","quotes":[7]}""", "quotes[0] must be an object of chunk_id and quote, and of nothing else.")]
    [InlineData("send_response", """{"message":"x","quotes":[{"chunk_id":"a","quote":"b","customer":"c"}]}""", "quotes[0] must be an object of chunk_id and quote, and of nothing else.")]
    [InlineData("send_response", """{"message":"x","quotes":[{"chunk_id":"a"}]}""", "quotes[0].quote is missing.")]
    [InlineData("send_response", """{"message":"x","quotes":[{"chunk_id":"a","quote":["b"]}]}""", "quotes[0].quote must be a text.")]
    public async Task Wrong_arguments_do_nothing_and_are_told_in_sentences(string tool, string arguments, string sentence)
    {
        var mira = await silo.NewCustomer();
        await mira.Settled();
        var program = McpSilo.Program(await silo.NewOperator(), mira);
        var version = (await Store.Load(mira.Id, default)).Version;

        Assert.StartsWith(sentence, await program.RefusedText(tool, arguments), StringComparison.Ordinal);

        Assert.Equal(version, (await Store.Load(mira.Id, default)).Version);
    }

    [Fact]
    public async Task Acts_are_logged_by_ids_and_words_are_not()
    {
        var (ana, mira) = (await silo.NewOperator(), await silo.NewCustomer());
        var program = McpSilo.Program(ana, mira);
        const string Subject = "A subject that no log holds", Note = "A note that no log holds";

        await program.Call("create_ticket", new { subject = Subject, category = "general", priority = "low" });
        await program.Call("escalate_to_human", new { reason = "legal", urgency = "low", note = Note });
        await program.Error("tools/call", new { name = "A tool that no log holds" });
        await program.Error("resources/read", new { uri = "fte://knowledge/A document that no log holds" });

        var acts = silo.Log.Lines.Where(line => line.Event is 4100 && line.Text.Contains(mira.Id.ToString())).ToList();
        Assert.Equal(2, acts.Count);
        Assert.All(acts, line => Assert.Contains("Done", line.Text, StringComparison.Ordinal));
        Assert.DoesNotContain(silo.Log.All, line => line.Contains("that no log holds"));
    }

    private IConversationStore Store => silo.Service<IConversationStore>();
}
