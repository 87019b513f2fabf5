using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using FteAgent.Conversations;

namespace FteAgent.Channels;

/// <summary>
/// A message of ours as it goes out by a channel, or a part of one: the payload of outbox items for <see cref="Email"/>, <see cref="WhatsApp"/>
/// and <see cref="Unseen"/>. Its words are final; the sender only puts them into the channel's own form.
/// </summary>
/// <param name="Message">The message.</param>
/// <param name="Sequence">Its place in the conversation.</param>
/// <param name="ReplyTo">The customer's message that it answers; null when it is not known, and the latest by that channel counts.</param>
/// <param name="TicketId">The matter.</param>
/// <param name="Text">The words.</param>
/// <param name="Part">Which part of the message: 1, 2, 3 …</param>
/// <param name="Parts">How many parts it has.</param>
/// <param name="Address">To whom, where that is not the one who wrote: a code for a new address.</param>
/// <param name="Subject">What it is about, where there is no mail that it answers.</param>
public sealed record OutboundMessage(
    MessageId Message, long Sequence, MessageId? ReplyTo, string TicketId, string Text, int Part = 1, int Parts = 1, string? Address = null, string? Subject = null)
{
    /// <summary>The outbox destination of mails.</summary>
    public const string Email = "email";

    /// <summary>The outbox destination of WhatsApp messages.</summary>
    public const string WhatsApp = "whatsapp";

    /// <summary>The outbox destination of answers on our own pages, which go by email when nobody has seen them in time.</summary>
    public const string Unseen = "unseen";

    /// <summary>The cause of a message that a channel no longer takes because the customer wrote too long ago: it goes by email instead.</summary>
    public const string OutsideWindow = "outside_window";

    /// <summary>The cause of an answer on our own pages that nobody sees: they show a merged conversation to whoever proved who they are.</summary>
    public const string NotShown = "the page does not show what was said after a merge, and the customer has proved no mail address";

    /// <summary>How it is written: snake case throughout.</summary>
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>
    /// The act of telling a conversation that a message will not arrive by a destination: one, however many of its parts fail and whoever
    /// finds out. A code is no message, so there it is one for each item.
    /// </summary>
    public static CommandId Undeliverable(string destination, MessageId message, Guid item) =>
        ActOf(message == MessageId.None ? $"undeliverable\n{destination}\n{item:N}" : $"undeliverable\n{destination}\n{message}");

    /// <summary>The act of telling a conversation that an item is late: one, however often that is told.</summary>
    public static CommandId Delayed(Guid item) => ActOf($"delayed\n{item:N}");

    /// <summary>Which channel a destination sends by; null for one that is no channel.</summary>
    public static Channel? ChannelOf(string destination) => destination switch
    {
        Email or Unseen => Channel.Email,
        WhatsApp => Channel.WhatsApp,
        _ => null,
    };

    /// <summary>A version 8 UUID (RFC 9562, section 5.8) of the SHA-256 of what it is about.</summary>
    private static CommandId ActOf(string about)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(about), hash);
        hash[6] = (byte)(hash[6] & 0x0F | 0x80);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return new(new Guid(hash[..16], bigEndian: true));
    }
}
