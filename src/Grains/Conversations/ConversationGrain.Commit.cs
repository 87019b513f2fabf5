using System.Diagnostics;
using FteAgent.Answering;
using FteAgent.Telemetry;

namespace FteAgent.Conversations;

/// <content>The one road from a decision to the record.</content>
internal sealed partial class ConversationGrain
{
    /// <summary>How often a decision is made anew when the conversation turns out to have moved on.</summary>
    private const int CommitAttempts = 5;

    /// <summary>
    /// Decides and commits. When the version has moved (a second activation after a split), the conversation is read again and decided
    /// again, and so it is when from memory there is nothing to do or to allow: only a commit would have shown that memory is past. True when
    /// what was decided here counts; false when the record has the command or its message from before, so that the answer is to be found
    /// there. Either way <see cref="loaded"/> is the conversation after it.
    /// </summary>
    private async Task<bool> Act(CommandId command, Action<ConversationEdit> decide)
    {
        long? sent = null;
        var isRead = false;
        try
        {
            for (var attempt = 1; attempt <= CommitAttempts; attempt++)
            {
                isRead |= loaded is null;
                var before = loaded ?? await Reload();
                var edit = new ConversationEdit(before, context.Time.GetUtcNow(), context, Traces.Here);
                decide(edit);
                if (edit.IsEmpty && isRead)
                    return true;
                if (edit.IsEmpty)
                {
                    loaded = null;
                    continue;
                }

                var changes = edit.ToChanges(command);
                sent = unknown.Sending(Customer);
                var fate = await Commit(changes);
                if (fate is Fate.InTheRecordBefore)
                    GoOn(await Reload(), toSend: true);
                // From here to where it goes on there is no moment at which this activation could be abandoned.
                unknown.Known(sent.Value);
                switch (fate)
                {
                    case Fate.Committed:
                        loaded = changes.Conversation;
                        metrics.Committed(before, changes);
                        GoOn(loaded, toSend: !changes.Outbox.IsEmpty);
                        return true;
                    case Fate.InTheRecordBefore:
                        return false;
                    case Fate.OfNobody:
                        // Decided again, as for whoever was erased. A restore or a begin anew is found when the next call asks the record.
                        loaded = before with { IsGone = true };
                        isRead = true;
                        break;
                    case Fate.MovedOn:
                        LogVersionConflict(logger, Customer, changes.ExpectedVersion);
                        break;
                }
            }

            throw new RecordUnavailableException($"The conversation moved on {CommitAttempts} times while a command was decided.");
        }
        catch (RecordUnavailableException)
        {
            if (sent is { } number)
                unknown.Lost(number);
            // It may be this silo alone that cannot reach the record: the next call is free to find another.
            DeactivateOnIdle();
            throw;
        }
    }

    /// <summary>What is true now. Whatever was committed without our hearing of it goes on from here, if it is this silo's to go on with.</summary>
    private async Task<Conversation> Reload(CancellationToken cancellationToken = default)
    {
        loaded = await store.Load(Customer, cancellationToken);
        HandToRunner(loaded);
        return loaded;
    }

    /// <summary>Commits, and finds out what became of it when that was not said.</summary>
    private async Task<Fate> Commit(ConversationChanges changes)
    {
        // Until that is known nothing may be decided on the old state.
        loaded = null;
        Exception? lost = null;
        CommitOutcome? outcome = null;
        var since = Stopwatch.GetTimestamp();
        using var step = Traces.Begin("commit");
        try
        {
            outcome = await store.Commit(changes, CancellationToken.None);
            switch (outcome)
            {
                case CommitOutcome.Committed:
                    return Fate.Committed;
                case CommitOutcome.DuplicateMessage:
                    return Fate.InTheRecordBefore;
                case CommitOutcome.NoCustomer:
                    return Fate.OfNobody;
            }
        }
        catch (Exception failure)
        {
            lost = failure;
        }
        finally
        {
            metrics.Tried(outcome, since);
            step?.SetTag("fte.outcome", outcome);
        }

        // A conflict may be with the command itself: sent again when its answer got lost, or decided by another activation too. What that one
        // decided may differ from what was decided here.
        if (await WasCommitted(changes.Command))
        {
            LogLostAnswer(logger, lost, Customer, changes.Command);
            return Fate.InTheRecordBefore;
        }

        if (lost is null)
            return Fate.MovedOn;
        LogRecordUnavailable(logger, lost, Customer);
        throw new RecordUnavailableException("The record could not be written.");
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
        HandToRunner(conversation);
    }

    /// <summary>Hands over the exchange that this silo works. One that the runner has already is recognised there.</summary>
    private void HandToRunner(Conversation conversation)
    {
        if (conversation.Exchange is { } exchange && exchange.WorkedBy == context.Silo.Value)
            exchanges.Enqueue(new ExchangeSnapshot(conversation, exchange));
    }

    /// <summary>What became of a commit.</summary>
    private enum Fate
    {
        /// <summary>It is in the record as it was decided.</summary>
        Committed,

        /// <summary>Its command or its message is in the record already, perhaps otherwise than it was decided.</summary>
        InTheRecordBefore,

        /// <summary>Nothing was written: it was decided on a state that is past.</summary>
        MovedOn,

        /// <summary>Nothing was written: the record has no such customer.</summary>
        OfNobody,
    }
}
