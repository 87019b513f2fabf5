using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Sqlite;

internal sealed partial class SqliteConversationStore
{
    /// <summary>How long a command is remembered; the promise is 24 hours.</summary>
    private static readonly TimeSpan CommandKept = TimeSpan.FromHours(25);

    public Task<CommitOutcome> Commit(ConversationChanges changes, CancellationToken cancellationToken)
    {
        if (changes.Conversation.Version != changes.ExpectedVersion + 1)
            throw new ArgumentException("The conversation bears its new version: the expected one and one more.", nameof(changes));
        return record.Write(session => Commit(session, changes, record.Now), cancellationToken);
    }

    private static CommitOutcome Commit(SqliteSession session, ConversationChanges changes, long now)
    {
        var customer = changes.Conversation.Customer;

        // Whom the record does not have: they were erased, or lived in what a restore lost.
        if (changes.ExpectedVersion == 0 && !IdentityRows.Exists(session, customer))
            return CommitOutcome.NoCustomer;

        // An act that is in the record already was decided on a conversation that its repeater has not seen.
        if (WasCommitted(session, customer, changes.Command) || !ConversationRows.TryWrite(session, changes, now))
            return CommitOutcome.VersionConflict;

        foreach (var ticket in changes.Tickets)
            TicketRows.Write(session, customer, ticket);
        foreach (var escalation in changes.Escalations)
            EscalationRows.Write(session, customer, escalation);
        foreach (var message in changes.Messages)
        {
            if (MessageRows.TryWrite(session, customer, message))
                continue;
            session.TakeBack();
            return CommitOutcome.DuplicateMessage;
        }

        RememberCommand(session, customer, changes.Command, now);
        NoteSeen(session, changes);
        if (changes.Outbox.Length > 0)
        {
            OutboxRows.Write(session, customer, changes.Outbox, now);
            Duties.Derive(session, customer);
        }

        return CommitOutcome.Committed;
    }

    /// <summary>Each command remembered lets the two oldest go that are old enough: they never pile up, and nobody has to sweep.</summary>
    private static void RememberCommand(SqliteSession session, CustomerId customer, CommandId command, long now)
    {
        session["insert into commands (customer_id, command_id, at) values ($customer, $command, $now)"]
            .Set("$customer", customer.Value).Set("$command", command.Value).Set("$now", now)
            .Execute();
        session["delete from commands where number in (select number from commands order by number limit 2) and at < $old"]
            .Set("$old", now - Micros.Of(CommandKept))
            .Execute();
    }

    private static void NoteSeen(SqliteSession session, ConversationChanges changes)
    {
        DateTimeOffset? seen = null;
        foreach (var message in changes.Messages)
            if (message.Author.Kind == ActorKind.Customer && (seen is null || message.At > seen))
                seen = message.At;

        if (seen is not null)
            session["update customers set last_seen_at = $seen where id = $customer and last_seen_at < $seen"]
                .Set("$customer", changes.Conversation.Customer.Value).Set("$seen", seen)
                .Execute();
    }
}
