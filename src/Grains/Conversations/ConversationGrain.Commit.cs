using FteAgent.Answering;

namespace FteAgent.Conversations;

/// <content>The one road from a decision to the record.</content>
internal sealed partial class ConversationGrain
{
    /// <summary>How often a decision is made anew when the conversation turns out to have moved on.</summary>
    private const int CommitAttempts = 5;

    /// <summary>
    /// Decides and commits. When the version has moved (a second activation after a split), the conversation is read again and decided
    /// again. When the commit's answer got lost, its command id tells whether it happened.
    /// </summary>
    private async Task<T> Act<T>(CommandId command, Func<ConversationEdit, T> decide)
    {
        for (var attempt = 1; ; attempt++)
        {
            loaded ??= await store.Load(Customer, CancellationToken.None);
            var edit = new ConversationEdit(loaded, context.Time.GetUtcNow(), context);
            var result = decide(edit);
            if (edit.IsEmpty)
                return result;

            var changes = edit.ToChanges(command);
            switch (await Commit(changes))
            {
                case CommitOutcome.Committed:
                    loaded = edit.Conversation;
                    GoOn(edit.Conversation, toSend: !changes.Outbox.IsEmpty);
                    return result;
                case CommitOutcome.DuplicateMessage:
                    throw new DuplicateMessageException();
                case CommitOutcome.VersionConflict when attempt < CommitAttempts:
                    LogVersionConflict(logger, Customer, loaded.Version);
                    loaded = null;
                    // Sent again long after it was done: what it made bears ids that follow from the command.
                    if (await WasCommitted(command))
                        return result;
                    break;
                default:
                    loaded = null;
                    throw new RecordUnavailableException($"The conversation moved on {CommitAttempts} times while a command was decided.");
            }
        }
    }

    private async Task<CommitOutcome> Commit(ConversationChanges changes)
    {
        try
        {
            return await store.Commit(changes, CancellationToken.None);
        }
        catch (Exception lost)
        {
            // The answer got lost, the commit perhaps not. Until that is known nothing may be decided on the old state.
            loaded = null;
            if (!await WasCommitted(changes.Command))
            {
                LogRecordUnavailable(logger, lost, Customer);
                throw new RecordUnavailableException("The record could not be written.");
            }

            LogLostAnswer(logger, lost, Customer, changes.Command);
            return CommitOutcome.Committed;
        }
    }

    private async Task<bool> WasCommitted(CommandId command)
    {
        try
        {
            return await store.WasCommitted(Customer, command, CancellationToken.None);
        }
        catch (Exception unreachable)
        {
            LogRecordUnavailable(logger, unreachable, Customer);
            throw new RecordUnavailableException("The record could not be reached.");
        }
    }

    /// <summary>Tells the runner, the deliverer and those who watch. All of it would be found again in the record if we ended here.</summary>
    private void GoOn(Conversation conversation, bool toSend)
    {
        live.Wake(conversation.Customer);
        if (toSend)
            deliveries.Enqueue(conversation.Customer);
        if (conversation.Exchange?.WorkedBy == context.Silo.Value)
            HandToRunner(conversation);
    }

    private void HandToRunner(Conversation conversation) =>
        exchanges.Enqueue(new ExchangeSnapshot(conversation, conversation.Exchange!));

    /// <summary>The message is in the record already, from before what is at hand.</summary>
    private sealed class DuplicateMessageException : Exception;
}
