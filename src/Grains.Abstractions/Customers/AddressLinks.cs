using System.Buffers.Binary;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Operators;
using FteAgent.Telemetry;

namespace FteAgent.Customers;

/// <summary>
/// How a customer shows that another address is theirs as well: a code is sent there, and they give it where they are. It never tells whether
/// an address is known to us: to whoever asks, a stranger's looks like anybody's.
/// </summary>
public sealed class AddressLinks(
    IIdentities identities, ISecretStore secrets, IConversationStore store, ConversationCalls conversations, ILiveSignals live,
    IEnumerable<IChannelSender> senders, TimeProvider time, IMeterFactory? meters = null)
{
    /// <summary>How long a code holds.</summary>
    public static readonly TimeSpan ValidFor = TimeSpan.FromMinutes(15);

    /// <summary>How many digits a code has.</summary>
    public const int CodeLength = 6;

    private const int Codes = 1_000_000;
    private const string CodeFormat = "D6";
    private const string SecretName = "identifier-code";
    private const int SecretBytes = 32;
    private const int LongestRequest = 400;
    private const string Link = "link ";
    private const string NeedsPerson = "I gave the right code for an address that belongs to another conversation, too:";
    private readonly Counter<long>? given = meters?.Create(Traces.Name).CreateCounter<long>(
        "fte.codes.given", "{code}", "Codes to addresses that customers gave, by how they ended.");
    private byte[]? secret;

    /// <summary>Sends a code to an address that the customer says is theirs.</summary>
    /// <param name="customer">Who asks.</param>
    /// <param name="kind">The address' kind.</param>
    /// <param name="address">The address in its normal form.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    /// <returns><see cref="LinkOutcome.CodeSent"/>, <see cref="LinkOutcome.TooMany"/> or <see cref="LinkOutcome.Unreachable"/>.</returns>
    public Task<LinkOutcome> Ask(CustomerId customer, IdentifierKind kind, string address, CancellationToken cancellationToken) => Ask(
        customer, kind, address, RandomNumberGenerator.GetInt32(Codes).ToString(CodeFormat, CultureInfo.InvariantCulture), CommandId.Mint(time), null, cancellationToken);

    /// <summary>The customer gives a code on a page.</summary>
    /// <param name="customer">Who gives it.</param>
    /// <param name="code">The code.</param>
    /// <param name="isKnown">Whether they have shown before that they are this customer: <see cref="IIdentities.Prove"/>.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    public Task<ProofResult> Prove(CustomerId customer, string code, bool isKnown, CancellationToken cancellationToken) =>
        Prove(customer, code, isKnown, CommandId.Mint(time), null, cancellationToken);

    /// <summary>
    /// Looks whether what a customer typed is a code, or the wish for one (<c>link name@example.com</c>), and does it. Null for a message. A wish
    /// that was brought before is a message too: the conversation knows it. One that is brought again before the conversation knows it, and a code
    /// whenever it is brought again, ends as it did the first time, and nothing is done twice; other digits that come under the id of a message that
    /// the conversation knows are looked at by nobody. Where a merge of the customer's was undone, it is not
    /// told again how a code ended: what was shown by it may count no more.
    /// </summary>
    /// <param name="customer">Who typed it.</param>
    /// <param name="channel">Where.</param>
    /// <param name="channelMessageId">Under which id.</param>
    /// <param name="text">What.</param>
    /// <param name="mayAsk">Whether they may have codes sent: the channel vouches for who they are.</param>
    /// <param name="isKnown">Whether they have shown that they are this customer.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    public async Task<LinkStep?> Typed(
        CustomerId customer, Channel channel, string channelMessageId, string text, bool mayAsk, bool isKnown, CancellationToken cancellationToken)
    {
        var words = text.AsSpan().Trim();
        var isCode = IsCode(words);
        var asks = mayAsk && words.Length <= LongestRequest && words.StartsWith(Link, StringComparison.OrdinalIgnoreCase);
        if (!isCode && !asks)
            return null;
        var (kind, address) = (default(IdentifierKind), "");
        if (asks && !CustomerAddress.TryRead(words[Link.Length..].ToString(), out kind, out address))
            return null;

        var said = words.ToString();
        if (await store.FindDelivered(channel, channelMessageId, cancellationToken) is { } known)
            // Other digits under the same id are no code: nothing of what they did could be seen in the conversation.
            return isCode && await IsTold(customer, known.Message, cancellationToken)
                ? Step(await identities.Given(await Bringing(channel, channelMessageId, said, cancellationToken), cancellationToken))
                : null;
        if (isKnown)
            customer = await identities.Canonical(customer, cancellationToken);
        var message = isCode ? await Bringing(channel, channelMessageId, said, cancellationToken) : MessageId.Of(channel, channelMessageId);
        // Whoever brings the message again brings the same command, and so the conversation does it once.
        var command = new CommandId(MessageId.Of(channel, $"link\n{channelMessageId}").Value);
        if (asks)
            return new(await Ask(customer, kind, address, await CodeOf(message, cancellationToken), command, message, cancellationToken));
        return Step(await Prove(customer, said, isKnown, command, message, cancellationToken));
    }

    /// <summary>Whether a message may be a code: it is six digits and nothing else.</summary>
    public static bool MayBeCode(string text) => IsCode(text.AsSpan().Trim());

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

    private static LinkStep? Step(ProofResult? result) => result?.Outcome switch
    {
        ProofOutcome.Proved => new(LinkOutcome.Proved, result.Customer),
        ProofOutcome.Merged => new(LinkOutcome.Merged, result.Customer),
        ProofOutcome.NeedsPerson => new(LinkOutcome.NeedsPerson),
        ProofOutcome.OtherAddress => new(LinkOutcome.OtherAddress),
        ProofOutcome.Wrong => new(LinkOutcome.Wrong),
        _ => null,
    };

    private static bool IsCode(ReadOnlySpan<char> words) => words.Length == CodeLength && !words.ContainsAnyExceptInRange('0', '9');

    private async Task<LinkOutcome> Ask(
        CustomerId customer, IdentifierKind kind, string address, string code, CommandId command, MessageId? message, CancellationToken cancellationToken)
    {
        if (ChannelOf(kind) is not { } channel)
            return LinkOutcome.Unreachable;
        if (!await identities.Ask(customer, kind, address, await Hash(customer, code, cancellationToken), ValidFor, message, cancellationToken))
            return LinkOutcome.TooMany;
        var sent = await conversations.Act(customer, grain => grain.SendCode(command, channel, address, code), cancellationToken);
        return sent.Outcome is ActOutcome.Done ? LinkOutcome.CodeSent : LinkOutcome.Unreachable;
    }

    private async Task<ProofResult> Prove(
        CustomerId customer, string code, bool isKnown, CommandId command, MessageId? message, CancellationToken cancellationToken)
    {
        var result = await identities.Prove(customer, await Hash(customer, code, cancellationToken), isKnown, message, cancellationToken);
        given?.Add(1, new KeyValuePair<string, object?>("outcome", JsonNamingPolicy.SnakeCaseLower.ConvertName(result.Outcome.ToString())));
        if (result.Outcome is ProofOutcome.Merged)
        {
            // Those who follow either see the other from now on.
            live.Wake(customer);
            live.Wake(result.Customer);
        }
        else if (result.Outcome is ProofOutcome.NeedsPerson)
        {
            await conversations.Act(customer, grain => grain.RequestPerson(command, $"{NeedsPerson} {result.Value}"), cancellationToken);
        }

        return result;
    }

    /// <summary>Whether it is told again how the code ended that the conversation knows by this message: whoever gave it may not have heard of it.</summary>
    private async Task<bool> IsTold(CustomerId customer, Message known, CancellationToken cancellationToken) =>
        known is { Kind: MessageKind.Notice, Author.Kind: ActorKind.Customer }
        && known.At > time.GetUtcNow() - TimeSpan.FromDays(IIdentities.OutcomeKeptDays)
        && (await store.Load(customer, cancellationToken)).Parted == 0;

    /// <summary>
    /// The message that brings a code, as the record remembers it: with the code in it, so that whoever has the message's key alone is told nothing.
    /// Nobody can tell the code from it who lacks the secret.
    /// </summary>
    private async Task<MessageId> Bringing(Channel channel, string channelMessageId, string code, CancellationToken cancellationToken)
    {
        var hash = HMACSHA256.HashData(await Secret(cancellationToken), Encoding.UTF8.GetBytes($"given\n{channelMessageId}\n{code}"));
        return MessageId.Of(channel, $"given\n{Convert.ToHexStringLower(hash)}");
    }

    /// <summary>The code that a message asks for: nobody can tell it who lacks the secret, and the same message asks for the same one.</summary>
    private async Task<string> CodeOf(MessageId message, CancellationToken cancellationToken)
    {
        var hash = HMACSHA256.HashData(await Secret(cancellationToken), Encoding.UTF8.GetBytes($"code\n{message}"));
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) % Codes).ToString(CodeFormat, CultureInfo.InvariantCulture);
    }

    // The customer is part of it: the same code of two customers is kept as two different hashes.
    private async Task<byte[]> Hash(CustomerId customer, string code, CancellationToken cancellationToken) =>
        HMACSHA256.HashData(await Secret(cancellationToken), Encoding.UTF8.GetBytes($"{customer}\n{code}"));

    private async ValueTask<byte[]> Secret(CancellationToken cancellationToken) =>
        secret ??= await secrets.GetOrCreate(SecretName, SecretBytes, cancellationToken);
}

/// <summary>What a customer did by typing a code, or the wish for one.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Proved">With whom contact goes on, where they have shown that an address is theirs.</param>
public sealed record LinkStep(LinkOutcome Outcome, CustomerId? Proved = null);
