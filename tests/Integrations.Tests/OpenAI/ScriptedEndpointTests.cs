using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FteAgent.Testing;
using FteAgent.Testing.OpenAI;

namespace FteAgent.OpenAI;

/// <summary>What the scripted endpoint itself promises, asked without any client library.</summary>
public sealed class ScriptedEndpointTests
{
    private static readonly HttpClient Http = new();

    private const string Good =
        """
        {"model":"model-a","messages":[{"role":"system","content":"Answer."},{"role":"user","content":"How?"}],
         "store":false,"max_completion_tokens":100,"stream":true,"stream_options":{"include_usage":true}}
        """;

    private const string Tool =
        """{"type":"function","function":{"name":"look","description":"Looks.","strict":true,"parameters":{"type":"object","properties":{},"required":[],"additionalProperties":false}}}""";

    [Fact]
    public async Task A_stream_has_its_role_first_its_use_last_and_an_end()
    {
        await using var endpoint = await ScriptedEndpoint.Start();
        endpoint.Script.Then(Step.Say("Press Export."));

        using var response = await Post(endpoint, Good);
        var events = await Events(response);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("[DONE]", events[^1]);
        var chunks = events.SkipLast(1).Select(data => JsonNode.Parse(data)!).ToList();
        Assert.Equal("assistant", (string?)chunks[0]["choices"]![0]!["delta"]!["role"]);
        Assert.Equal("Press Export.", string.Concat(chunks.SkipLast(2).Select(chunk => (string?)chunk["choices"]![0]!["delta"]!["content"])));
        Assert.Equal("stop", (string?)chunks[^2]["choices"]![0]!["finish_reason"]);
        Assert.Empty(chunks[^1]["choices"]!.AsArray());
        var usage = chunks[^1]["usage"]!;
        Assert.Equal((120, 64, 12), ((int)usage["prompt_tokens"]!, (int)usage["prompt_tokens_details"]!["cached_tokens"]!, (int)usage["completion_tokens"]!));
    }

    [Fact]
    public async Task An_answer_that_is_not_streamed_comes_whole()
    {
        await using var endpoint = await ScriptedEndpoint.Start();
        endpoint.Script.Then(Step.Calls(("look", "{ }"), ("look", "{  }")));

        using var response = await Post(endpoint, With(body => (body["stream"], body["stream_options"]) = (null, null)));
        var message = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["choices"]![0]!["message"]!;

        Assert.Null(message["content"]);
        Assert.Equal(["{ }", "{  }"], message["tool_calls"]!.AsArray().Select(call => (string?)call!["function"]!["arguments"]));
    }

