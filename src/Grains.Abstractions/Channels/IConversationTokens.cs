using FteAgent.Customers;

namespace FteAgent.Channels;

/// <summary>Makes what opens a customer's conversation on our pages, for a link that only they are sent.</summary>
public interface IConversationTokens
{
    /// <summary>
    /// The token for a link that is mailed. Whoever has it reads and writes there, so it goes into no log. One that goes to a proved address
    /// leads to wherever the customer's contact goes on. One that goes to an address that was only typed, which may be a stranger's, opens this
    /// customer's own conversation, and ends after a week.
    /// </summary>
    /// <param name="customer">Whose conversation.</param>
    /// <param name="isProved">Whether the address that the link goes to was proved to be theirs.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    ValueTask<string> IssueLink(CustomerId customer, bool isProved, CancellationToken cancellationToken);
}
