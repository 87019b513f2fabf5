using System.Text.Json;
using FteAgent.Testing.OpenAI;

namespace FteAgent.OpenAI;

public sealed class OpenAiChatTests
{
    [Fact]
    public async Task A_streamed_answer_is_put_together_with_its_model_and_what_it_used()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Step.Say("Open Reports and press Export. \U0001F600 Voilà.").Using(150, 100, 9));

        var answer = await world.Ask();

        Assert.Equal("Open Reports and press Export. \U0001F600 Voilà.", answer.Text);
        Assert.Equal("model-a-2026-01-01", answer.Model);
        Assert.Equal(new TokenUse(150, 100, 9), answer.Use);
        Assert.Null(answer.Refusal);
        Assert.Empty(world.Endpoint.Complaints);
    }

    [Fact]
    public async Task Arguments_in_pieces_are_one_tool_call()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Step.Call("search_knowledge_base", """{"query":"exporter un relevé \"mensuel\"","max_results":null,"category":null}"""));

        var answer = await world.Ask(ModelWorld.WithTools());

        var call = Assert.Single(answer.Calls);
        Assert.Equal(("call_1", "search_knowledge_base"), (call.Id, call.Name));
        Assert.Equal("exporter un relevé \"mensuel\"", ToolArguments.Search(call.Arguments).Value?.Query);
        Assert.Equal(OpenAiTools.All.Select(tool => tool.Name), world.Endpoint.Requests.Single().Tools);
        Assert.Empty(world.Endpoint.Complaints);
    }

    [Fact]
    public async Task Calls_whose_pieces_are_mixed_are_told_apart_by_their_index()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Step.Calls(("get_customer_history", "{}"), ("escalate_to_human", """{"reason":"legal","urgency":"high"}""")));

        var answer = await world.Ask(ModelWorld.WithTools());

        Assert.Equal(["get_customer_history {}", """escalate_to_human {"reason":"legal","urgency":"high"}"""], answer.Calls.Select(call => $"{call.Name} {call.Arguments}"));
    }

    [Fact]
    public async Task Calls_that_all_bear_one_index_are_told_apart_by_their_ids()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Step.CallsWithoutIndex(("get_customer_history", "{}"), ("get_customer_history", "{ }")));

        var answer = await world.Ask(ModelWorld.WithTools());

        Assert.Equal(["call_1 {}", "call_2 { }"], answer.Calls.Select(call => $"{call.Id} {call.Arguments}"));
    }

    [Fact]
    public async Task The_result_of_a_call_is_given_under_its_id()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Step.Call("send_response", "{}"));
        var call = new ToolCall("call_7", "search_knowledge_base", """{"query":"export","max_results":null,"category":null}""");

        await world.Ask(ModelWorld.WithTools(new ChatLine.Called([call]), new ChatLine.Given("call_7", """{"chunks":[]}""")) with { MustCall = "send_response" });

        var request = world.Endpoint.Requests.Single();
        Assert.Equal(["system", "user", "assistant", "tool"], request.Messages.Select(message => message.Role));
        Assert.Equal("call_7", request.Body.GetProperty("messages")[3].GetProperty("tool_call_id").GetString());
        Assert.Equal("send_response", request.Body.GetProperty("tool_choice").GetProperty("function").GetProperty("name").GetString());
        Assert.Empty(world.Endpoint.Complaints);
    }

    [Fact]
    public async Task An_endpoint_without_tools_is_asked_for_the_form_as_JSON()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Step.Say("""{"sentences":[],"intent":"export","confidence":0,"needs_person":"no_evidence"}"""));

        var answer = await world.Ask(ModelWorld.Question() with { Form = OpenAiTools.Send });

        Assert.NotNull(DraftJson.Read(answer.Text).Draft);
        Assert.Equal("json_schema", world.Endpoint.Requests.Single().Body.GetProperty("response_format").GetProperty("type").GetString());
        Assert.Empty(world.Endpoint.Complaints);
    }

    [Fact]
    public async Task Nothing_is_stored_and_an_answer_has_an_end()
    {
        await using var world = await ModelWorld.Open(url => new() { BaseUrl = url, Key = ScriptedEndpoint.Key, Model = "model-a", MaxOutputTokens = 321 });
        world.Endpoint.Script.Then(Step.Say("Yes."));

        await world.Ask();

        var body = world.Endpoint.Requests.Single().Body;
        Assert.Equal((JsonValueKind.False, 321), (body.GetProperty("store").ValueKind, body.GetProperty("max_completion_tokens").GetInt32()));
    }

    [Fact]
    public async Task A_refusal_is_an_answer_without_words()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Step.Refuse("I can't help with that."));

        var answer = await world.Ask();

        Assert.Equal(("", "I can't help with that."), (answer.Text, answer.Refusal));
    }

    [Theory]
    [InlineData(nameof(UseStyle.NullChoices))]
    [InlineData(nameof(UseStyle.Nowhere))]
    public async Task An_answer_stands_where_its_use_cannot_be_read(string style)
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Step.Say("Yes.").Using(1, 0, 1, Enum.Parse<UseStyle>(style)));

        var answer = await world.Ask();

        Assert.Equal(("Yes.", null), (answer.Text, answer.Use));
    }

    [Theory]
    [InlineData("length", nameof(ModelFault.TooLong))]
    [InlineData("content_filter", nameof(ModelFault.Filtered))]
    public async Task An_answer_that_ended_for_a_bad_reason_is_none_and_is_paid_all_the_same(string reason, string fault)
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Step.Say("Open Rep").Using(30, 0, 5).Finishing(reason));

        var failure = await Assert.ThrowsAsync<ModelFailure>(() => world.Ask());

        Assert.Equal((fault, new TokenUse(30, 0, 5)), (failure.Fault.ToString(), failure.Use));
        Assert.False(failure.MayPass);
    }

    public static TheoryData<string, int> Endings => new()
    {
        { nameof(ModelFault.CutOff), 0 }, { nameof(ModelFault.CutOff), 1 }, { nameof(ModelFault.CutOff), 2 },
        { nameof(ModelFault.Nonsense), 3 }, { nameof(ModelFault.Nonsense), 4 }, { nameof(ModelFault.Nonsense), 5 }, { nameof(ModelFault.Nonsense), 6 },
        { nameof(ModelFault.Unavailable), 7 },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task A_stream_that_does_not_end_as_it_should_is_no_answer(string fault, int which)
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(which switch
        {
            0 => Step.Say("Open Reports and press Export.").Cut(2),
            1 => Step.Say("Open Reports and press Export.").EndQuietly(2),
            2 => Step.Call("send_response", """{"sentences":[]}""").EndQuietly(2),
            3 => Step.Malformed("""{"id":"chatcmpl-1","choices":[{"index":0,"delta":{"conte"""),
            4 => Step.Malformed("""{"choices":"none"}"""),
            5 => Step.Malformed("<html>Bad gateway</html>"),
            6 => Step.Say(""),
            _ => Step.Trouble("Open Rep"),
        });

        var failure = await Assert.ThrowsAsync<ModelFailure>(() => world.Ask());

        Assert.Equal(fault, failure.Fault.ToString());
        Assert.True(failure.MayPass);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("""{"choices":[null]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":null,"finish_reason":null}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"tool_calls":[null]},"finish_reason":null}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"tool_calls":[{"index":"x"}]},"finish_reason":null}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":{"a":1}},"finish_reason":"stop"}]}""")]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":"Yes."},"finish_reason":"tired"}]}""")]
    [InlineData("""{"choices":[],"usage":{"prompt_tokens":"many"}}""")]
    [InlineData("""{"created":99999999999999999,"choices":[]}""")]
    public async Task No_form_of_a_chunk_does_more_harm_than_that_it_is_no_answer(string chunk)
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Step.Malformed(chunk));

        var failure = await Assert.ThrowsAsync<ModelFailure>(() => world.Ask());

        Assert.True(failure.Fault is ModelFault.Nonsense or ModelFault.CutOff, $"{failure.Fault}");
    }

    [Theory]
    [InlineData(429, "rate_limit_exceeded", nameof(ModelFault.RateLimited))]
    [InlineData(429, "insufficient_quota", nameof(ModelFault.QuotaSpent))]
    [InlineData(500, null, nameof(ModelFault.Unavailable))]
    [InlineData(503, null, nameof(ModelFault.Unavailable))]
    [InlineData(403, "unsupported_country", nameof(ModelFault.Denied))]
    [InlineData(400, "context_length_exceeded", nameof(ModelFault.NotAccepted))]
    [InlineData(307, null, nameof(ModelFault.NotAccepted))]
    public async Task A_status_tells_what_went_wrong(int status, string? code, string fault)
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Step.Fail(status, code));

        var failure = await Assert.ThrowsAsync<ModelFailure>(() => world.Ask());

        Assert.Equal((fault, status), (failure.Fault.ToString(), failure.Status));
    }

    [Theory]
    [InlineData("12", 12.0)]
    [InlineData("0.5", 0.5)]
    [InlineData("Tue, 03 Mar 2026 09:00:20 GMT", 20.0)]
    [InlineData("Tue, 03 Mar 2026 08:00:00 GMT", 0.0)]
    [InlineData("soon", null)]
    [InlineData("-5", null)]
    public async Task Retry_After_is_read_as_seconds_or_as_a_date(string told, double? seconds)
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Step.TooMany(told));

        var failure = await Assert.ThrowsAsync<ModelFailure>(() => world.Ask());

        Assert.Equal(seconds, failure.RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task Where_nobody_listens_the_endpoint_is_unreachable()
    {
        await using var world = await ModelWorld.Open();
        await world.Endpoint.DisposeAsync();

        var failure = await Assert.ThrowsAsync<ModelFailure>(() => world.Ask());

        Assert.Equal(ModelFault.Unreachable, failure.Fault);
    }

    [Fact]
    public async Task An_answer_without_end_is_given_up_before_it_fills_the_memory()
    {
        await using var world = await ModelWorld.Open();
        world.Endpoint.Script.Then(Step.Say(new string('a', ChatReading.LongestText + 8)), Step.Malformed(new string('b', OpenAiConnection.AnswerLimit)));

        Assert.Equal(ModelFault.TooLong, (await Assert.ThrowsAsync<ModelFailure>(() => world.Ask())).Fault);
        Assert.Equal(ModelFault.TooLong, (await Assert.ThrowsAsync<ModelFailure>(() => world.Ask())).Fault);
    }
}
