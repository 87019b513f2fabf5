using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Channels;

/// <summary>
/// The road by which customers' messages come in. A deployment has one: straight into the record (<see cref="ChannelIntake"/>), or through
/// Kafka, whose consumer then brings them. Never both at once, so that a customer's messages stay in order.
/// </summary>
public interface IInboundRoad
{
    /// <summary>The health check that says whether a message could be stored now: the record's own, unless something else makes it durable.</summary>
    string HealthCheck => "record";

    /// <summary>
    /// Whether what <see cref="Take"/> answers is the conversation's own answer. Where it is not, whoever brings a message looks first whether the
    /// conversation would take it, as far as that can be seen.
    /// </summary>
    bool IsAnswered => true;

    /// <summary>Whose a browser's session is, or whose it will be.</summary>
    /// <param name="session">The session, which is proved by being shown.</param>
    /// <param name="profile">What they said of themselves.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<CustomerId> CustomerOf(CustomerIdentifier session, CustomerProfile profile, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a message. It is durable when this returns: in the record, or held by all replicas of the broker. By the second road its
    /// <see cref="Accepted.Sequence"/> is 0, since it has no place in the conversation yet.
    /// </summary>
    /// <exception cref="RecordUnavailableException">Nothing was stored; the channel should bring it again.</exception>
    Task<Accepted> Take(InboundMessage inbound, CancellationToken cancellationToken);
}
