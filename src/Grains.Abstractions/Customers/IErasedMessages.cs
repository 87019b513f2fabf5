using FteAgent.Conversations;

namespace FteAgent.Customers;

/// <summary>
/// Which messages were erased lately, by their ids alone. What carries messages may bring one again after its customer was erased, and then it must
/// not begin a customer anew.
/// </summary>
public interface IErasedMessages
{
    /// <summary>For how long it is known: as long as anything that brings messages keeps them.</summary>
    static readonly TimeSpan KeptFor = TimeSpan.FromDays(7);

    /// <summary>Whether this message of a customer was erased with them.</summary>
    Task<bool> Has(MessageId message, CancellationToken cancellationToken);
}
