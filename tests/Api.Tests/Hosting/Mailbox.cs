using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Testing;

namespace FteAgent.Api.Hosting;

/// <summary>Takes what goes out by mail, and finds the code in it as its reader would.</summary>
internal sealed partial class Mailbox : IChannelSender
{
    private readonly ConcurrentQueue<(string Address, string Text)> mails = new();

    public string Destination => OutboundMessage.Email;

    public Task<SendResult> Send(OutboxItem item, CancellationToken cancellationToken)
    {
        var mail = JsonSerializer.Deserialize<OutboundMessage>(item.Payload, OutboundMessage.Json)!;
        mails.Enqueue((mail.Address ?? "", mail.Text));
        return Task.FromResult(SendResult.Sent);
    }

    /// <summary>The code that was sent to this address, once it is there: the first one, or a later one.</summary>
    public async Task<string> Code(string address, int number = 1)
    {
        var mail = await Eventually.Get(() => Task.FromResult(mails.Where(mail => mail.Address == address).ElementAtOrDefault(number - 1).Text ?? ""), text => text.Length > 0);
        var code = SixDigits().Match(mail).Value;
        TestLogs.Secret(code);
        return code;
    }

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex SixDigits();
}
