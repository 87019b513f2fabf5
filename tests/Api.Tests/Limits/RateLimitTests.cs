using System.Globalization;
using FteAgent.Api.Hosting;

namespace FteAgent.Api.Limits;

/// <summary>Who asks too often is told when to come again.</summary>
public sealed class RateLimitTests
{
    [Fact]
    public async Task New_conversations_from_one_address_are_limited_and_those_that_are_open_go_on()
    {
        await using var silo = await RunningSilo.Start(("Limits:SubmitPerMinute", "2"));
        var customer = await silo.NewCustomer();
        (await silo.Anyone.Post("/support/conversation", new { text = "Hello there" })).Expect(201);

        Refused(await silo.Anyone.Post("/support/submit", Forms.Valid()));
        Refused(await silo.Anyone.Post("/support/conversation", new { text = "Hello there" }));

        (await customer.Caller.Post("/support/conversation/messages", new { text = "Hello again" })).Expect(202);
    }

    [Fact]
    public async Task Messages_are_limited_in_each_conversation_for_itself()
    {
        await using var silo = await RunningSilo.Start(("Limits:MessagesPerMinute", "3"));
        var (busy, other) = (await silo.NewCustomer(), await silo.NewCustomer());
        for (var i = 0; i < 2; i++)
            (await busy.Caller.Post("/support/conversation/messages", new { text = "Hello again" })).Expect(202);
        (await busy.Caller.Put("/support/conversation/escalation")).Expect(200);

        Refused(await busy.Caller.Post("/support/conversation/messages", new { text = "Hello again" }));
        Refused(await busy.Caller.Put("/support/conversation/escalation"));

        (await other.Caller.Post("/support/conversation/messages", new { text = "Hello again" })).Expect(202);
        (await busy.Conversation()).Expect(200);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10_000)]
    public async Task Whoever_makes_up_texts_that_can_be_no_token_is_limited_by_address(int length)
    {
        await using var silo = await RunningSilo.Start(("Limits:MessagesPerMinute", "2"));
        var customer = await silo.NewCustomer();
        for (var i = 0; i < 2; i++)
            (await silo.With($"{new string('a', length)}{i}").Post("/support/conversation/messages", new { text = "Hello there" })).ExpectProblem(401);

        Refused(await silo.With($"{new string('a', length)}3").Post("/support/conversation/messages", new { text = "Hello there" }));

        (await customer.Caller.Post("/support/conversation/messages", new { text = "Hello again" })).Expect(202);
    }

    [Fact]
    public async Task Attempts_to_sign_in_are_limited_with_the_right_key_too()
    {
        await using var silo = await RunningSilo.Start(("Limits:SignInPerMinute", "3"));
        var @operator = await silo.NewOperator();
        for (var i = 0; i < 3; i++)
            (await silo.Anyone.Post("/api/session", new { key = "guess" })).ExpectProblem(401);

        Refused(await silo.Anyone.Post("/api/session", new { key = @operator.Key }));

        (await @operator.Caller.Get("/api/session")).Expect(200);
    }

    [Fact]
    public async Task All_requests_of_one_address_are_limited_but_health_never()
    {
        await using var silo = await RunningSilo.Start(("Limits:RequestsPerMinute", "5"));
        for (var i = 0; i < 20; i++)
        {
            (await silo.Anyone.Get("/health/live")).Expect(200);
            (await silo.Anyone.Get("/health/ready")).Expect(200);
        }

        for (var i = 0; i < 5; i++)
            (await silo.Anyone.Get("/support/conversation")).ExpectProblem(401);

        Refused(await silo.Anyone.Get("/support/conversation"));
        Refused(await silo.Anyone.Get("/nowhere"));
        (await silo.Anyone.Get("/health/live")).Expect(200);
    }

    private static void Refused(Answer answer)
    {
        answer.ExpectProblem(429);
        Assert.InRange(int.Parse(answer.Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal("urn:fte:problem:too-many-requests", answer["type"].GetString());
    }
}
