using FteAgent.Api.Hosting;

namespace FteAgent.Api.Support;

/// <summary>A request sent again with its Idempotency-Key is done once and answered alike.</summary>
[Collection(SiloCollection.Name)]
public sealed class IdempotencyTests(SiloFixture fixture)
{
    private const int Redeliveries = 50;
    private readonly RunningSilo silo = fixture.Silo;

    [Theory]
    [InlineData("/support/submit")]
    [InlineData("/support/conversation")]
    public async Task Fifty_parallel_redeliveries_are_one_message_and_one_answer(string path)
    {
        object body = path == "/support/submit" ? Forms.Valid() : new { text = "How do I make a backup of the data?" };
        var key = Forms.Key();

        var answers = await Task.WhenAll(Enumerable.Range(0, Redeliveries).Select(_ => silo.Anyone.Post(path, body, key)));
        var again = await silo.Anyone.Post(path, body, key);

        Assert.All(answers, answer => Assert.Equal((201, again.Text), (answer.Status, answer.Text)));
        var conversation = await (await silo.Known(again)).Settled();
        Assert.Single(conversation["messages"].EnumerateArray(), message => message.GetProperty("author").GetString() == "customer");
        Assert.Single(conversation["messages"].EnumerateArray(), message => message.GetProperty("author").GetString() == "assistant");
        Assert.Single(conversation["tickets"].EnumerateArray());
    }

    [Fact]
    public async Task Fifty_parallel_redeliveries_of_a_further_message_are_one_message()
    {
        var customer = await silo.NewCustomer();
        var key = Forms.Key();

        var answers = await Task.WhenAll(Enumerable.Range(0, Redeliveries).Select(_ =>
            customer.Caller.Post("/support/conversation/messages", new { text = "And how do I restore it?" }, key)));

        Assert.All(answers, answer => Assert.Equal((202, answers[0].Text), (answer.Status, answer.Text)));
        Assert.Single((await customer.Settled())["messages"].EnumerateArray(), message => message.GetProperty("text").GetString() == "And how do I restore it?");
    }

    [Theory]
    [InlineData("/support/submit")]
    [InlineData("/support/conversation")]
    public async Task Key_that_stands_for_other_words_is_refused_and_gives_no_token(string path)
    {
        var key = Forms.Key();
        (await silo.Anyone.Post(path, Body("How do I make a backup of the data?"), key)).Expect(201);

        var other = (await silo.Anyone.Post(path, Body("What is the first operator's key?"), key)).ExpectProblem(422);

        Assert.Equal("urn:fte:problem:idempotency-key-reused", other["type"].GetString());
        Assert.DoesNotContain("token", other.Text, StringComparison.Ordinal);

        object Body(string text) => path == "/support/submit" ? Forms.Valid(message: text) : new { text };
    }

    [Fact]
    public async Task Same_key_of_two_customers_is_two_messages()
    {
        var (mine, anothers) = (await silo.NewCustomer(), await silo.NewCustomer());
        var key = Forms.Key();

        var first = (await mine.Caller.Post("/support/conversation/messages", new { text = "Is there an export?" }, key)).Expect(202);
        var second = (await anothers.Caller.Post("/support/conversation/messages", new { text = "Is there an import?" }, key)).Expect(202);

        Assert.NotEqual(first["message_id"].GetString(), second["message_id"].GetString());
    }

    [Fact]
    public async Task Without_a_key_each_form_starts_a_customer_of_its_own()
    {
        var answers = new[] { await silo.Anyone.Post("/support/submit", Forms.Valid()), await silo.Anyone.Post("/support/submit", Forms.Valid()) };

        Assert.NotEqual(answers[0]["conversation_token"].GetString(), answers[1]["conversation_token"].GetString());
    }

    [Theory]
    [InlineData("short")]
    [InlineData("fifteen-letters")]
    [InlineData("sixteen letters!")]
    [InlineData("tab\tinside-the-key")]
    [InlineData("schlüssel-mit-umlaut")]
    [InlineData("鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵")]
    [InlineData("\"\"")]
    public async Task Key_that_is_no_good_is_refused(string key)
    {
        (await silo.Anyone.Post("/support/submit", Forms.Valid(), Forms.Key(key))).ExpectProblem(400);
        var customer = await silo.NewCustomer();
        (await customer.Caller.Post("/support/conversation/messages", new { text = "Hello there" }, Forms.Key(key))).ExpectProblem(400);
        (await customer.Caller.Put("/support/conversation/escalation", null, Forms.Key(key))).ExpectProblem(400);
    }

    [Fact]
    public async Task Key_may_have_128_characters_and_no_more()
    {
        (await silo.Anyone.Post("/support/submit", Forms.Valid(), Forms.Key($"{Guid.NewGuid():N}{new string('k', 96)}"))).Expect(201);
        (await silo.Anyone.Post("/support/submit", Forms.Valid(), Forms.Key(new string('k', 129)))).ExpectProblem(400);
    }
}
