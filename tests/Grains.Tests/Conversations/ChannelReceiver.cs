using System.Collections.Concurrent;
using System.Text.Json;
using FteAgent.Channels;

namespace FteAgent.Conversations;

/// <summary>Stands for the provider of a channel: keeps what was taken, and answers as a test says.</summary>
internal sealed class ChannelReceiver(string destination) : IChannelSender
{
    public ConcurrentQueue<(OutboxItem Item, OutboundMessage Message)> Taken { get; } = new();

    /// <summary>How it takes the next ones; by default well.</summary>
    public Func<OutboundMessage, SendResult> Take { get; set; } = _ => SendResult.Sent;

    /// <summary>What the sender does before it hands a message on; by default nothing.</summary>
    public Func<OutboxItem, OutboundMessage, Task> Noted { get; set; } = (_, _) => Task.CompletedTask;

    public string Destination => destination;

    public IEnumerable<string> Texts => Taken.Select(taken => taken.Message.Text);

    public async Task<SendResult> Send(OutboxItem item, CancellationToken cancellationToken)
    {
        var message = JsonSerializer.Deserialize<OutboundMessage>(item.Payload, OutboundMessage.Json)!;
        await Noted(item, message);
        var result = Take(message);
        if (result.Outcome is SendOutcome.Sent)
            Taken.Enqueue((item, message));
        return result;
    }
}
