using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Text.Json;
using FteAgent.Answering;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Knowledge;
using FteAgent.Testing.OpenAI;
using FteAgent.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.OpenAI;

/// <summary>From what was found to a draft, by a model that may be clever, clumsy, or wicked.</summary>
public sealed class OpenAiModelTests
{
    private const string Sent = """
        {"sentences":[
          {"text":"Hello!","quotes":[]},
          {"text":"Open Reports and press Export.","quotes":[{"chunk_id":"c1","quote":"Open Reports, then press Export"}]},
          {"text":"1. It is sent by mail.","quotes":[{"chunk_id":"c1","quote":"Open Reports, then press Export"},{"chunk_id":"c2","quote":"is sent by mail"}]}],
         "intent":"export report","confidence":0.8,"needs_person":null}
        """;

    private static readonly CustomerId Mira = new(Guid.NewGuid());

    private static readonly SearchHit One = new("c1", "reports.md", "Reports", "Export", "Open Reports, then press Export.", 2, DateTimeOffset.UnixEpoch);
    private static readonly SearchHit Two = new("c2", "mail.md", "Mail", "", "The file is sent by mail.", 1, DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task A_draft_has_its_sentences_with_their_citations_and_what_it_used()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Step.Call("send_response", Sent).Using(1_000, 400, 50));
        var spend = new Spend();

        var draft = await Draft(world, spend, prices: new(2, 0.5m, 8));

