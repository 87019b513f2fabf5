using System.Security.Cryptography;
using System.Text;

namespace FteAgent.Conversations;

/// <summary>A message's id, minted once by whoever first sees it and reused on every retry.</summary>
/// <param name="Value">A version 7 UUID.</param>
[GenerateSerializer, Immutable, Alias("fte.message-id")]
public readonly record struct MessageId([property: Id(0)] Guid Value)
{
    /// <summary>The id of what is no message of any conversation: a code that goes to an address which is not the customer's yet.</summary>
    public static MessageId None => default;

    /// <summary>Makes a new id.</summary>
    public static MessageId Mint(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    /// <summary>
    /// The id of a message that comes by a channel with ids of its own: it follows from them, so whoever brings it again brings the same one,
    /// and what is kept beside it is kept once. A version 8 UUID (RFC 9562, section 5.8) of the SHA-256 of channel and id.
    /// </summary>
    public static MessageId Of(Channel channel, string channelMessageId)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{channel}\n{channelMessageId}"), hash);
        hash[6] = (byte)(hash[6] & 0x0F | 0x80);
        hash[8] = (byte)(hash[8] & 0x3F | 0x80);
        return new(new Guid(hash[..16], bigEndian: true));
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("N");
}

/// <summary>One exchange: the messages to answer, and our response.</summary>
/// <param name="Value">A version 7 UUID.</param>
[GenerateSerializer, Immutable, Alias("fte.exchange-id")]
public readonly record struct ExchangeId([property: Id(0)] Guid Value)
{
    /// <summary>Makes a new id.</summary>
    public static ExchangeId Mint(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("N");
}

/// <summary>
/// One act upon a conversation, stored with its commit: a commit whose answer got lost is found again by it.
/// Minted by the caller and reused on every retry, so that an act repeated is an act done once.
/// </summary>
/// <param name="Value">A UUID.</param>
[GenerateSerializer, Immutable, Alias("fte.command-id")]
public readonly record struct CommandId([property: Id(0)] Guid Value)
{
    /// <summary>Makes a new id.</summary>
    public static CommandId Mint(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("N");
}
