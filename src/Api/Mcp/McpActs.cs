using System.Collections.Immutable;
using FteAgent.Answering;
using FteAgent.Api.Live;
using FteAgent.Api.Problems;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Tickets;
using Microsoft.Extensions.Logging;

namespace FteAgent.Api.Mcp;

/// <summary>
/// The three tools that act: one grain call each, under a command's id, in the operator's name. That name stands in the conversation with what was
/// done, as it does when the operator acts in the console; the log tells ids.
/// </summary>
internal sealed partial class McpActs(ConversationCalls conversations, IQuotedDrafts drafts, TimeProvider time, ILogger<McpActs> logger)
{
    /// <summary>The rule that an operator's program called a person.</summary>
    public const string EscalateRule = "A2.operator";

    private static readonly ImmutableArray<TicketCategory> Categories = [.. Enum.GetValues<TicketCategory>()];
    private static readonly ImmutableArray<TicketPriority> Priorities = [.. Enum.GetValues<TicketPriority>()];
    private static readonly ImmutableArray<Urgency> Urgencies = [.. Enum.GetValues<Urgency>()];

    /// <summary>Opens a ticket.</summary>
    public async Task<ToolAnswer> OpenTicket(McpCaller caller, ToolArguments arguments, CancellationToken cancellationToken)
    {
        var subject = arguments.Text("subject", RequestLimits.Subject);
        var (category, priority) = (arguments.OneOf("category", Categories), arguments.OneOf("priority", Priorities));
        var command = Command(caller, McpTools.Ticket, arguments);
        if (arguments.Fault is { } fault)
            return ToolAnswer.Refused(fault);
        var result = await Act(caller, McpTools.Ticket, command, grain => grain.OpenTicket(command, caller.By, subject, category, priority), cancellationToken);
        var id = TicketId.Of(new MessageId(command.Value));
        return Refusal(caller, result) ?? ToolAnswer.Of(new OpenedView(
            id.Value, result.Conversation.Tickets.FirstOrDefault(ticket => ticket.Id == id) is { } ticket ? TicketView.ForOperator(ticket) : null));
    }

    /// <summary>Calls a person.</summary>
    public async Task<ToolAnswer> Escalate(McpCaller caller, ToolArguments arguments, CancellationToken cancellationToken)
    {
        var (reason, urgency) = (arguments.OneOf("reason", McpTools.Reasons), arguments.OneOf("urgency", Urgencies));
        var note = arguments.Optional("note", McpTools.Note);
        var command = Command(caller, McpTools.Escalate, arguments);
        if (arguments.Fault is { } fault)
            return ToolAnswer.Refused(fault);
        var words = $"{caller.By.Name} called a person ({Wire.Name(reason)}, {Wire.Name(urgency)}).{(note is null ? "" : $"\n{note}")}";
        var result = await Act(caller, McpTools.Escalate, command, grain => grain.TakeOn(command, reason, EscalateRule, urgency, words), cancellationToken);
        return Refusal(caller, result) ?? ToolAnswer.Of(new CalledView(StateView.ForProgram(result.Conversation)));
    }

    /// <summary>Answers the customer.</summary>
    public async Task<ToolAnswer> Send(McpCaller caller, ToolArguments arguments, CancellationToken cancellationToken)
    {
        var message = arguments.Text("message", McpTools.Answer);
        var quotes = arguments.Quotes("quotes");
        var command = Command(caller, McpTools.Send, arguments);
        if (arguments.Fault is { } fault)
            return ToolAnswer.Refused(fault);
        var (draft, misquoted) = drafts.Make(message, quotes);
        if (draft is null)
            return ToolAnswer.Refused($"Nothing was done. {misquoted}");
        var result = await Act(caller, McpTools.Send, command, grain => grain.Answer(command, caller.By, draft), cancellationToken);
        return Refusal(caller, result) ?? ToolAnswer.Of(new SentView(
            result.MessageId?.ToString(), result.Sequence,
            result.Conversation.Recent.FirstOrDefault(written => written.Id == result.MessageId)?.Channel, StateView.ForProgram(result.Conversation)));
    }

    private CommandId Command(McpCaller caller, string tool, ToolArguments arguments) =>
        IdempotencyKey.Command(arguments.RequestId(), $"{caller.Customer!.Id}/{caller.By.Id:N}/mcp/{tool}", time);

    private async Task<ActResult> Act(
        McpCaller caller, string tool, CommandId command, Func<IConversationGrain, Task<ActResult>> act, CancellationToken cancellationToken)
    {
        var result = await conversations.Act(caller.Customer!.Id, act, cancellationToken);
        LogActed(logger, caller.By.Id, tool, caller.Customer.Id, command, result.Outcome, result.Rule);
        return result;
    }

    private static ToolAnswer? Refusal(McpCaller caller, ActResult result) => result.Outcome switch
    {
        ActOutcome.Done => null,
        ActOutcome.HeldByAnother => ToolAnswer.Refused(
            $"{result.Conversation.Handoff?.By.Name ?? "Another operator"} has this conversation, and nothing was done. Only they can answer in it, until they hand it back."),
        ActOutcome.AgainstRules => ToolAnswer.Refused(
            $"Nothing was done: the words break rule {result.Rule}. What a program writes to a customer may state only what its quotes carry, and no price, refund, promise or internal matter. "
            + "Where it has to be said, say it yourself in the console."),
        ActOutcome.NoConversation => ToolAnswer.Refused("Nothing has been said in this conversation yet, so there is nothing to answer."),
        ActOutcome.Merged => ToolAnswer.Refused(
            caller.Customer?.MergedInto is { } into
                ? $"This customer was merged into another one. Name that one: {McpDoor.CustomerHeader}: {into}"
                : "This customer was merged into another one; name that one."),
        ActOutcome.Conflict => ToolAnswer.Refused("This request_id was used before for other words. Use a new one for a new act."),
        ActOutcome.TooMany => ToolAnswer.Refused("This customer has as many open tickets as there may be. Resolve some first."),
        _ => ToolAnswer.Refused("It cannot be done in this conversation."),
    };

    [LoggerMessage(4100, LogLevel.Information, "Operator {Operator} by MCP: {Tool} upon conversation {Customer}, command {Command}: {Outcome} {Rule}")]
    private static partial void LogActed(ILogger logger, Guid @operator, string tool, CustomerId customer, CommandId command, ActOutcome outcome, string? rule);
}
