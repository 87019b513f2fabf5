using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Learning;

/// <summary>What those who read an answer say of it. Whether it was theirs to read is looked at before.</summary>
public interface IFeedback
{
    /// <summary>Notes whether an answer helped. The last word on each answer counts; nothing is noted for a customer who was erased.</summary>
    Task Note(Feedback feedback, CancellationToken cancellationToken);

    /// <summary>What was said last of the answers in these conversations; of the latest <see cref="ReadLimit"/>.</summary>
    Task<ImmutableDictionary<MessageId, bool>> Read(ImmutableArray<CustomerId> conversations, CancellationToken cancellationToken);

    /// <summary>How much is read at once: as many as a page shows messages.</summary>
    const int ReadLimit = 1_000;
}

/// <summary>What somebody says of an answer.</summary>
/// <param name="Conversation">In whose conversation it stands.</param>
/// <param name="Message">The answer.</param>
/// <param name="Sequence">Its place.</param>
/// <param name="Helpful">Whether it helped.</param>
public sealed record Feedback(CustomerId Conversation, MessageId Message, long Sequence, bool Helpful);
