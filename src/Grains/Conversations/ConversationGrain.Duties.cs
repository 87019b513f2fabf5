using FteAgent.Answering;

namespace FteAgent.Conversations;

/// <content>What the clock asks of a conversation.</content>
internal sealed partial class ConversationGrain
{
    /// <inheritdoc/>
    public async Task Poke(string? goneWorker)
    {
        await Act(CommandId.Mint(context.Time), edit =>
        {
            KeepPromises(edit);
            ResumeExchange(edit, goneWorker);
        });
        GoOn(loaded!, toSend: true);
    }

    private static void KeepPromises(ConversationEdit edit)
    {
        if (edit.Conversation.Escalation?.AckDue <= edit.Now)
            edit.Remind();
        if (edit.Conversation.Handoff?.ReplyDue <= edit.Now)
            edit.Release();
        // A first answer that is late although the assistant works round the clock: something is broken, so a person gets it.
        if (edit.Conversation.Tickets.Any(ticket => ticket.FirstResponseDue <= edit.Now))
            GiveUp(edit, "T1.first_response");
        if (edit.Conversation.QuietCloseAt <= edit.Now && edit.Conversation is { Exchange: null, Handoff: null, Escalation: null })
            edit.CloseQuiet();
    }

    /// <summary>An exchange that another silo drafts is its own while it lives: this grain may have moved here, its draft has not.</summary>
    private void ResumeExchange(ConversationEdit edit, string? goneWorker)
    {
        if (edit.Conversation.Exchange is not { } exchange)
            return;
        var abandoned = exchange.WorkedBy == goneWorker && goneWorker != context.Silo.Value;
        if (!abandoned && edit.Now < exchange.DueAt)
            return;
        if (exchange.Attempts >= context.Options.Attempts)
            GiveUp(edit, "A5.failure");
        else
            edit.Restart();
    }

    private static void GiveUp(ConversationEdit edit, string rule)
    {
        if (edit.Conversation.Handoff is null)
        {
            edit.Escalate(EscalationReason.ServiceUnavailable, rule, Urgency.High, Actor.System);
            edit.Drop();
        }

        // An operator has it, or one is awaited already: the promise of a first answer is theirs to keep now.
        foreach (var ticket in edit.Conversation.Tickets)
            if (ticket.FirstResponseDue is not null)
                edit.Put(ticket with { FirstResponseDue = null });
    }
}
