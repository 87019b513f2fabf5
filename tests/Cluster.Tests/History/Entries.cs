namespace FteAgent.Cluster.History;

/// <summary>A 2xx for a message: from now on it must never be lost. Sent again, it is accepted again, and still one message.</summary>
/// <param name="Conversation">Whose, as 32 hexadecimal digits.</param>
/// <param name="Author">Who wrote it: customer or operator.</param>
/// <param name="Mark">The word that only this message has.</param>
/// <param name="MessageId">The id that it was given, where the answer tells it.</param>
/// <param name="Sequence">The place that it was given, where the answer tells it.</param>
/// <param name="SentAt">When this delivery of it was first sent, in ticks of one clock.</param>
/// <param name="AcceptedAt">When the sender had the answer.</param>
internal sealed record Acceptance(string Conversation, string Author, string Mark, string? MessageId, long? Sequence, long SentAt, long AcceptedAt);

/// <summary>A message as a reader was shown it.</summary>
/// <param name="Conversation">The conversation that the reader has opened.</param>
/// <param name="Reading">Which reading: one stream from its start to its end, or one transcript.</param>
/// <param name="Sequence">Its place.</param>
/// <param name="MessageId">Its id.</param>
/// <param name="Text">Its words.</param>
/// <param name="Raw">All that was shown of it.</param>
internal sealed record Showing(string Conversation, string Reading, long Sequence, string MessageId, string Text, string Raw);

/// <summary>Something else that a reader was shown of a conversation: its state, its tickets, the operators' view.</summary>
internal sealed record Glimpse(string Conversation, string Reading, string Raw);

/// <summary>A reading that had its time: it must have shown everything up to there.</summary>
/// <param name="Conversation">The conversation that was read.</param>
/// <param name="Reading">Which reading.</param>
/// <param name="Through">How far the record went before the reading ended.</param>
internal sealed record Whole(string Conversation, string Reading, long Through);

/// <summary>What a conversation still waited for when the fleet had had its time and nobody had helped.</summary>
internal sealed record Undone(string Conversation, string What);

/// <summary>What the support team's own address received.</summary>
/// <param name="Id">The stable id that it bore.</param>
/// <param name="Body">What it said.</param>
internal sealed record Arrival(string Id, string Body);

/// <summary>A message in the record.</summary>
internal sealed record StoredMessage(
    string Conversation, long Sequence, string Id, string Author, string Kind, string Text, string? Citations, string? Exchange, string? Notice, DateTimeOffset At);

/// <summary>A conversation in the record.</summary>
internal sealed record StoredConversation(string Id, long LastSequence, long DecidedThrough, bool HasExchange);

/// <summary>Something to be sent, in the record.</summary>
internal sealed record StoredDelivery(string Id, string Conversation, string Destination, long Sequence, string Payload, bool IsSent, bool IsGivenUp);

/// <summary>The record as it was found at the end.</summary>
internal sealed record StoredRecord(
    IReadOnlyList<StoredConversation> Conversations, IReadOnlyList<StoredMessage> Messages, IReadOnlyList<StoredDelivery> Deliveries);
