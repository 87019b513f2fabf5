using System.Security.Cryptography;
using FteAgent.Api.Problems;
using FteAgent.Channels;
using FteAgent.Conversations;
using FteAgent.Customers;
using Microsoft.AspNetCore.Http;

namespace FteAgent.Api.Support;

/// <summary>
/// From a checked request to the road by which messages come in. An address proves nothing, so whoever comes without a token starts a customer
/// of their own; the Idempotency-Key alone leads a retry back to the same one.
/// </summary>
internal sealed class SupportIntake(IInboundRoad road, ConversationTokens tokens, TimeProvider time)
{
    /// <summary>The customer a request speaks for: the token's, the key's, or a new one. Null when the token is wrong.</summary>
    public async Task<Visitor?> Resolve(HttpRequest request, CustomerProfile profile, CancellationToken cancellationToken)
    {
        if (CustomerAuthentication.Token(request) is { } token)
            return await tokens.Read(token, cancellationToken) is { } known ? new(known.Customer, null, profile) { Token = token, IsProved = known.IsProved } : null;
        if (!IdempotencyKey.TryRead(request, out var key))
            throw IdempotencyKey.Invalid();
        var value = key is null ? $"web:{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}" : $"key:{IdempotencyKey.Hash(key)}";
        var session = new CustomerIdentifier(IdentifierKind.WebSession, value, Proved: true);
        return new(await road.CustomerOf(session, profile, cancellationToken), session, profile);
    }

    public Task<Accepted> Accept(HttpRequest request, Visitor visitor, string text, SupportForm? form)
    {
        if (!IdempotencyKey.TryRead(request, out var key))
            throw IdempotencyKey.Invalid();
        var minted = MessageId.Mint(time);
        // A client's key is unique for that client only, so the customer is part of what redeliveries are recognised by.
        var channelMessageId = $"{visitor.Customer}/{(key is null ? minted.ToString() : IdempotencyKey.Hash(key))}";
        var sender = new Sender(IdentifierKind.WebSession, visitor.Session?.Value ?? visitor.Customer.ToString(), Proved: true, visitor.Profile.Name);
        return road.Take(
            new(Channel.Web, channelMessageId, sender, text, time.GetUtcNow())
            {
                // With a key the road sees to it that whoever sends it again is told the same ids.
                Id = key is null ? minted : null,
                Customer = visitor.Customer,
                OwnOnly = !visitor.IsProved,
                Identity = visitor.Session,
                Email = visitor.Profile.Email,
                Form = form,
            },
            request.HttpContext.RequestAborted);
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

    /// <summary>What opens the conversation in which whoever has just proved an address goes on; null where nobody has.</summary>
    public async ValueTask<string?> ProvedToken(CustomerId? proved, CancellationToken cancellationToken) =>
        proved is { } customer ? await tokens.IssueProved(customer, cancellationToken) : null;

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

    /// <summary>Whether they have proved who they are, and may follow the conversation to where it goes on.</summary>
    public bool IsProved { get; init; }

    /// <summary>Whoever has shown a conversation's token.</summary>
    public static Visitor With(TokenHolder holder) => new(holder.Customer, null, new("")) { IsProved = holder.IsProved };
}
