using FteAgent.Customers;

namespace FteAgent.Channels;

/// <summary>Remembers how far customers have read on our own pages, so that an answer that nobody saw goes by email.</summary>
public interface ISeenMarks
{
    /// <summary>The customer has seen everything up to this place. It never goes back.</summary>
    Task Mark(CustomerId customer, long sequence, CancellationToken cancellationToken);

    /// <summary>How far the customer has read; 0 when nothing was seen.</summary>
    Task<long> Find(CustomerId customer, CancellationToken cancellationToken);
}
