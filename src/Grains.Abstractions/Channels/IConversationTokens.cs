using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Channels;

/// <summary>Makes what opens a customer's conversation on our pages, for a link that only they are sent.</summary>
public interface IConversationTokens
{
    /// <summary>
    /// The token for a link that is mailed. Whoever has it reads and writes there for a week, so it goes into no log. One that goes to a proved
    /// address leads to wherever the customer's contact goes on, until a merge of theirs is undone. One that goes to an address that was only
    /// typed, which may be a stranger's, opens this customer's own conversation.
    /// </summary>
    /// <param name="customer">Whose conversation; where the address was proved, whose that is whoever they are one with: <see cref="AddressHome"/>.</param>
    /// <param name="parted">
    /// Where the address that the link goes to was proved: how often a merge of theirs was undone (<see cref="Conversation.Parted"/>). Null where
    /// it was not.
    /// </param>
    /// <param name="cancellationToken">Ends the call early.</param>
    ValueTask<string> IssueLink(CustomerId customer, long? parted, CancellationToken cancellationToken);
}
