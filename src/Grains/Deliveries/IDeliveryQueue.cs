using FteAgent.Customers;

namespace FteAgent.Deliveries;

/// <summary>Told that a conversation may have something to send.</summary>
internal interface IDeliveryQueue
{
    /// <summary>Returns at once; what is lost here is found in the record by the sweeper.</summary>
    void Enqueue(CustomerId customer);
}
