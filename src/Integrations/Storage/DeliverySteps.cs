using FteAgent.Channels;

namespace FteAgent.Storage;

/// <summary>Which way a delivery goes. Providers tell of its steps late, twice and out of order.</summary>
internal static class DeliverySteps
{
    /// <summary>From which steps a delivery may come to this one: it never goes back, and what has arrived cannot fail any more.</summary>
    public static IEnumerable<DeliveryStatus> Before(DeliveryStatus status) => status switch
    {
        DeliveryStatus.Failed => [DeliveryStatus.Queued, DeliveryStatus.Sent],
        _ => Enum.GetValues<DeliveryStatus>().Where(earlier => earlier < status),
    };
}