    public static TheoryData<string, string> Mistakes => new()
    {
        { "store", "true" }, { "store", "null" }, { "stream_options", "null" }, { "max_completion_tokens", "null" }, { "max_completion_tokens", "0" },
        { "frequency_penalty", "1" }, { "messages", "[]" }, { "messages", """[{"role":"user","content":"How?"},{"role":"system","content":"Answer."}]""" },
        { "messages", """[{"role":"system","content":"Answer."},{"role":"user","content":" "}]""" },
        { "messages", """[{"role":"system","content":"Answer."},{"role":"tool","tool_call_id":"call_1","content":"{}"}]""" },
        { "messages", """[{"role":"system","content":"Answer."},{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"look","arguments":"{}"}}]}]""" },
        { "tool_choice", "\"required\"" }, { "parallel_tool_calls", "false" }, { "response_format", """{"type":"json_object"}""" }, { "tools", "7" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_request_that_is_not_as_we_mean_it_is_refused_and_kept_as_a_complaint(string field, string value)
    {
        await using var endpoint = await ScriptedEndpoint.Start();
        endpoint.Script.Then(Step.Say("Yes."));

        using var response = await Post(endpoint, With(body => body[field] = JsonNode.Parse(value)));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Single(endpoint.Complaints);
        Assert.Equal(1, endpoint.Script.Left);
    }

    [Theory]
    [InlineData("\"strict\":true", "\"strict\":false")]
    [InlineData("\"description\":\"Looks.\"", "\"description\":\"\"")]
    [InlineData("\"name\":\"look\"", "\"name\":\"look here\"")]
    [InlineData("\"additionalProperties\":false", "\"additionalProperties\":true")]
    [InlineData("\"properties\":{}", "\"properties\":{\"word\":{\"type\":\"string\"}}")]
    [InlineData("\"properties\":{},\"required\":[]", "\"properties\":{\"word\":{\"type\":\"string\",\"minLength\":1}},\"required\":[\"word\"]")]
    [InlineData("\"properties\":{},\"required\":[]", "\"properties\":{\"word\":{\"type\":[\"string\",\"number\"]}},\"required\":[\"word\"]")]
    [InlineData("\"properties\":{},\"required\":[]", "\"properties\":{\"word\":{\"type\":\"string\",\"enum\":[1]}},\"required\":[\"word\"]")]
    [InlineData("\"properties\":{},\"required\":[]", "\"properties\":{\"words\":{\"type\":\"array\"}},\"required\":[\"words\"]")]
    public async Task A_tool_that_is_not_strict_is_refused(string good, string bad)
    {
        await using var endpoint = await ScriptedEndpoint.Start();
        endpoint.Script.Then(Step.Call("look", "{}"));
        Assert.Contains(good, Tool);

        using var refused = await Post(endpoint, WithTool(Tool.Replace(good, bad)));
        using var taken = await Post(endpoint, WithTool(Tool));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (refused.StatusCode, taken.StatusCode));
        Assert.Single(endpoint.Complaints);
    }

    [Fact]
    public async Task Only_its_key_its_models_and_its_paths_are_known()
    {
        await using var endpoint = await ScriptedEndpoint.Start();

        using var stranger = await Post(endpoint, Good, key: "sk-other");
        using var model = await Post(endpoint, With(body => body["model"] = "model-z"));
        using var path = await Post(endpoint, Good, path: "completions");
        using var form = await Post(endpoint, Good, type: "text/plain");
        using var unscripted = await Post(endpoint, Good);

        Assert.Equal(
            [HttpStatusCode.Unauthorized, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.BadRequest, HttpStatusCode.InternalServerError],
            new[] { stranger, model, path, form, unscripted }.Select(response => response.StatusCode));
    }

    [Fact]
    public async Task A_connection_can_break_in_the_middle_and_a_stream_can_end_without_a_word()
    {
        await using var endpoint = await ScriptedEndpoint.Start();
        endpoint.Script.Then(Step.Say("Open Reports and press Export.").Cut(2), Step.Say("Open Reports and press Export.").EndQuietly(2));

        using var cut = await Post(endpoint, Good);
        await Assert.ThrowsAnyAsync<IOException>(() => Events(cut));
        using var quiet = await Post(endpoint, Good);

        Assert.Equal(3, (await Events(quiet)).Count);
    }

    [Fact]
    public async Task A_slow_answer_takes_its_time_by_the_given_clock()
    {
        var time = new FakeTime();
        await using var endpoint = await ScriptedEndpoint.Start(time);
        endpoint.Script.Then(Step.Say("Yes.").Slow(TimeSpan.FromSeconds(5)));

        using var response = await Post(endpoint, Good);
        var reading = Events(response);
        await time.WhenWaiting();
        Assert.False(reading.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("[DONE]", (await reading)[^1]);
    }

    [Fact]
    public async Task A_client_that_leaves_is_noticed()
    {
        await using var endpoint = await ScriptedEndpoint.Start();
        endpoint.Script.Then(Step.Hang());
        using var enough = new CancellationTokenSource();

        var asking = Post(endpoint, Good, cancellationToken: enough.Token);
        await endpoint.Arrived();
        Assert.Equal(1, endpoint.Open);
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);

        Assert.True(SpinWait.SpinUntil(() => endpoint.Open == 0 && endpoint.Left == 1, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Failures_come_with_their_code_and_how_long_to_wait()
    {
        await using var endpoint = await ScriptedEndpoint.Start();
        endpoint.Script.Then([.. Step.Storm(2, "3"), Step.QuotaSpent()]);

        using var first = await Post(endpoint, Good);
        using var second = await Post(endpoint, Good);
        using var spent = await Post(endpoint, Good);

        Assert.All([first, second], response => Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(3)), (response.StatusCode, response.Headers.RetryAfter?.Delta)));
        Assert.Equal("insufficient_quota", (string?)JsonNode.Parse(await spent.Content.ReadAsStringAsync())!["error"]!["code"]);
    }

    [Fact]
    public async Task Vectors_are_given_as_numbers_or_packed_and_the_last_comes_first()
    {
        await using var endpoint = await ScriptedEndpoint.Start();

        using var plain = await Post(endpoint, """{"model":"vectors-a","input":["one","two"]}""", path: "embeddings");
        using var packed = await Post(endpoint, """{"model":"vectors-a","input":["two"],"encoding_format":"base64"}""", path: "embeddings");
        var numbers = JsonDocument.Parse(await plain.Content.ReadAsStringAsync()).RootElement.GetProperty("data")[0];
        var bytes = JsonDocument.Parse(await packed.Content.ReadAsStringAsync()).RootElement.GetProperty("data")[0].GetProperty("embedding").GetBytesFromBase64();

        Assert.Equal(1, numbers.GetProperty("index").GetInt32());
        Assert.Equal(EmbeddingRules.Vector("two"), numbers.GetProperty("embedding").EnumerateArray().Select(number => number.GetSingle()));
        Assert.Equal(EmbeddingRules.Vector("two"), Enumerable.Range(0, EmbeddingRules.Dimensions).Select(place => BitConverter.ToSingle(bytes, place * 4)));
    }

    private static string With(Action<JsonObject> change)
    {
        var body = JsonNode.Parse(Good)!.AsObject();
        change(body);
        foreach (var (name, _) in body.Where(field => field.Value is null).ToList())
            body.Remove(name);
        return body.ToJsonString();
    }

    private static string WithTool(string tool) => With(body =>
    {
        body["tools"] = new JsonArray(JsonNode.Parse(tool));
        body["tool_choice"] = "required";
        body["parallel_tool_calls"] = false;
    });

    private static async Task<HttpResponseMessage> Post(
        ScriptedEndpoint endpoint, string body, string path = "chat/completions", string key = ScriptedEndpoint.Key, string type = "application/json",
        CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{endpoint.BaseUrl}/{path}") { Content = new StringContent(body, Encoding.UTF8, type) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private static async Task<List<string>> Events(HttpResponseMessage response)
    {
        List<string> events = [];
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is { } line)
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                events.Add(line["data: ".Length..]);
        return events;
    }
}
