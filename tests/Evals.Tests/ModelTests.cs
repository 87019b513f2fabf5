using System.Text.Json;
using FteAgent.Evals.Model;
using FteAgent.Testing.OpenAI;
using Microsoft.Extensions.Configuration;

namespace FteAgent.Evals;

/// <summary>Whole tickets with a language model on the road, over real HTTP, by a silo's own settings.</summary>
[Collection(Heard.Collection)]
public sealed class ModelTests
{
    private const string Lamp = "To change the bulb of the lamp, unscrew the ring and pull the bulb out.";

    private readonly Dictionary<string, string?> settings = new()
    {
        ["OPENAI_API_KEY"] = ScriptedEndpoint.Key,
        ["OPENAI_MODEL"] = "model-a",
        ["Model:InputPrice"] = "2",
        ["Model:CachedInputPrice"] = "0.5",
        ["Model:OutputPrice"] = "8",
        ["Model:Attempts"] = "1",
    };

    [Fact]
    public async Task Answers_escalations_quotes_tokens_and_cost_are_told()
    {
        await using var endpoint = await ScriptedEndpoint.Start();
        endpoint.Script.Otherwise(request => Step.Call("send_response", Quoting(request)).Using(1_000, 400, 50));
        using var folder = Tickets();

        var figures = await Measure(endpoint, folder);

        // Of three that no rule hands over one is answered, one has a quote that stands nowhere however often it is asked for, one a person is asked to.
        Assert.Equal((0.3333, 0.6667), (figures["model_tickets.answered_rate"], figures["model_tickets.escalation_rate"]));
        Assert.Equal((0.3333, 0.3333, 0.3333), (figures["model_tickets.misquoted_rate"], figures["model_tickets.failed_quotes_rate"], figures["model_tickets.failed_rate"]));
        Assert.Equal(0, figures["model_tickets.answered_though_asked"]);
        // Four calls for three drafts, each of 600 at 2, 400 at 0.5 and 50 at 8 for a million.
        Assert.Equal((1.3333, 1333.3333, 66.6667), (figures["model_tickets.calls"], figures["model_tickets.input_tokens"], figures["model_tickets.output_tokens"]));
        Assert.Equal(0.0024, figures["model_tickets.cost"]);
        Assert.True(figures["model_tickets.draft_p95_s"] > 0);
        Assert.Empty(endpoint.Complaints);
        // What the rules settle costs nothing.
        Assert.DoesNotContain(endpoint.Requests, request => request.Messages[1].Words.Contains("lawyer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_model_that_says_something_else_each_time_is_seen()
    {
        await using var endpoint = await ScriptedEndpoint.Start();
        var asked = 0;
        endpoint.Script.Otherwise(request => Step.Call("send_response", Interlocked.Increment(ref asked) % 2 == 0 ? Quoting(request) : NeedsPerson));
        using var folder = new Folder().With("tickets/tickets.jsonl", Ticket("a", "How do I change the bulb of the lamp?")).With("tickets/corpus.jsonl", Corpus);

        var figures = await Measure(endpoint, folder, runs: 2);

        Assert.Equal(0, figures["model_tickets.same_decision"]);
    }

    [Fact]
    public async Task Where_no_model_can_be_had_the_documents_are_quoted_and_that_is_told()
    {
        await using var endpoint = await ScriptedEndpoint.Start();
        endpoint.Script.Otherwise(_ => Step.Fail(500));
        using var folder = new Folder().With("tickets/tickets.jsonl", Ticket("a", "How do I change the bulb of the lamp?")).With("tickets/corpus.jsonl", Corpus);

        var figures = await Measure(endpoint, folder);

        Assert.Equal((1.0, 1.0), (figures["model_tickets.answered_rate"], figures["model_tickets.quoted_instead_rate"]));
    }

    [Fact]
    public async Task A_day_s_budget_bounds_an_evaluation_too()
    {
        await using var endpoint = await ScriptedEndpoint.Start();
        settings["Model:BudgetPerDay"] = "0.00001";
        using var folder = new Folder().With("tickets/tickets.jsonl", Ticket("a", "How do I change the bulb of the lamp?")).With("tickets/corpus.jsonl", Corpus);

        var figures = await Measure(endpoint, folder);

        Assert.Equal(1, figures["model_tickets.quoted_instead_rate"]);
        Assert.Empty(endpoint.Requests);
    }

    [Fact]
    public async Task Without_a_key_nothing_is_asked_and_one_line_says_so()
    {
        using var folder = Tickets();
        var figures = new Figures();
        using var heard = new Heard();

        await new ModelEval(new ConfigurationBuilder().Build()).Run(folder.Data, figures);

        Assert.Empty(figures.Measured);
        Assert.Contains("model: skipped, since OPENAI_API_KEY is not set.", heard.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_argument_is_refused_in_a_sentence()
    {
        var refused = await Assert.ThrowsAsync<Silo.Commands.UsageException>(() => EvalCommand.Run(new EvalArguments(["--chek"]), new ConfigurationBuilder().Build()));

        Assert.StartsWith("--chek is not known here.", refused.Message, StringComparison.Ordinal);
    }

    private const string Corpus = $$"""{"id":"lamp","title":"Lamp","text":"{{Lamp}}"}""";

    private const string NeedsPerson = """{"sentences":[],"intent":"other","confidence":0.2,"needs_person":"no_evidence"}""";

    private static Folder Tickets() => new Folder()
        .With(
            "tickets/tickets.jsonl",
            Ticket("a", "How do I change the bulb of the lamp?"),
            Ticket("b", "How do I change the bulb of the lamp in the hall?"),
            Ticket("c", "How do I change the bulb of the lamp at sea?"),
            """{"id":"d","channel":"email","message":"My lawyer says that you owe me a refund.","expected_escalation":true}""")
        .With("tickets/corpus.jsonl", Corpus);

    private static string Ticket(string id, string message) => $$"""{"id":"{{id}}","channel":"web_form","message":"{{message}}"}""";

    /// <summary>Quotes the first chunk that it is shown; for the hall it makes a quote up, and for the sea it wants a person.</summary>
    private static string Quoting(ScriptedRequest request)
    {
        using var shown = JsonDocument.Parse(request.Messages[1].Words);
        if (request.Text.Contains("at sea", StringComparison.Ordinal))
            return NeedsPerson;
        var chunk = shown.RootElement.GetProperty("chunks")[0].GetProperty("id").GetString();
        var quote = request.Text.Contains("the hall", StringComparison.Ordinal) ? "Break the glass with a hammer" : "unscrew the ring and pull the bulb out";
        return JsonSerializer.Serialize(new
        {
            sentences = new[] { new { text = "Unscrew the ring and pull the bulb out.", quotes = new[] { new { chunk_id = chunk, quote } } } },
            intent = "change_bulb",
            confidence = 0.9,
            needs_person = (string?)null,
        });
    }

    private async Task<IReadOnlyDictionary<string, double>> Measure(ScriptedEndpoint endpoint, Folder folder, int runs = 1)
    {
        settings["OPENAI_BASE_URL"] = endpoint.BaseUrl.ToString();
        // A set of our own comes with the source; here it would only cost time.
        folder.With("everyday/tickets.jsonl");
        var figures = new Figures();
        await new ModelEval(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), runs).Run(folder.Data, figures);
        return figures.All;
    }
}
