using System.Text.Json;
using FteAgent.Api.Hosting;

namespace FteAgent.Api.Support;

/// <summary>What customers say of the assistant's answers.</summary>
[Collection(SiloCollection.Name)]
public sealed class FeedbackTests(SiloFixture fixture)
{
    private readonly RunningSilo silo = fixture.Silo;

    [Fact]
    public async Task Last_word_on_an_answer_is_shown_when_the_conversation_is_read_again()
    {
        var customer = await silo.NewCustomer();
        var answer = Said(await customer.Settled(), "assistant");
        Assert.False(answer.TryGetProperty("helpful", out _));

        (await customer.Caller.Put(Feedback(answer), new { helpful = true })).Expect(204);
        (await customer.Caller.Put(Feedback(answer), new { helpful = false })).Expect(204);

        Assert.False(Said(await customer.Conversation(), "assistant").GetProperty("helpful").GetBoolean());
    }

    [Fact]
    public async Task Only_the_assistants_answers_in_ones_own_conversation_can_be_rated()
    {
        var (mira, noor, ana) = (await silo.NewCustomer(), await silo.NewCustomer(), await silo.NewOperator());
        var (miras, noors) = (await mira.Settled(), Said(await noor.Settled(), "assistant"));
        (await ana.Caller.Put($"{mira.Inbox}/handoff")).Expect(200);
        (await ana.Caller.Post($"{mira.Inbox}/messages", new { text = "Here is a person." })).Expect(202);
        var claimed = await mira.Conversation();
        var notice = claimed["messages"].EnumerateArray().First(message => message.GetProperty("kind").GetString() == "notice");

        foreach (var path in (string[])[Feedback(noors), Feedback(Said(miras, "customer")), Feedback(Said(claimed, "operator")), Feedback(notice), "/support/conversation/messages/1/feedback"])
            (await mira.Caller.Put(path, new { helpful = true })).ExpectProblem(404);
        (await silo.Anyone.Put(Feedback(noors), new { helpful = true })).ExpectProblem(401);
        (await ana.Caller.Put(Feedback(noors), new { helpful = true })).ExpectProblem(401);

        Assert.False(Said(await noor.Conversation(), "assistant").TryGetProperty("helpful", out _));
    }

    [Fact]
    public async Task Feedback_without_a_word_is_refused()
    {
        var customer = await silo.NewCustomer();
        var answer = Said(await customer.Settled(), "assistant");

        Assert.Equal(["helpful"], (await customer.Caller.Put(Feedback(answer), new { })).BadFields());
        (await customer.Caller.Put(Feedback(answer), new { helpful = "yes" })).ExpectProblem(400);
    }

    private static string Feedback(JsonElement message) => $"/support/conversation/messages/{message.GetProperty("id").GetString()}/feedback";

    private static JsonElement Said(Answer conversation, string author) =>
        conversation["messages"].EnumerateArray().Last(message => message.GetProperty("author").GetString() == author && message.GetProperty("kind").GetString() == "text");
}
