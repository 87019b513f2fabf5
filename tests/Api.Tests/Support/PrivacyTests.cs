using FteAgent.Api.Hosting;

namespace FteAgent.Api.Support;

/// <summary>A customer sees their own conversation, and nothing of it that is for operators.</summary>
[Collection(SiloCollection.Name)]
public sealed class PrivacyTests(SiloFixture fixture)
{
    private const string Secret = "My account number is 4711-0815.";
    private readonly RunningSilo silo = fixture.Silo;

    [Fact]
    public async Task Submitting_as_another_persons_address_reads_none_of_their_messages()
    {
        var victim = await silo.NewCustomer(Secret);
        await victim.Settled();

        var intruder = await silo.NewCustomer("What did I write to you before?", email: victim.Email);
        var conversation = await intruder.Settled();

        Assert.NotEqual(victim.Id, intruder.Id);
        Assert.DoesNotContain("4711", conversation.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(victim.TicketId, conversation.Text, StringComparison.Ordinal);
        Assert.Single(conversation["tickets"].EnumerateArray());
    }

    [Fact]
    public async Task Token_reads_its_own_conversation_only()
    {
        var (mine, anothers) = (await silo.NewCustomer(Secret), await silo.NewCustomer());

        Assert.Contains("4711", (await mine.Conversation()).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("4711", (await anothers.Conversation()).Text, StringComparison.Ordinal);
        (await anothers.Caller.Get($"/support/ticket/{mine.TicketId}")).ExpectProblem(404);
    }

    [Fact]
    public async Task Token_with_any_character_changed_opens_nothing()
    {
        var customer = await silo.NewCustomer();

        for (var i = 0; i < customer.Token.Length; i++)
        {
            var changed = $"{customer.Token[..i]}{(customer.Token[i] == 'A' ? 'B' : 'A')}{customer.Token[(i + 1)..]}";
            (await silo.With(changed).Get("/support/conversation")).ExpectProblem(401);
        }
    }

    [Theory]
    [InlineData("AAAA                                                        AAAA")]
    [InlineData("AAAA\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t\tAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("================================================================")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Token_of_the_right_length_with_the_wrong_content_opens_nothing(string token)
    {
        (await silo.Anyone.Get("/support/conversation", ("Authorization", $"Bearer {token}"))).ExpectProblem(401);
        (await silo.Anyone.Post("/support/submit", Forms.Valid(), ("Authorization", $"Bearer {token}"))).ExpectProblem(401);
        (await silo.Anyone.Get("/support/ticket/01ARZ3NDEKTSV4RRFFQ69G5FAV", ("Authorization", $"Bearer {token}"))).ExpectProblem(404);
    }

    [Fact]
    public async Task Operators_key_opens_no_conversation_and_a_token_no_inbox()
    {
        var (customer, @operator) = (await silo.NewCustomer(), await silo.NewOperator());

        (await @operator.Caller.Get("/support/conversation")).ExpectProblem(401);
        (await customer.Caller.Get("/api/conversations")).ExpectProblem(401);
        (await customer.Caller.Get(customer.Inbox)).ExpectProblem(401);
    }

    [Fact]
    public async Task Customer_sees_neither_notes_nor_sentiment_nor_rule()
    {
        var customer = await silo.NewCustomer("This is terrible, I am furious. I want a refund now.");
        await customer.Settled();
        var @operator = await silo.NewOperator();
        (await @operator.Caller.Put($"{customer.Inbox}/handoff")).Expect(200);
        (await @operator.Caller.Post($"{customer.Inbox}/notes", new { text = "Looks like a double booking." })).Expect(202);

        var own = await customer.Conversation();
        var ticket = (await customer.Caller.Get($"/support/ticket/{customer.TicketId}")).Expect(200);
        var seen = (await @operator.Caller.Get(customer.Inbox)).Expect(200);

        foreach (var view in (Answer[])[own, ticket])
        {
            Assert.DoesNotContain("double booking", view.Text, StringComparison.Ordinal);
            Assert.All(view["messages"].EnumerateArray(), message =>
            {
                Assert.NotEqual("note", message.GetProperty("kind").GetString());
                Assert.False(message.TryGetProperty("sentiment", out _));
                Assert.False(message.TryGetProperty("rule", out _));
            });
            Assert.DoesNotContain("\"rule\"", view.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("\"summary\"", view.Text, StringComparison.Ordinal);
        }

        Assert.Contains("double booking", seen.Text, StringComparison.Ordinal);
        Assert.Contains(seen["messages"].EnumerateArray(), message => message.TryGetProperty("sentiment", out _));
    }

    [Fact]
    public async Task Answers_carry_headers_that_protect_and_none_that_tell_what_runs()
    {
        var answers = new[]
        {
            await silo.Anyone.Get("/health/live"), await silo.Anyone.Get("/support/conversation"), await silo.Anyone.Get("/nowhere"),
            await silo.Anyone.Post("/support/submit", "{"), await silo.Anyone.Post("/support/submit", Forms.Valid()),
        };

        Assert.All(answers, answer =>
        {
            Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
            Assert.Equal("no-referrer", answer.Headers["Referrer-Policy"]);
            Assert.Equal("same-origin", answer.Headers["Cross-Origin-Opener-Policy"]);
            Assert.False(answer.Headers.ContainsKey("Server"));
            Assert.False(answer.Headers.ContainsKey("X-Powered-By"));
        });
    }

    [Fact]
    public async Task What_a_token_opens_is_kept_by_no_cache()
    {
        var customer = await silo.NewCustomer();

        Assert.Contains("no-store", (await customer.Conversation()).Headers.GetValueOrDefault("Cache-Control", ""), StringComparison.Ordinal);
    }
}
