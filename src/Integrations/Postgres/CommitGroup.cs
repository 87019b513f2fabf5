using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Storage;
using Npgsql;
using NpgsqlTypes;

namespace FteAgent.Postgres;

/// <summary>Sends a group of commits as one call of <c>fte.commit_with_traces</c>: one transaction, one round trip.</summary>
internal static class CommitGroup
{
    private static readonly CommitColumn<ConversationChanges>[] Members =
    [
        CommitColumn.Id<ConversationChanges>("p_customer", c => c.Conversation.Customer.Value),
        CommitColumn.Long<ConversationChanges>("p_expected", c => c.ExpectedVersion),
        CommitColumn.Id<ConversationChanges>("p_command", c => IsRememberedByItsMessage(c) ? null : c.Command.Value),
        CommitColumn.Long<ConversationChanges>("p_epoch", c => c.Conversation.Epoch),
        CommitColumn.Long<ConversationChanges>("p_last_sequence", c => c.Conversation.LastSequence),
        CommitColumn.Long<ConversationChanges>("p_decided_through", c => c.Conversation.DecidedThrough),
        CommitColumn.Id<ConversationChanges>("p_exchange", c => c.Conversation.Exchange?.Id.Value),
        CommitColumn.Time<ConversationChanges>("p_exchange_opened", c => c.Conversation.Exchange?.OpenedAt),
        CommitColumn.Long<ConversationChanges>("p_exchange_first", c => c.Conversation.Exchange?.FirstSequence),
        CommitColumn.Long<ConversationChanges>("p_exchange_last", c => c.Conversation.Exchange?.LastSequence),
        CommitColumn.Int<ConversationChanges>("p_exchange_restarts", c => c.Conversation.Exchange?.Restarts),
        CommitColumn.Due("p_exchange_draft", c => c.Conversation.Exchange?.DraftAt),
        CommitColumn.Due("p_exchange_due", c => c.Conversation.Exchange?.DueAt),
        CommitColumn.Int<ConversationChanges>("p_exchange_attempts", c => c.Conversation.Exchange?.Attempts),
        CommitColumn.Text<ConversationChanges>("p_worked_by", c => c.Conversation.Exchange?.WorkedBy),
        CommitColumn.Text<ConversationChanges>("p_exchange_trace", c => c.Conversation.Exchange?.Trace),
        CommitColumn.Id<ConversationChanges>("p_handoff", c => c.Conversation.Handoff?.By.Id),
        CommitColumn.Text<ConversationChanges>("p_handoff_name", c => c.Conversation.Handoff?.By.Name),
        CommitColumn.Time<ConversationChanges>("p_handoff_since", c => c.Conversation.Handoff?.Since),
        CommitColumn.Time<ConversationChanges>("p_handoff_reply", c => c.Conversation.Handoff?.ReplyDue),
        CommitColumn.Id<ConversationChanges>("p_escalation", c => c.Conversation.Escalation?.Id),
        CommitColumn.Time<ConversationChanges>("p_cool_down", c => c.Conversation.CoolDownAt),
        CommitColumn.Due("p_sla", c => c.Conversation.SlaDueAt),
        CommitColumn.Due("p_quiet", c => c.Conversation.QuietCloseAt),
        CommitColumn.Due("p_own_action", EarliestOwnDuty),
        CommitColumn.Double<ConversationChanges>("p_sentiment", c => Last(c.Messages, m => m.Sentiment)),
        CommitColumn.Time<ConversationChanges>("p_message_at", c => Latest(c.Messages, _ => true)),
        CommitColumn.Time<ConversationChanges>("p_wrote_at", WroteAt),
        CommitColumn.Time<ConversationChanges>("p_seen", SeenMinute),
    ];

    private static readonly CommitColumn<(CustomerId Customer, Message Message)>[] Messages =
    [
        CommitColumn.Id<(CustomerId Customer, Message Message)>("m_customer", m => m.Customer.Value),
        CommitColumn.Long<(CustomerId Customer, Message Message)>("m_sequence", m => m.Message.Sequence),
        CommitColumn.Id<(CustomerId Customer, Message Message)>("m_id", m => m.Message.Id.Value),
        CommitColumn.Enum<(CustomerId Customer, Message Message), ActorKind>("m_author", m => m.Message.Author.Kind),
        CommitColumn.Id<(CustomerId Customer, Message Message)>("m_operator", m => m.Message.Author.Operator?.Id),
        CommitColumn.Text<(CustomerId Customer, Message Message)>("m_operator_name", m => m.Message.Author.Operator?.Name),
        CommitColumn.Enum<(CustomerId Customer, Message Message), MessageKind>("m_kind", m => m.Message.Kind),
        CommitColumn.Text<(CustomerId Customer, Message Message)>("m_text", m => m.Message.Text),
        CommitColumn.Time<(CustomerId Customer, Message Message)>("m_at", m => m.Message.At),
        CommitColumn.Enum<(CustomerId Customer, Message Message), Channel>("m_channel", m => m.Message.Channel),
        CommitColumn.Text<(CustomerId Customer, Message Message)>("m_ticket", m => m.Message.TicketId?.Value),
        CommitColumn.Text<(CustomerId Customer, Message Message)>("m_citations", m => CitationJson.Write(m.Message.Citations)),
        CommitColumn.Text<(CustomerId Customer, Message Message)>("m_footer", m => m.Message.Footer),
        CommitColumn.Double<(CustomerId Customer, Message Message)>("m_sentiment", m => m.Message.Sentiment),
        CommitColumn.Enum<(CustomerId Customer, Message Message), Notice>("m_notice", m => m.Message.Notice),
        CommitColumn.Text<(CustomerId Customer, Message Message)>("m_channel_message", m => m.Message.ChannelMessageId),
        CommitColumn.Text<(CustomerId Customer, Message Message)>("m_rule", m => m.Message.Rule),
        CommitColumn.Text<(CustomerId Customer, Message Message)>("m_model", m => m.Message.Model),
        CommitColumn.Id<(CustomerId Customer, Message Message)>("m_exchange", m => m.Message.Exchange?.Value),
    ];

