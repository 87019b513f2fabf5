using FteAgent.Conversations;

namespace FteAgent.Answering;

/// <summary>What drafting starts from: the conversation as committed, which nothing can change any more.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Exchange">Its open exchange.</param>
internal sealed record ExchangeSnapshot(Conversation Conversation, Exchange Exchange);

/// <summary>Takes exchanges to be drafted on this silo.</summary>
internal interface IExchangeQueue
{
    /// <summary>
    /// Drafts this exchange when its time has come, in place of an older snapshot of the same conversation. Returns at once. What
    /// cannot be taken (full, or stopping) is left to the sweeper, which finds it in the record.
    /// </summary>
    void Enqueue(ExchangeSnapshot snapshot);
}
