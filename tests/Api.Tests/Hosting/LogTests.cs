using FteAgent.Operators;

namespace FteAgent.Api.Hosting;

/// <summary>Logs tell what happens, never what was said nor what opens a door.</summary>
public sealed class LogTests
{
    private const string Canary = "canary";

    [Fact]
    public async Task Neither_words_nor_tokens_nor_keys_reach_a_log()
    {
        await using var silo = await RunningSilo.Start();
        var ana = await silo.NewOperator(Canary);
        var (key, words) = (Forms.Key($"{Canary}-{Guid.NewGuid()}"), $"How do I make a backup of the {Canary} data?");
        var opened = (await silo.Anyone.Post("/support/submit", Forms.Valid(words, $"Mira {Canary}", $"{Canary}@example.com", $"About the {Canary}"), key)).Expect(201);
        var customer = await silo.Known(opened);
        using (var events = await EventReader.Open(customer.Caller, "/support/conversation/events", ("Last-Event-ID", Canary)))
            await events.Next(e => e.Name == "message" && e.Data.GetProperty("author").GetString() == "assistant");

        (await silo.Anyone.Post("/support/submit", Forms.Valid($"Another {Canary} altogether"), key)).ExpectProblem(422);
        (await silo.Anyone.Post("/support/submit", $"{{\"name\": {Canary}}}")).ExpectProblem(400);
        (await silo.Anyone.Post("/support/submit", $"{{\"{Canary}\": [[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}}")).ExpectProblem(400);
        (await silo.Anyone.Post("/support/submit", $"{{\"name\": {{\"{Canary}\": 1}}}}")).ExpectProblem(400);
        (await silo.Anyone.Post("/support/submit", Forms.Valid(), Forms.Key(Canary))).ExpectProblem(400);
        (await silo.With($"{Canary}{customer.Token}").Get("/support/conversation")).ExpectProblem(401);
        (await silo.Anyone.Get($"/{Canary}")).ExpectProblem(404);
        (await silo.Anyone.Post("/api/session", new { key = $"{OperatorKeys.NewKey()}{Canary}" })).ExpectProblem(401);
        var session = (await silo.Anyone.Post("/api/session", new { key = ana.Key })).Expect(200);
        (await customer.Caller.Put("/support/conversation/escalation", new { reason = $"The {Canary} died, I am furious." })).Expect(200);
        (await ana.Caller.Get($"/api/customers?query={Canary}")).Expect(200);
        (await ana.Caller.Get($"/api/conversations?limit={Canary}")).ExpectProblem(400);
        (await ana.Caller.Get($"/api/reports/{Canary}")).ExpectProblem(422);
        (await ana.Caller.Put($"{customer.Inbox}/handoff")).Expect(200);
        (await ana.Caller.Post($"{customer.Inbox}/messages", new { text = $"The {Canary} is with us." })).Expect(202);
        (await ana.Caller.Post($"{customer.Inbox}/notes", new { text = $"A {Canary} again." })).Expect(202);
        (await ana.Caller.Put($"{customer.Inbox}/resolution", new { notes = $"The {Canary} is well." })).Expect(200);

        var lines = silo.Log.All;
        Assert.NotEmpty(lines);
        string[] secrets = [Canary, customer.Token, ana.Key, key.Value, session["csrf_token"].GetString()!, session.Headers["Set-Cookie"].Split(';')[0]];
        Assert.All(secrets, secret => Assert.DoesNotContain(lines, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Whoever_comes_without_a_key_writes_nothing_into_the_log()
    {
        await using var silo = await RunningSilo.Start();
        var before = silo.Log.All.Count;

        (await silo.Anyone.Get("/support/conversation")).ExpectProblem(401);
        (await silo.With("nonsense").Get("/support/conversation")).ExpectProblem(401);
        (await silo.With(OperatorKeys.NewKey()).Get("/api/conversations")).ExpectProblem(401);

        Assert.DoesNotContain(silo.Log.Lines.Skip(before), line => line.Category.StartsWith("FteAgent.Api", StringComparison.Ordinal));
    }
}