    private static readonly string Call = WriteCall();

    /// <summary>Commits them, and gives each its outcome, in their order. They come in order of customer, one for each.</summary>
    public static async Task<CommitOutcome[]> Send(NpgsqlConnection connection, IReadOnlyList<ConversationChanges> members, TimeSpan within)
    {
        var command = new NpgsqlCommand(Call, connection) { CommandTimeout = (int)Math.Ceiling(within.TotalSeconds) };
        await using (command.ConfigureAwait(false))
        {
            Fill(command.Parameters, members);
            var told = await command.ExecuteScalarAsync().ConfigureAwait(false) as int[];
            var outcomes = new CommitOutcome[members.Count];
            for (var i = 0; told is not null && i < outcomes.Length; i++)
                outcomes[i] = told[i] switch
                {
                    0 => CommitOutcome.Committed,
                    1 => CommitOutcome.VersionConflict,
                    _ => CommitOutcome.DuplicateMessage,
                };
            return outcomes;
        }
    }

    /// <summary>Whether the message that came in bears the command's id: its row is the memory of the command then, and no other is needed.</summary>
    internal static bool IsRememberedByItsMessage(ConversationChanges changes)
    {
        foreach (var message in changes.Messages)
            if (message.Id.Value == changes.Command.Value && message.ChannelMessageId is not null)
                return true;
        return false;
    }

    private static void Fill(NpgsqlParameterCollection parameters, IReadOnlyList<ConversationChanges> members)
    {
        foreach (var column in Members)
            parameters.Add(column.Of(members));

        var messages = new List<(CustomerId, Message)>(members.Count);
        foreach (var member in members)
            foreach (var message in member.Messages)
                messages.Add((member.Conversation.Customer, message));
        foreach (var column in Messages)
            parameters.Add(column.Of(messages));

        foreach (var document in (string?[])[CommitJson.Tickets(members), CommitJson.Escalations(members), CommitJson.Outbox(members)])
            parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Jsonb, Value = document is null ? DBNull.Value : document });
    }

    private static string WriteCall()
    {
        string[] names = [.. Members.Select(c => c.Name), .. Messages.Select(c => c.Name), "p_tickets", "p_escalations", "p_outbox"];
        return $"select fte.commit_with_traces({string.Join(", ", names.Select((name, i) => $"{name} => ${i + 1}"))})";
    }

    private static DateTimeOffset? EarliestOwnDuty(ConversationChanges changes)
    {
        var earliest = changes.Conversation.SlaDueAt;
        if (changes.Conversation.Exchange?.DueAt is { } exchange && (earliest is null || exchange < earliest))
            earliest = exchange;
        return changes.Conversation.QuietCloseAt is { } quiet && (earliest is null || quiet < earliest) ? quiet : earliest;
    }

    private static DateTimeOffset? WroteAt(ConversationChanges changes) => Latest(changes.Messages, m => m.Author.Kind == ActorKind.Customer);

    /// <summary>The minute in which the customer is seen now, where the record cannot know it from an earlier message of theirs.</summary>
    private static DateTimeOffset? SeenMinute(ConversationChanges changes)
    {
        if (WroteAt(changes) is not { } wrote)
            return null;
        var minute = Minute(wrote);
        var recent = changes.Conversation.Recent;
        for (var i = recent.Length - changes.Messages.Length - 1; i >= 0; i--)
            if (recent[i].Author.Kind == ActorKind.Customer)
                return Minute(recent[i].At) >= minute ? null : minute;
        return minute;
    }

    private static DateTimeOffset Minute(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    private static DateTimeOffset? Latest(ImmutableArray<Message> messages, Func<Message, bool> counts)
    {
        DateTimeOffset? latest = null;
        foreach (var message in messages)
            if (counts(message) && (latest is null || message.At > latest))
                latest = message.At;
        return latest;
    }

    private static double? Last(ImmutableArray<Message> messages, Func<Message, double?> pick)
    {
        for (var i = messages.Length - 1; i >= 0; i--)
            if (pick(messages[i]) is { } value)
                return value;
        return null;
    }
}
