using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Knowledge;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace FteAgent.Api.Mcp;

/// <summary>Calls the tools. What goes wrong in one is told in its result; only a tool that does not exist is a mistake of the protocol's.</summary>
internal sealed partial class McpCalls(IKnowledgeIndex knowledge, ICustomerHistory history, McpActs acts, ILogger<McpCalls> logger)
{
    private const string NoCustomer = $"This tool is about a customer. Name one in the header {McpDoor.CustomerHeader}: their id, 32 hexadecimal digits, as the console and GET /api/customers tell it.";

    private const string TryAgain =
        "It could not be done now, and may or may not have been done. Try again in a few seconds, with the same request_id if you gave one: what was done is not done twice.";

    /// <summary>Calls one.</summary>
    public async Task<CallToolResult> Call(McpCaller caller, CallToolRequestParams? asked, CancellationToken cancellationToken)
    {
        if (asked is null || !McpTools.Exists(asked.Name))
            throw new McpProtocolException("There is no such tool; tools/list tells those there are.", McpErrorCode.InvalidParams);
        if (caller.Customer is null && McpTools.IsAboutCustomer(asked.Name))
            return ToolAnswer.Refused(NoCustomer).ToResult();
        try
        {
            return (await Answer(caller, asked, cancellationToken)).ToResult();
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is: a silo of the release before may have the conversation, and not know an act that this one asks for.
            if (failure is RecordUnavailableException or TimeoutException or OrleansException or OperationCanceledException)
                LogUnavailable(logger, asked.Name, failure.GetType().Name);
            else
                LogFailed(logger, failure, asked.Name);
            return ToolAnswer.Refused(TryAgain).ToResult();
        }
    }

    private Task<ToolAnswer> Answer(McpCaller caller, CallToolRequestParams asked, CancellationToken cancellationToken) => asked.Name switch
    {
        McpTools.Search => Search(new(asked.Arguments, "query", "max_results", "category"), cancellationToken),
        McpTools.History => History(caller, new(asked.Arguments, "limit"), cancellationToken),
        McpTools.Ticket => acts.OpenTicket(caller, new(asked.Arguments, "subject", "category", "priority", "request_id"), cancellationToken),
        McpTools.Escalate => acts.Escalate(caller, new(asked.Arguments, "reason", "urgency", "note", "request_id"), cancellationToken),
        _ => acts.Send(caller, new(asked.Arguments, "message", "quotes", "request_id"), cancellationToken),
    };

    private async Task<ToolAnswer> Search(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var query = arguments.Text("query", Answering.IDraftTools.LongestQuery);
        var most = arguments.Number("max_results", 1, McpTools.MostHits, McpTools.UsualHits);
        var category = arguments.Optional("category", McpTools.Category);
        return arguments.Fault is { } fault
            ? ToolAnswer.Refused(fault)
            : ToolAnswer.Of(FoundView.Of(await knowledge.Search([query], most, category, cancellationToken)));
    }

    private async Task<ToolAnswer> History(McpCaller caller, ToolArguments arguments, CancellationToken cancellationToken)
    {
        var limit = arguments.Number("limit", 1, McpTools.MostMessages, ICustomerHistory.DefaultLimit);
        if (arguments.Fault is { } fault)
            return ToolAnswer.Refused(fault);
        var entries = await history.Read(caller.Customer!.Id, limit, cancellationToken);
        // What may be another's, who was parted from this customer, is shown to no program on their behalf.
        return ToolAnswer.Of(new PastView([.. entries.Where(entry => !entry.MayBeAnothers).Select(PastMessageView.Of)]));
    }

    // A line without a stack: whoever found the record or a silo away has told why.
    [LoggerMessage(4101, LogLevel.Warning, "The MCP tool {Tool} could not be served now ({Reason})")]
    private static partial void LogUnavailable(ILogger logger, string tool, string reason);

    [LoggerMessage(4102, LogLevel.Error, "The MCP tool {Tool} failed")]
    private static partial void LogFailed(ILogger logger, Exception failure, string tool);
}
