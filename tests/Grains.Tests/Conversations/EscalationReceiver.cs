using System.Collections.Concurrent;
using System.Text.Json;

namespace FteAgent.Conversations;

/// <summary>Stands for the address that is told of escalations.</summary>
internal sealed class EscalationReceiver : IChannelSender
{
    private TaskCompletionSource? hold;

    public ConcurrentQueue<(Guid Id, EscalationNotice Notice)> Received { get; } = new();

    /// <summary>How it takes the next ones; by default well.</summary>
    public Func<OutboxItem, SendResult> Take { get; set; } = _ => SendResult.Sent;

    public string Destination => EscalationNotice.Destination;

    /// <summary>From now on sends stay on their way until <see cref="LetGo"/>.</summary>
    public void Hold() => hold = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void LetGo() => hold?.TrySetResult();

    public async Task<SendResult> Send(OutboxItem item, CancellationToken cancellationToken)
    {
        Received.Enqueue((item.Id, JsonSerializer.Deserialize<EscalationNotice>(item.Payload, EscalationNotice.Json)!));
        await (hold?.Task ?? Task.CompletedTask);
        return Take(item);
    }
}
