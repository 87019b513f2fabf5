using FteAgent.Answering;
using FteAgent.Customers;
using FteAgent.Operators;
using FteAgent.Tickets;

namespace FteAgent.Conversations;

/// <content>What goes on in another conversation, since the customer turned out to be another one as well.</content>
internal sealed partial class ConversationGrain
{
    /// <inheritdoc/>
    public async Task<ActResult> RequestPerson(CommandId command, string words)
    {
        var result = await RequestPersonHere(command, words);
        return result.Outcome is not ActOutcome.Done && loaded!.MergedInto is { } into ? await Other(into).RequestPerson(command, words) : result;
    }

    /// <inheritdoc/>
    public async Task<ActResult> TakeOn(CommandId command, EscalationReason reason, string rule, Urgency urgency, string words)
    {
        var result = await Do(command, edit =>
        {
            if (edit.Conversation is { IsGone: true } or { MergedInto: not null })
                return edit.Conversation.IsGone ? ActOutcome.NoConversation : ActOutcome.Merged;
            edit.Say(Actor.System, MessageKind.Note, SafeText.Clean(words), with: message => message with { Id = new(command.Value), Rule = rule });
            if (edit.Conversation.Handoff is not null)
            {
                edit.AwaitHolder();
                return ActOutcome.Done;
            }

            edit.Escalate(reason, rule, urgency, Actor.Assistant, tells: !Intake.IsUntold(rule));
            return ActOutcome.Done;
        }, words);
        return result.Outcome is ActOutcome.Merged && loaded!.MergedInto is { } further ? await Other(further).TakeOn(command, reason, rule, urgency, words) : result;
    }

    /// <inheritdoc/>
    public async Task<ActResult> OpenTicket(CommandId command, Operator by, string subject, TicketCategory category, TicketPriority priority)
    {
        var ticket = Matters.OfOperator(TicketId.Of(new MessageId(command.Value)), subject, category, priority);
        var words = Wording.TicketOpened(ticket);
        string? broken = null;
        var result = await Do(command, edit =>
        {
            if (edit.Conversation is { IsGone: true } or { MergedInto: not null })
                return edit.Conversation.IsGone ? ActOutcome.NoConversation : ActOutcome.Merged;
            var outcome = edit.OpenTicket(command, by, ticket, words, out var rule);
            broken = rule;
            return outcome;
        }, words);
        if (result.Outcome is ActOutcome.AgainstRules)
            return result with { Rule = broken };
        return result.Outcome is ActOutcome.Merged && loaded!.MergedInto is { } further ? await Other(further).OpenTicket(command, by, subject, category, priority) : result;
    }

    /// <inheritdoc/>
    public async Task<ActResult> Remark(CommandId command, string words)
    {
        var result = await Do(command, edit =>
        {
            if (edit.Conversation is { IsGone: true } or { MergedInto: not null })
                return edit.Conversation.IsGone ? ActOutcome.NoConversation : ActOutcome.Merged;
            edit.Say(Actor.System, MessageKind.Note, words, with: message => message with { Rule = PassedOn.Rule });
            edit.AwaitHolder();
            return ActOutcome.Done;
        });
        return result.Outcome is ActOutcome.Merged && loaded!.MergedInto is { } further ? await Other(further).Remark(command, words) : result;
    }

    private Task<ActResult> RequestPersonHere(CommandId command, string words) => Do(command, edit =>
    {
        if (edit.Conversation.Version == 0 || edit.Conversation.MergedInto is not null)
            return ActOutcome.NoConversation;
        edit.TicketForPerson();
        if (SafeText.Clean(words) is { Length: > 0 } said)
            edit.Say(Actor.Customer, MessageKind.Text, said, with: message => message with { Id = new(command.Value), Sentiment = context.Rules.Sentiment(said) });
        if (edit.Conversation.Handoff is null)
        {
            edit.AskForPerson();
            return ActOutcome.Done;
        }

        // The holder sees that they are asked for, and so does whoever looks later what the holder owed.
        if (!edit.IsHolderAsked())
            edit.Say(Actor.System, MessageKind.Note, Wording.AskedForPerson, with: message => message with { Rule = Escalations.ButtonRule });
        edit.AwaitHolder();
        return ActOutcome.Done;
    });

    /// <summary>
    /// Somebody is needed for an exchange that was open when its conversation was merged. They are called to where the customer goes on, so that
    /// the assistant is silent there; here the exchange ends. Where a person has that conversation already, or is awaited in it, they are told what
    /// the assistant would have answered. Each of the two is done once, however often both are begun.
    /// </summary>
    private async Task PassOn(PassedOn what)
    {
        if (what.Escalate is { } escalate)
            await Other(what.Into).TakeOn(new(what.Exchange.Value), escalate.Reason, escalate.Rule, escalate.Urgency, Wording.TakenOn(what.Words));
        else
            await Other(what.Into).Remark(new(what.Exchange.Value), what.Words);
        await Act(new(what.Exchange.Value), edit =>
        {
            if (edit.Conversation.Exchange?.Id != what.Exchange)
                return;
            foreach (var ticket in edit.Conversation.Tickets)
                if (ticket.FirstResponseDue is not null)
                    edit.Put(ticket with { FirstResponseDue = null });
            edit.Say(Actor.System, MessageKind.Note, Wording.PassedOn);
            edit.End();
            edit.Set(edit.Conversation with { QuietCloseAt = edit.Now + context.Options.QuietClose });
        });
    }

    private IConversationGrain Other(CustomerId customer) => GrainFactory.GetGrain<IConversationGrain>(customer.ToString());

    /// <summary>What a person elsewhere is called to, or told of.</summary>
    private sealed record PassedOn(CustomerId Into, ExchangeId Exchange, Decision.Escalate? Escalate, string Words)
    {
        /// <summary>What the customer asked elsewhere waits for whoever has this conversation.</summary>
        public const string Rule = "M2.passed_on";

        public static PassedOn? Of(Conversation conversation, Exchange exchange, Decision decision, bool isWithPerson) => (conversation.MergedInto, decision) switch
        {
            ({ } into, Decision.Escalate escalate) => new(
                into, exchange.Id, escalate, EscalationSummary.Of(new(escalate.Rule, escalate.Reason, escalate.Urgency), ExchangeReading.Read(conversation, exchange))),
            // Beside a person the assistant is silent, there as here.
            ({ } into, Decision.Reply reply) when isWithPerson => new(into, exchange.Id, null, Wording.AnsweredElsewhere(reply.Text)),
            _ => null,
        };
    }
}
