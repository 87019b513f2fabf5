using System.Text;
using System.Text.Json;
using FteAgent.Api.Hosting;
using FteAgent.Testing;

namespace FteAgent.Api.Mcp;

/// <summary>Somebody's program at <c>/mcp</c>: it speaks JSON-RPC over Streamable HTTP as the specification has it, and knows no library for that.</summary>
internal sealed class McpProgram(Caller caller, string? customer)
{
    /// <summary>Sends a body as it is.</summary>
    public Task<Answer> Post(string body, params (string Name, string Value)[] headers) =>
        caller.Send(HttpMethod.Post, "/mcp", new StringContent(body, Encoding.UTF8, "application/json"),
            [("Accept", "application/json, text/event-stream"), .. customer is null ? [] : new[] { (McpDoor.CustomerHeader, customer) }, .. headers]);

    /// <summary>Asks, and gives the response that comes: a result or an error.</summary>
    public async Task<JsonElement> Ask(string method, object? parameters = null, params (string Name, string Value)[] headers)
    {
        var answer = (await Post(JsonSerializer.Serialize(new { jsonrpc = "2.0", id = 7, method, @params = parameters ?? new { } }), headers)).Expect(200);
        var response = Response(answer);
        Assert.Equal(7, response.GetProperty("id").GetInt32());
        return response;
    }

    /// <summary>Asks for what must be there.</summary>
    public async Task<JsonElement> Result(string method, object? parameters = null, params (string Name, string Value)[] headers)
    {
        var response = await Ask(method, parameters, headers);
        Assert.True(response.TryGetProperty("result", out var result), response.GetRawText());
        return result;
    }

    /// <summary>Asks for what is refused, and gives the error's code.</summary>
    public async Task<int> Error(string method, object? parameters = null, params (string Name, string Value)[] headers)
    {
        var response = await Ask(method, parameters, headers);
        Assert.True(response.TryGetProperty("error", out var error), response.GetRawText());
        return error.GetProperty("code").GetInt32();
    }

    /// <summary>Calls a tool that does what it is asked for.</summary>
    public async Task<JsonElement> Call(string tool, object arguments)
    {
        var result = await Result("tools/call", new { name = tool, arguments });
        Assert.False(result.TryGetProperty("isError", out var isError) && isError.GetBoolean(), result.GetRawText());
        var (text, value) = (result.GetProperty("content")[0].GetProperty("text").GetString()!, result.GetProperty("structuredContent"));
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(text).RootElement, value));
        return value;
    }

    /// <summary>Calls a tool that refuses, and gives its sentence.</summary>
    public async Task<string> Refused(string tool, object arguments) => Sentence(await Result("tools/call", new { name = tool, arguments }));

    /// <summary>The same, with arguments as they stand here: a serializer would not write them.</summary>
    public async Task<string> RefusedText(string tool, string arguments)
    {
        var answer = (await Post($$"""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"{{tool}}","arguments":{{arguments}} } }""")).Expect(200);
        return Sentence(Response(answer).GetProperty("result"));
    }

    private static string Sentence(JsonElement result)
    {
        Assert.True(result.TryGetProperty("isError", out var isError) && isError.GetBoolean(), result.GetRawText());
        return result.GetProperty("content")[0].GetProperty("text").GetString()!;
    }

    /// <summary>Answers the customer.</summary>
    public Task<JsonElement> Send(string message, object[] quotes, string? requestId = null)
    {
        TestLogs.Secret(message);
        return Call(McpTools.Send, new { message, quotes, request_id = requestId });
    }

    /// <summary>The words that carry <see cref="McpSilo.Answer"/>, as a search finds them.</summary>
    public async Task<object[]> Quotes()
    {
        var found = await Call(McpTools.Search, new { query = "How do I copy all data with the backup command?" });
        return [new { chunk_id = found.GetProperty("results")[0].GetProperty("chunk_id").GetString(), quote = McpSilo.Quote }];
    }

    /// <summary>The one response of an answer, which is a stream of one event.</summary>
    public static JsonElement Response(Answer answer)
    {
        Assert.Equal("text/event-stream", answer.MediaType);
        var data = answer.Text.Split('\n').Single(line => line.StartsWith("data:", StringComparison.Ordinal) && line.Length > 6);
        return JsonDocument.Parse(data["data:".Length..]).RootElement;
    }
}
