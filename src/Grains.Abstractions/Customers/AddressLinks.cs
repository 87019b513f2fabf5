using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Operators;

namespace FteAgent.Customers;

/// <summary>
/// How a customer shows that another address is theirs as well: a code is sent there, and they give it where they are. It never tells whether
/// an address is known to us: to whoever asks, a stranger's looks like anybody's.
/// </summary>
public sealed class AddressLinks(
    IIdentities identities, ISecretStore secrets, IConversationStore store, ConversationCalls conversations, ILiveSignals live,
    IEnumerable<IChannelSender> senders, TimeProvider time)
{
    /// <summary>How long a code holds.</summary>
    public static readonly TimeSpan ValidFor = TimeSpan.FromMinutes(15);

    /// <summary>How many digits a code has.</summary>
    public const int CodeLength = 6;

    private const string SecretName = "identifier-code";
    private const int SecretBytes = 32;
    private const int LongestRequest = 400;
    private const string Link = "link ";
    private const string NeedsPerson = "I gave the right code for an address that belongs to another conversation, too:";
    private byte[]? secret;

    /// <summary>Sends a code to an address that the customer says is theirs.</summary>
    /// <param name="customer">Who asks.</param>
    /// <param name="kind">The address' kind.</param>
    /// <param name="address">The address in its normal form.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <returns><see cref="LinkOutcome.CodeSent"/>, <see cref="LinkOutcome.TooMany"/> or <see cref="LinkOutcome.Unreachable"/>.</returns>
    public async Task<LinkOutcome> Ask(CustomerId customer, IdentifierKind kind, string address, CancellationToken cancellationToken)
    {
        if (ChannelOf(kind) is not { } channel)
            return LinkOutcome.Unreachable;
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        if (!await identities.Ask(customer, kind, address, await Hash(customer, code, cancellationToken), ValidFor, cancellationToken))
            return LinkOutcome.TooMany;
        var command = CommandId.Mint(time);
        var sent = await conversations.Act(customer, grain => grain.SendCode(command, channel, address, code), cancellationToken);
        return sent.Outcome is ActOutcome.Done ? LinkOutcome.CodeSent : LinkOutcome.Unreachable;
    }

    /// <summary>The customer gives a code.</summary>
    public async Task<ProofResult> Prove(CustomerId customer, string code, CancellationToken cancellationToken)
    {
        var result = await identities.Prove(customer, await Hash(customer, code, cancellationToken), cancellationToken);
        if (result.Outcome is ProofOutcome.Merged)
        {
            // Those who follow either see the other from now on.
            live.Wake(customer);
            live.Wake(result.Customer);
        }
        else if (result.Outcome is ProofOutcome.NeedsPerson)
        {
            var command = CommandId.Mint(time);
            await conversations.Act(customer, grain => grain.RequestPerson(command, $"{NeedsPerson} {result.Value}"), cancellationToken);
        }

        return result;
    }

    /// <summary>
    /// Looks whether what a customer typed is a code, or the wish for one (<c>link name@example.com</c>), and does it. Null for a message. One that
    /// was brought before is a message too: the conversation knows it.
    /// </summary>
    /// <param name="customer">Who typed it.</param>
    /// <param name="channel">Where.</param>
    /// <param name="channelMessageId">Under which id.</param>
    /// <param name="text">What.</param>
    /// <param name="mayAsk">Whether they may have codes sent: the channel vouches for who they are.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    public async Task<LinkOutcome?> Typed(
        CustomerId customer, Channel channel, string channelMessageId, string text, bool mayAsk, CancellationToken cancellationToken)
    {
        var words = text.AsSpan().Trim();
        var isCode = words.Length == CodeLength && !words.ContainsAnyExceptInRange('0', '9');
        var asks = mayAsk && words.Length <= LongestRequest && words.StartsWith(Link, StringComparison.OrdinalIgnoreCase);
        if (!isCode && !asks)
            return null;
        var (kind, address) = (default(IdentifierKind), "");
        if (asks && !CustomerAddress.TryRead(words[Link.Length..].ToString(), out kind, out address))
            return null;

        var said = words.ToString();
        if (await store.FindDelivered(channel, channelMessageId, cancellationToken) is not null)
            return null;
        if (asks)
            return await Ask(customer, kind, address, cancellationToken);
        return (await Prove(customer, said, cancellationToken)).Outcome switch
        {
            ProofOutcome.Proved => LinkOutcome.Proved,
            ProofOutcome.Merged => LinkOutcome.Merged,
            ProofOutcome.NeedsPerson => LinkOutcome.NeedsPerson,
            ProofOutcome.Wrong => LinkOutcome.Wrong,
            _ => null,
        };
    }

    /// <summary>The channel that reaches addresses of this kind, if this deployment has it.</summary>
    public Channel? ChannelOf(IdentifierKind kind)
    {
        var (channel, destination) = kind switch
        {
            IdentifierKind.Email => (Channel.Email, OutboundMessage.Email),
            IdentifierKind.Phone => (Channel.WhatsApp, OutboundMessage.WhatsApp),
            _ => (default, ""),
        };
        return senders.Any(sender => sender.Destination == destination) ? channel : null;
    }

    // The customer is part of it: the same code of two customers is kept as two different hashes.
    private async Task<byte[]> Hash(CustomerId customer, string code, CancellationToken cancellationToken) =>
        HMACSHA256.HashData(
            secret ??= await secrets.GetOrCreate(SecretName, SecretBytes, cancellationToken), Encoding.UTF8.GetBytes($"{customer}\n{code}"));
}
