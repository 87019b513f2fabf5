namespace FteAgent.Cluster.History;

/// <summary>
/// Whose turn it is, as a conversation's messages are walked from the first to the last: the assistant's, that of an operator who holds
/// it, or that of a person who is awaited. Told from the notices that the customer was given.
/// </summary>
internal sealed class Course
{
    /// <summary>An operator has it: what the customer writes is theirs to answer.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>A person is awaited: the assistant may answer, and may be silent.</summary>
    public bool IsAwaited { get; private set; }

    /// <summary>Whether the assistant owes no answer to what the customer writes now.</summary>
    public bool IsForPerson => IsHeld || IsAwaited;

    /// <summary>Goes on by one message, and tells whether that one settles all that was open before it.</summary>
    public bool Pass(StoredMessage message)
    {
        switch (message.Notice)
        {
            case "escalated":
                (IsHeld, IsAwaited) = (false, true);
                return true;
            case "claimed":
                IsHeld = true;
                return true;
            case "handed_back" or "resolved":
                (IsHeld, IsAwaited) = (false, false);
                return true;
            case "answer_expected":
                // Of a holder who was silent too long nothing else is said than this, and it settles nothing.
                IsHeld = false;
                return false;
            default:
                // A cool-down promises an answer to all messages, and does not give it.
                return false;
        }
    }
}
