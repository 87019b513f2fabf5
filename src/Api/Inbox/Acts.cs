using FteAgent.Api.Live;
using FteAgent.Api.Operators;
using FteAgent.Api.Problems;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Operators;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FteAgent.Api.Inbox;

/// <summary>An operator's act: who, upon which conversation, under which command id; then the one grain call, and its outcome as a status code.</summary>
internal sealed class Acts(IHttpContextAccessor http, ConversationCalls conversations, ICustomerDirectory customers, TimeProvider time)
{
    public async Task<Results<Ok<StateResponse>, ProblemHttpResult>> Do(
        string id, string act, Func<IConversationGrain, CommandId, Operator, Task<ActResult>> call)
    {
        if (await Call(id, act, call) is not { } result)
            return ProblemTypes.Missing("conversation");
        return Problem(result) is { } problem ? problem : TypedResults.Ok(new StateResponse(StateView.ForOperator(result.Conversation)));
    }

    public async Task<Results<Accepted<WrittenResponse>, InvalidFields, ProblemHttpResult>> Write(
        string id, string act, string? text, int longest, Func<IConversationGrain, CommandId, Operator, string, Task<ActResult>> call)
    {
        var check = new Checks();
        var words = check.Text("text", text, 1, longest);
        if (!check.Passed)
            return check.Problem();
        if (await Call(id, act, (grain, command, by) => call(grain, command, by, words)) is not { } result)
            return ProblemTypes.Missing("conversation");
        return Problem(result) is { } problem
            ? problem
            : TypedResults.Accepted((string?)null, new WrittenResponse(result.MessageId?.ToString(), result.Sequence));
    }

    private async Task<ActResult?> Call(string id, string act, Func<IConversationGrain, CommandId, Operator, Task<ActResult>> call)
    {
        var context = http.HttpContext!;
        // Only those who exist have a grain: a made-up id must not activate one.
        if (!CustomerId.TryParse(id, null, out var customer) || await customers.Find(customer, context.RequestAborted) is null)
            return null;
        var by = OperatorAuthentication.Of(context.User);
        var command = IdempotencyKey.Command(context.Request, $"{customer}/{by.Id:N}/{act}", time);
        return await conversations.Act(customer, grain => call(grain, command, by), context.RequestAborted);
    }

    private static ProblemHttpResult? Problem(ActResult result) => result.Outcome switch
    {
        ActOutcome.Done => null,
        ActOutcome.HeldByAnother => ProblemTypes.Problem(
            StatusCodes.Status409Conflict, ProblemTypes.Held, "Someone else has this conversation.", $"{result.Conversation.Handoff?.By.Name ?? "Another operator"} has this conversation."),
        ActOutcome.NotHeld => ProblemTypes.Problem(
            StatusCodes.Status409Conflict, ProblemTypes.NotHeld, "Claim it first.", "Nobody has this conversation; claim it before you write to the customer."),
        ActOutcome.Merged => ProblemTypes.Problem(
            StatusCodes.Status409Conflict, ProblemTypes.Merged, "It goes on elsewhere.", "This customer was merged into another one; take that conversation."),
        ActOutcome.Conflict => ProblemTypes.KeyReused(),
        _ => ProblemTypes.Missing("conversation"),
    };
}