        Assert.Equal("Hello! Open Reports and press Export.\n1. It is sent by mail.", draft.Text);
        Assert.Equal(["c1 Reports", "c2 Mail"], draft.Citations.Select(citation => $"{citation.ChunkId} {citation.Title}"));
        Assert.Equal(["", "0", "0 1"], draft.Sentences.Select(sentence => string.Join(' ', sentence.Citations)));
        Assert.Equal(("export_report", 0.8, (EscalationReason?)null, "model-a/answer-2"), (draft.Intent, draft.Confidence, draft.NeedsPerson, draft.Model));
        // 600 at 2, 400 at 0.5, 50 at 8 for a million.
        Assert.Equal(new ModelUse(1, 1_000, 400, 50, 1_800), draft.Use);
        Assert.Equal((draft.Use, "answered", Mira), Assert.Single(spend.Calls) is var call ? (call.Use, call.Outcome, call.Customer) : default);
        Assert.Empty(world.Endpoint.Complaints);
    }

    [Fact]
    public async Task A_model_searches_reads_the_history_and_then_answers()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(
            Step.Call("search_knowledge_base", """{"query":"mail","max_results":3,"category":null}"""),
            Step.Calls(("get_customer_history", "{}"), ("create_ticket", """{"subject":"Export","category":"technical","priority":"low"}""")),
            Step.Call("send_response", Sent));
        var tools = new Tools();

        var draft = await Draft(world, found: [One], tools: tools);

        Assert.Equal(["mail 3"], tools.Searched);
        Assert.Equal(1, tools.HistoriesRead);
        Assert.Equal("mail.md", draft.Citations[1].DocumentId);
        Assert.Equal(new("Export", TicketCategory.Technical, TicketPriority.Low), draft.Matter);
        Assert.Equal(3, draft.Use!.Calls);
        var last = world.Endpoint.Requests.Last();
        Assert.Contains("The file is sent by mail.", last.Messages[3].Words, StringComparison.Ordinal);
        Assert.Contains("an older question", last.Messages[5].Words, StringComparison.Ordinal);
        Assert.Empty(world.Endpoint.Complaints);
    }

    [Fact]
    public async Task What_makes_no_sense_is_told_to_the_model_which_may_mend_it()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(
            Step.Call("send_refund", "{}"),
            Step.Call("search_knowledge_base", """{"query":7}"""),
            Step.Call("send_response", """{"sentences":[{"text":"Hi"}],"intent":"x","confidence":2,"needs_person":null}"""),
            Step.Call("send_response", Sent));
        var tools = new Tools();

        var draft = await Draft(world, tools: tools);

        Assert.Equal(3, draft.Sentences.Length);
        Assert.Empty(tools.Searched);
        Assert.All(world.Endpoint.Requests.Last().Messages.Where(message => message.Role == "tool"), message => Assert.Contains("refused", message.Words, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_model_that_never_answers_is_made_to_and_then_given_up()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Otherwise(_ => Step.Call("search_knowledge_base", """{"query":"more","max_results":null,"category":null}"""));
        var spend = new Spend();

        await Assert.ThrowsAsync<ModelUnavailableException>(() => Draft(world, spend));

        Assert.Equal(4, world.Endpoint.Requests.Count);
        Assert.Equal("send_response", world.Endpoint.Requests.Last().Body.GetProperty("tool_choice").GetProperty("function").GetProperty("name").GetString());
        Assert.Equal(4, Assert.Single(spend.Calls).Use.Calls);
    }

    [Fact]
    public async Task A_person_is_called_for_whichever_way_the_model_says_it()
    {
        await using var world = await ModelWorld.Open();
        const string nothing = """{"sentences":[],"intent":"legal","confidence":0,"needs_person":null}""";
        world.Endpoint.Script.Then(Step.Call("escalate_to_human", """{"reason":"legal","urgency":"high"}"""), Step.Call("send_response", nothing));
        var called = await Draft(world);
        Assert.Equal((EscalationReason.Legal, Urgency.High), (called.NeedsPerson, called.Urgency));

        world.Endpoint.Script.Then(Step.Call("send_response", nothing.Replace("null", "\"privacy\"", StringComparison.Ordinal)));
        var answered = await Draft(world);
        Assert.Equal((EscalationReason.Privacy, null), (answered.NeedsPerson, answered.Urgency));
    }

    [Fact]
    public async Task A_call_for_a_person_stays_whatever_fails_afterwards()
    {
        await using var world = await ModelWorld.Open(url => new() { BaseUrl = url, Key = ScriptedEndpoint.Key, Model = "model-a", Attempts = 1 });
        var call = Step.Call("escalate_to_human", """{"reason":"security","urgency":"urgent"}""");
        var spend = new Spend();

        world.Endpoint.Script.Then(call, Step.Fail(503));
        var broken = await Draft(world, spend);
        world.Endpoint.Script.Then(call, Step.Refuse("I can't help with that."));
        var refused = await Draft(world, spend);
        world.Endpoint.Script.Then(call, Step.Say("Hm."), Step.Say("Hm."), Step.Say("Hm."));
        var mumbled = await Draft(world, spend);

        Assert.All([broken, refused, mumbled], draft => Assert.Equal(
            (EscalationReason.Security, Urgency.Urgent, "", "model-a/answer-2"), (draft.NeedsPerson, draft.Urgency, draft.Text, draft.Model)));
        Assert.Equal(2, broken.Use!.Calls);
        Assert.All(spend.Calls, each => Assert.Equal("needs_person", each.Outcome));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_model_is_told_whether_prices_may_be_said(bool said)
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Step.Call("send_response", Sent));

        await Draft(world, pricesMayBeSaid: said);

        var messages = world.Endpoint.Requests.Single().Messages;
        using var material = JsonDocument.Parse(messages[1].Words);
        Assert.Equal(said, material.RootElement.GetProperty("prices_may_be_said").GetBoolean());
        // And what it is told to do depends on that.
        Assert.Contains("Never name a price where `prices_may_be_said` is false", messages[0].Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.19", "no_evidence", 0)]
    [InlineData("0.2", "answered", 2)]
    public async Task An_answer_that_its_own_model_does_not_believe_in_is_none(string confidence, string outcome, int citations)
    {
        await using var world = await ModelWorld.Open();
        var spend = new Spend();
        world.Endpoint.Script.Then(Step.Call("send_response", Sent.Replace("0.8", confidence, StringComparison.Ordinal)));

        var draft = await Draft(world, spend);

        Assert.Equal((citations, citations == 0, (EscalationReason?)null), (draft.Citations.Length, draft.Text.Length == 0, draft.NeedsPerson));
        Assert.Equal(outcome, Assert.Single(spend.Calls).Outcome);
    }

    [Fact]
    public async Task A_refusal_is_a_draft_without_words()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Step.Refuse("I can't help with that."));

        var draft = await Draft(world);

        Assert.Equal(("", 0), (draft.Text, draft.Citations.Length));
    }

    [Fact]
    public async Task A_model_without_tools_answers_in_the_form_of_json()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Step.Say("Sure! Here is what I think."), Step.Say(Sent));

        var draft = await Draft(world, style: ModelStyle.Json);

        Assert.Equal(3, draft.Sentences.Length);
        Assert.Empty(world.Endpoint.Complaints);
    }

    [Fact]
    public async Task What_was_wrong_with_the_draft_before_is_told()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Step.Call("send_response", Sent));

        await Draft(world, fault: "The quote is not in chunk \"c1\".");

        Assert.Contains("The quote is not in chunk", world.Endpoint.Requests.Single().Messages[^1].Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_budget_is_spent_nobody_is_asked()
    {
        await using var world = await ModelWorld.Open();
        var spend = new Spend { IsOver = true };

        await Assert.ThrowsAsync<ModelUnavailableException>(() => Draft(world, spend, prices: new(2, 1, 8), budget: new(1_000, 0)));

        Assert.Empty(world.Endpoint.Requests);
    }

    [Fact]
    public async Task An_endpoint_that_fails_is_told_without_anybodys_words_and_what_it_cost_is_noted()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Step.QuotaSpent());
        var spend = new Spend();

        var failure = await Assert.ThrowsAsync<ModelUnavailableException>(() => Draft(world, spend));

        Assert.DoesNotContain(ScriptedEndpoint.Key, failure.ToString(), StringComparison.Ordinal);
        Assert.Equal("quota_spent", Assert.Single(spend.Calls).Outcome);
    }

    [Fact]
    public async Task A_call_for_a_person_counts_wherever_it_stands_beside_the_answer()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Step.Calls(("send_response", Sent), ("escalate_to_human", """{"reason":"legal","urgency":"high"}""")));

        Assert.Equal(EscalationReason.Legal, (await Draft(world)).NeedsPerson);
    }

    [Fact]
    public async Task What_was_cut_off_is_paid_as_well_and_where_nobody_counts_it_is_guessed()
    {
        await using var world = await ModelWorld.Open();
        var spend = new Spend();
        world.Endpoint.Script.Then(Step.Call("send_response", Sent).Cut(10), Step.Call("send_response", Sent).Using(0, 0, 0, UseStyle.Nowhere));

        var drafting = Draft(world, spend, prices: new(2, 1, 8));
        await world.Pause();
        var use = (await drafting).Use!;

        Assert.Equal(2, use.Calls);
        Assert.InRange(use.InputTokens, 1_000, 20_000);
        Assert.True(use.OutputTokens > 50, $"{use.OutputTokens} tokens were guessed.");
        Assert.Equal(use, Assert.Single(spend.Calls).Use);
    }

    [Fact]
    public async Task As_much_is_reserved_as_each_request_may_cost_and_no_more()
    {
        await using var world = await ModelWorld.Open();
        var spend = new Spend();
        world.Endpoint.Script.Then(
            Step.Call("search_knowledge_base", """{"query":"mail","max_results":3,"category":null}""").Using(2_000, 0, 20), Step.Call("send_response", Sent).Using(2_500, 0, 90));

        await Draft(world, spend, prices: new(2, 1, 8), budget: new(1_000_000, 0));

        // An answer may have 1,000 tokens at 8; what was asked is less than ten thousand at 2.
        Assert.InRange(spend.Reserved[0], 8_000, 28_000);
        var cost = Assert.Single(spend.Calls).Use.CostMicros;
        Assert.Equal((4_500 * 2) + (110 * 8), cost);
        Assert.InRange(spend.Reserved.Sum(), cost, 2 * spend.Reserved[0]);
    }

    [Fact]
    public async Task Nothing_is_paid_for_what_the_endpoint_did_not_take()
    {
        await using var world = await ModelWorld.Open(url => new() { BaseUrl = url, Key = ScriptedEndpoint.Key, Model = "model-a", Attempts = 1 });
        var spend = new Spend();
        world.Endpoint.Script.Then(Step.Fail(503));

        await Assert.ThrowsAsync<ModelUnavailableException>(() => Draft(world, spend, prices: new(2, 1, 8)));

        Assert.Equal((1, 0L), Assert.Single(spend.Calls) is var call ? (call.Use.Calls, call.Use.CostMicros) : default);
    }

    [Fact]
    public async Task The_customer_and_the_exchange_are_shown_to_no_model()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Step.Call("get_customer_history", """{"customer_id":"somebody"}"""), Step.Call("send_response", Sent));
        var tools = new Tools();

        await Draft(world, tools: tools);

        Assert.All(world.Endpoint.Requests, request => Assert.DoesNotContain(Mira.ToString(), request.Text, StringComparison.OrdinalIgnoreCase));
        // A customer that it names is an argument that is not there: nothing is read.
        Assert.Equal(0, tools.HistoriesRead);
    }

    private static async Task<Draft> Draft(
        ModelWorld world, Spend? spend = null, ImmutableArray<SearchHit>? found = null, Tools? tools = null, ModelStyle style = ModelStyle.Tools, string? fault = null,
        ModelPrices? prices = null, ModelBudget? budget = null, bool pricesMayBeSaid = false)
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var accounts = new ModelAccounts(
            spend ?? new Spend(), budget ?? new(0, 0), prices ?? new(0, 0, 0), 1_000, new(services.GetRequiredService<IMeterFactory>()), world.Time,
            new HeardLog<ModelAccounts>());
        var model = new OpenAiModel(world.Chat, world.Road, "model-a", style, accounts, new HeardLog<OpenAiModel>());
        return await model.Draft(
            new(["How do I export a report?"], [], new(1, found ?? [One, Two], 0.9))
            {
                Customer = Mira,
                Exchange = new(Guid.NewGuid()),
                Fault = fault,
                PricesMayBeSaid = pricesMayBeSaid,
            },
            tools ?? new Tools(), CancellationToken.None);
    }

    private sealed class Tools : IDraftTools
    {
        public List<string> Searched { get; } = [];

        public int HistoriesRead { get; private set; }

        public Task<SearchResult> Search(string query, int maxResults, string? category, CancellationToken cancellationToken)
        {
            Searched.Add($"{query} {maxResults}");
            return Task.FromResult(new SearchResult(1, [Two], 0.9));
        }

        public Task<ImmutableArray<PastMessage>> History(CancellationToken cancellationToken)
        {
            HistoriesRead++;
            return Task.FromResult<ImmutableArray<PastMessage>>(
                [new(true, Channel.Email, false, DateTimeOffset.UnixEpoch, "an older question", 0.5, TicketCategory.General, TicketStatus.Resolved)]);
        }
    }

    private sealed class Spend : IModelSpend
    {
        public bool IsOver { get; init; }

        public List<ModelCall> Calls { get; } = [];

        public List<long> Reserved { get; } = [];

        public Task<ModelReservation?> Reserve(CustomerId customer, ModelBudget budget, long micros, CancellationToken cancellationToken)
        {
            Reserved.Add(micros);
            return Task.FromResult(IsOver ? null : new ModelReservation(DateTimeOffset.UnixEpoch, micros));
        }

        public Task Note(ModelCall call, ModelReservation? reserved, CancellationToken cancellationToken)
        {
            Calls.Add(call);
            return Task.CompletedTask;
        }
    }
}
