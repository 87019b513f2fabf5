using FteAgent.Customers;

namespace FteAgent.Channels;

/// <summary>Makes what opens a customer's conversation on our pages, for a link that only they are sent.</summary>
public interface IConversationTokens
{
    /// <summary>The token that opens this conversation. Whoever has it reads and writes there, so it goes into no log.</summary>
    ValueTask<string> Issue(CustomerId customer, CancellationToken cancellationToken);
}
