using System.Security.Cryptography;
using FteAgent.Api.Problems;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Tickets;
using Microsoft.AspNetCore.Http;

namespace FteAgent.Api.Support;

/// <summary>
/// From a checked request to the road by which messages come in. An address proves nothing, so whoever comes without a token starts a customer
/// of their own; the Idempotency-Key alone leads a retry back to the same one.
/// </summary>
internal sealed class SupportIntake(IInboundRoad road, ChannelIntake codes, OwnConversations conversations, ConversationTokens tokens, TimeProvider time)
{
    /// <summary>So long is waited for a record that is asked although a message needs none of it.</summary>
    private static readonly TimeSpan LookFor = TimeSpan.FromMilliseconds(500);

    /// <summary>The customer a request speaks for: the token's, the key's, or a new one. Null when the token is wrong.</summary>
    public async Task<Visitor?> Resolve(HttpRequest request, CustomerProfile profile, CancellationToken cancellationToken)
    {
        if (CustomerAuthentication.Token(request) is { } token)
            return await tokens.Read(token, cancellationToken) is { } known ? new(known.Customer, null, profile) { Token = token, Holder = known } : null;
        if (!IdempotencyKey.TryRead(request, out var key))
            throw IdempotencyKey.Invalid();
        var value = key is null ? $"web:{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}" : $"key:{IdempotencyKey.Hash(key)}";
        var session = new CustomerIdentifier(IdentifierKind.WebSession, value, Proved: true);
        return new(await road.CustomerOf(session, profile, cancellationToken), session, profile);
    }

    /// <summary>
    /// Takes a message. With it comes the token to go on with, where it was a code for an address: it opens the conversation in which whoever gave
    /// it goes on.
    /// </summary>
    public async Task<(Accepted Accepted, string? Proved)> Accept(HttpRequest request, Visitor visitor, string text, SupportForm? form)
    {
        if (!IdempotencyKey.TryRead(request, out var key))
            throw IdempotencyKey.Invalid();
        var minted = MessageId.Mint(time);
        // A client's key is unique for that client only, so the customer is part of what redeliveries are recognised by.
        var channelMessageId = $"{visitor.Customer}/{(key is null ? minted.ToString() : IdempotencyKey.Hash(key))}";
        var sender = new Sender(IdentifierKind.WebSession, visitor.Session?.Value ?? visitor.Customer.ToString(), Proved: true, visitor.Profile.Name);
        var inbound = new InboundMessage(Channel.Web, channelMessageId, sender, text, time.GetUtcNow())
        {
            // With a key the road sees to it that whoever sends it again is told the same ids.
            Id = key is null ? minted : null,
            Customer = visitor.Customer,
            OwnOnly = visitor.Holder?.Parted is null,
            Parted = visitor.Holder?.Parted,
            Identity = visitor.Session,
            Email = visitor.Profile.Email,
            Form = form,
        };
        var isCode = form is null && AddressLinks.MayBeCode(text);
        var cancellationToken = request.HttpContext.RequestAborted;
        if (visitor.Holder is { } holder && (isCode || !road.IsAnswered) && await Look(holder, cancellationToken) is { } own)
        {
            // It is said here what it is: by another road nobody would hear of it, and the token that it is good for would be lost.
            if (isCode && await codes.TakeCode(inbound with { OwnOnly = own.Followed.OwnOnly }, cancellationToken) is { } given)
                return (given, given.Proved is null ? null : await tokens.IssueProved(holder.Customer, own.Parted, cancellationToken));
            // What was taken before is told again as the conversation tells it.
            if (!road.IsAnswered && own.Followed.IsElsewhere && !await conversations.HasTaken(channelMessageId, cancellationToken))
                return (new(AcceptOutcome.Elsewhere, minted, 0, TicketId.Mint(time), inbound.ReceivedAt), null);
        }

        return (await road.Take(inbound, cancellationToken), null);
    }

    /// <summary>The answer to whoever opened a matter.</summary>
    public SubmitResponse Confirm(Accepted accepted, string token) => new(
        accepted.TicketId.Value,
        "We have your message. The assistant looks into it right away; the answer appears here.",
        InWords(accepted.ResponseDue - time.GetUtcNow()),
        token,
        $"/ticket/?id={accepted.TicketId}");

    /// <summary>What opens a visitor's conversation. Asked for before anything is stored: without it the answer would be of no use to them.</summary>
    public ValueTask<string> Token(Visitor visitor, CancellationToken cancellationToken) =>
        visitor.Token is { } shown ? new(shown) : tokens.Issue(visitor.Customer, cancellationToken);

    /// <summary>
    /// How the conversation stands; null where there is none, or nobody says in time. The road that is not the record takes messages without it: then
    /// six digits are words, since what they were good for could not be told, and what its conversation refuses is kept for a person.
    /// </summary>
    private async Task<OwnConversation?> Look(TokenHolder holder, CancellationToken cancellationToken)
    {
        if (road.IsAnswered)
            return await conversations.Find(holder, cancellationToken);
        using var limit = new CancellationTokenSource(LookFor, time);
        using var look = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await conversations.Find(holder, look.Token);
        }
        catch (RecordUnavailableException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private static string InWords(TimeSpan left) => Math.Ceiling(left.TotalMinutes) switch
    {
        <= 1 => "within a minute",
        <= 90 and var minutes => $"within {minutes:0} minutes",
        var minutes => $"within {Math.Ceiling(minutes / 60):0} hours",
    };
}

/// <summary>Whom a request speaks for.</summary>
/// <param name="Customer">The customer.</param>
/// <param name="Session">The session that has just begun, or that the key leads back to; null for whoever showed a token.</param>
/// <param name="Profile">What they said of themselves.</param>
internal sealed record Visitor(CustomerId Customer, CustomerIdentifier? Session, CustomerProfile Profile)
{
    /// <summary>The token that they showed, if they did.</summary>
    public string? Token { get; init; }

    /// <summary>Whom it names; null where none was shown.</summary>
    public TokenHolder? Holder { get; init; }

    /// <summary>Whoever has shown a conversation's token.</summary>
    public static Visitor With(TokenHolder holder) => new(holder.Customer, null, new("")) { Holder = holder };
}
