using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Kafka;

/// <summary>
/// Takes what was consumed straight into the record, whichever road messages come in by: what came by the road is not put on it again. A topic keeps
/// a message for days, and may bring it once more when its customer was erased meanwhile; that is not one who begins anew.
/// </summary>
internal sealed class RecordIntake(ChannelIntake intake, IErasedMessages erased)
{
    /// <summary>Takes it, unless it was erased.</summary>
    public async Task<Accepted> Take(InboundMessage inbound, CancellationToken cancellationToken) =>
        inbound.Id is { } id && await erased.Has(id, cancellationToken).ConfigureAwait(false)
            ? new(AcceptOutcome.NoCustomer, id, 0, inbound.TicketId ?? Tickets.TicketId.Of(id), inbound.ReceivedAt)
            : await intake.Take(inbound, cancellationToken).ConfigureAwait(false);
}
