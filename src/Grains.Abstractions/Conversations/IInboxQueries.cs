using System.Collections.Immutable;
using FteAgent.Customers;

namespace FteAgent.Conversations;

/// <summary>What operators look through.</summary>
public interface IInboxQueries
{
    /// <summary>
    /// Conversations, the most pressing first: with <paramref name="needsPerson"/> those with an open escalation or a handoff, by urgency
    /// and then by how long they wait; else all of them, latest first.
    /// </summary>
    /// <param name="needsPerson">Only those that need or have a person.</param>
    /// <param name="limit">1 to 200.</param>
    /// <param name="cursor">Where the page before ended; null for the first page. One that was never given leads to an empty page.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<InboxPage> List(bool needsPerson, int limit, string? cursor, CancellationToken cancellationToken);

    /// <summary>How many conversations have an open escalation that nobody has acknowledged, with the one raised last.</summary>
    Task<WaitingForPerson> Waiting(CancellationToken cancellationToken);
}

/// <summary>One page of the inbox.</summary>
/// <param name="Items">The conversations.</param>
/// <param name="Cursor">Where the next page starts; null when this is the last.</param>
public sealed record InboxPage(ImmutableArray<InboxItem> Items, string? Cursor);

/// <summary>A conversation in the inbox.</summary>
/// <param name="Customer">Whose.</param>
/// <param name="Conversation">Where it stands; <see cref="Conversation.Recent"/> holds the last message that both sides see, if any.</param>
/// <param name="LastSentiment">The customer's latest sentiment, 0 to 1.</param>
public sealed record InboxItem(Customer Customer, Conversation Conversation, double? LastSentiment);

/// <summary>Who waits for a person.</summary>
/// <param name="Count">How many.</param>
/// <param name="Latest">The latest escalation, with its customer and the ticket's subject; null when none waits.</param>
public sealed record WaitingForPerson(int Count, WaitingEscalation? Latest);

/// <summary>An escalation that waits.</summary>
/// <param name="Customer">Whose.</param>
/// <param name="Subject">The ticket's subject.</param>
/// <param name="Escalation">The escalation.</param>
public sealed record WaitingEscalation(CustomerId Customer, string Subject, Escalation Escalation);
