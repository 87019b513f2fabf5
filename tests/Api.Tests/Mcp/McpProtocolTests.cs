using System.Text.Json;
using FteAgent.Api.Hosting;

namespace FteAgent.Api.Mcp;

/// <summary>The protocol at <c>/mcp</c>, in its revision of 2026 and in those before it.</summary>
[Collection(McpCollection.Name)]
public sealed class McpProtocolTests(McpSilo fixture)
{
    private static readonly string[] Tools = ["search_knowledge_base", "get_customer_history", "create_ticket", "escalate_to_human", "send_response"];
    private readonly RunningSilo silo = fixture.Silo;

    [Theory]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    public async Task Programs_of_the_revisions_before_2026_are_served_without_a_session(string revision)
    {
        var program = McpSilo.Program(await silo.NewOperator());

        var answer = await program.Post(JsonSerializer.Serialize(new
        {
            jsonrpc = "2.0",
            id = 1,
            method = "initialize",
            @params = new { protocolVersion = revision, capabilities = new { }, clientInfo = new { name = "tests", version = "1" } },
        }));

        var result = McpProgram.Response(answer.Expect(200)).GetProperty("result");
        Assert.Equal(revision, result.GetProperty("protocolVersion").GetString());
        Assert.Equal("fteagent", result.GetProperty("serverInfo").GetProperty("name").GetString());
        Assert.Superset(new HashSet<string> { "resources", "tools" }, result.GetProperty("capabilities").EnumerateObject().Select(ability => ability.Name).ToHashSet());
        Assert.False(answer.Headers.ContainsKey("Mcp-Session-Id"));
        (await program.Post("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", ("MCP-Protocol-Version", revision))).Expect(202);
        Assert.NotEmpty((await program.Result("tools/list", null, ("MCP-Protocol-Version", revision))).GetProperty("tools").EnumerateArray());
        await program.Result("ping", null, ("MCP-Protocol-Version", revision));
    }

    [Fact]
    public async Task Programs_of_the_revision_of_2026_discover_what_there_is_and_call_it()
    {
        var program = McpSilo.Program(await silo.NewOperator(), await silo.NewCustomer());

        var found = await program.Result("server/discover", Modern(), Headers("server/discover"));
        var called = await program.Result(
            "tools/call", Modern(("name", "get_customer_history"), ("arguments", new { limit = 1 })), Headers("tools/call", "get_customer_history"));

        Assert.Contains("2026-07-28", found.GetProperty("supportedVersions").EnumerateArray().Select(version => version.GetString()));
        Assert.Equal("private", found.GetProperty("cacheScope").GetString());
        Assert.Single(called.GetProperty("structuredContent").GetProperty("messages").EnumerateArray());
    }

    [Fact]
    public async Task A_header_that_names_another_tool_than_the_body_is_refused()
    {
        var program = McpSilo.Program(await silo.NewOperator(), await silo.NewCustomer());
        var body = JsonSerializer.Serialize(new { jsonrpc = "2.0", id = 1, method = "tools/call", @params = Modern(("name", "send_response"), ("arguments", new { message = "x" })) });

        var answer = (await program.Post(body, Headers("tools/call", "get_customer_history"))).Expect(400);

        Assert.Equal(-32020, answer["error"].GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task With_a_customer_all_five_tools_are_listed_and_none_takes_one()
    {
        var program = McpSilo.Program(await silo.NewOperator(), await silo.NewCustomer());

        var tools = (await program.Result("tools/list")).GetProperty("tools").EnumerateArray().ToList();

        Assert.Equal(Tools, tools.Select(tool => tool.GetProperty("name").GetString()));
        Assert.All(tools, tool =>
        {
            var schema = tool.GetProperty("inputSchema");
            Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
            Assert.DoesNotContain(schema.GetProperty("properties").EnumerateObject(), property => property.Name.Contains("customer") || property.Name.Contains("conversation"));
        });
        Assert.Equal([true, true, false, false, false], tools.Select(tool => tool.GetProperty("annotations").GetProperty("readOnlyHint").GetBoolean()));
    }

    [Fact]
    public async Task Without_a_customer_all_are_listed_and_only_the_documentation_can_be_searched()
    {
        var program = McpSilo.Program(await silo.NewOperator());

        var tools = (await program.Result("tools/list")).GetProperty("tools").EnumerateArray();

        Assert.Equal(Tools, tools.Select(tool => tool.GetProperty("name").GetString()));
        foreach (var tool in Tools[1..])
            Assert.Contains("Fte-Customer", await program.Refused(tool, new { }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("delete_customer")]
    [InlineData("")]
    [InlineData("SEARCH_KNOWLEDGE_BASE")]
    public async Task A_tool_that_does_not_exist_is_a_mistake_of_the_protocol(string name)
    {
        var program = McpSilo.Program(await silo.NewOperator(), await silo.NewCustomer());

        Assert.Equal(-32602, await program.Error("tools/call", new { name, arguments = new { } }));
        Assert.Equal(-32601, await program.Error("customers/list"));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task There_are_no_sessions_to_follow_or_to_end(string method)
    {
        var @operator = await silo.NewOperator();

        var answer = (await @operator.Caller.Send(new HttpMethod(method), "/mcp", null, ("Accept", "text/event-stream"))).ExpectProblem(405);

        Assert.Equal("POST", answer.Headers["Allow"]);
    }

    private static Dictionary<string, object> Modern(params (string Name, object Value)[] parameters) =>
        new(parameters.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value)))
        {
            ["_meta"] = new Dictionary<string, object>
            {
                ["io.modelcontextprotocol/protocolVersion"] = "2026-07-28",
                ["io.modelcontextprotocol/clientInfo"] = new { name = "tests", version = "1" },
                ["io.modelcontextprotocol/clientCapabilities"] = new { },
            },
        };

    private static (string Name, string Value)[] Headers(string method, string? name = null) =>
        [("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", method), .. name is null ? [] : new[] { ("Mcp-Name", name) }];
}
