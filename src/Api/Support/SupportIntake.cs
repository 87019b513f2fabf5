using System.Security.Cryptography;
using FteAgent.Api.Problems;
using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Tickets;
using Microsoft.AspNetCore.Http;

namespace FteAgent.Api.Support;

/// <summary>
/// From a checked request to the one grain call. An address proves nothing, so whoever comes without a token starts a customer
/// of their own; the Idempotency-Key alone leads a retry back to the same one.
/// </summary>
internal sealed class SupportIntake(
    ICustomerDirectory customers, ConversationCalls conversations, ConversationTokens tokens, AddressLinks links, TimeProvider time)
{
    /// <summary>The customer a request speaks for: the token's, the key's, or a new one. Null when the token is wrong.</summary>
    public async Task<CustomerId?> Resolve(HttpRequest request, CustomerProfile profile, CancellationToken cancellationToken)
    {
        if (CustomerAuthentication.Token(request) is { } token)
            return await tokens.Read(token, cancellationToken);
        if (!IdempotencyKey.TryRead(request, out var key))
            throw IdempotencyKey.Invalid();
        var session = key is null ? $"web:{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}" : $"key:{IdempotencyKey.Hash(key)}";
        return await customers.Resolve(new(IdentifierKind.WebSession, session, Proved: true), profile, cancellationToken);
    }

    public async Task<Accepted> Accept(HttpRequest request, CustomerId customer, string text, SupportForm? form)
    {
        if (!IdempotencyKey.TryRead(request, out var key))
            throw IdempotencyKey.Invalid();
        var id = MessageId.Mint(time);
        // A client's key is unique for that client only, so the customer is part of what redeliveries are recognised by.
        var channelMessageId = $"{customer}/{(key is null ? id.ToString() : IdempotencyKey.Hash(key))}";
        // A code for a new address may be typed like any message; to have one sent there is a form of its own.
        var linking = form is null
            ? await links.Typed(customer, Channel.Web, channelMessageId, text, mayAsk: false, request.HttpContext.RequestAborted)
            : null;
        var message = new IncomingMessage(id, TicketId.Mint(time), Channel.Web, channelMessageId, text, time.GetUtcNow(), form, [], Linking: linking);
        return await conversations.Act(customer, grain => grain.Accept(message), request.HttpContext.RequestAborted);
    }

    /// <summary>The answer to whoever opened a matter.</summary>
    public async Task<SubmitResponse> Confirm(CustomerId customer, Accepted accepted, CancellationToken cancellationToken) => new(
        accepted.TicketId.Value,
        "We have your message. The assistant looks into it right away; the answer appears here.",
        InWords(accepted.ResponseDue - time.GetUtcNow()),
        await tokens.Issue(customer, cancellationToken),
        $"/ticket/?id={accepted.TicketId}");

    private static string InWords(TimeSpan left) => Math.Ceiling(left.TotalMinutes) switch
    {
        <= 1 => "within a minute",
        <= 90 and var minutes => $"within {minutes:0} minutes",
        var minutes => $"within {Math.Ceiling(minutes / 60):0} hours",
    };
}
