using System.Collections.Concurrent;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Kafka;

/// <summary>Customers who write through Kafka one message after another, each again until it is acknowledged, as pages do after a 503.</summary>
internal sealed class RoadLoad(IInboundRoad road, int customers, int each)
{
    private static readonly TimeSpan AgainAfter = TimeSpan.FromMilliseconds(200);
    private int refusals;

    /// <summary>The channel's ids of what was acknowledged.</summary>
    public ConcurrentBag<string> Acknowledged { get; } = [];

    /// <summary>How often somebody was told to come again.</summary>
    public int Refusals => refusals;

    public Task Run() => Task.WhenAll(Enumerable.Range(0, customers).Select(Write));

    private async Task Write(int customer)
    {
        for (var number = 0; number < each; number++)
        {
            var id = $"c{customer}/{number}";
            var session = new CustomerIdentifier(IdentifierKind.WebSession, $"web:{customer}", Proved: true);
            var message = new InboundMessage(Channel.Web, id, new(session.Kind, session.Value, true), $"Question {number}", TimeProvider.System.GetUtcNow())
            {
                Identity = session,
                Customer = CustomerId.New(session, TimeProvider.System),
            };
            while (!await Taken(message))
                await Task.Delay(AgainAfter);
            Acknowledged.Add(id);
            await Task.Delay(20);
        }
    }

    private async Task<bool> Taken(InboundMessage message)
    {
        try
        {
            await road.Take(message, default);
            return true;
        }
        catch (RecordUnavailableException)
        {
            Interlocked.Increment(ref refusals);
            return false;
        }
    }
}
