using System.Collections.Immutable;
using FteAgent.Conversations;

namespace FteAgent.Customers;

/// <summary>
/// Joins what is known of one person, on proof, and parts it again. One transaction each; the versions of both conversations move with it, in
/// the order of their ids, so that nothing is committed to a merged conversation by whoever does not know yet.
/// </summary>
public interface IIdentities
{
    /// <summary>How many addresses of one customer wait for their codes at once.</summary>
    const int WaitingLimit = 5;

    /// <summary>How many codes a customer, and an address, is sent within an hour.</summary>
    const int HourlyLimit = 3;

    /// <summary>How many codes an address is sent within a day, by all who ask together: each one is five guesses.</summary>
    const int DailyLimit = 5;

    /// <summary>For how many days it is known how a code ended that a channel brought: as long as one may bring it again.</summary>
    const int OutcomeKeptDays = 7;

    /// <summary>How often a code may be guessed: six digits stay a secret then.</summary>
    const int AttemptLimit = 5;

    /// <summary>
    /// Notes that a code is sent to an address for this customer. It replaces an earlier code for the same address. At most
    /// <see cref="WaitingLimit"/> addresses wait at once, neither a customer nor an address is sent more than <see cref="HourlyLimit"/> codes
    /// within an hour, and an address no more than <see cref="DailyLimit"/> within a day; false when there are more, or there is no such customer.
    /// Asked again by the same message within a day it is true, and changes nothing.
    /// </summary>
    /// <param name="customer">Who says that it is theirs.</param>
    /// <param name="kind">An email address or a phone number.</param>
    /// <param name="value">In its normal form.</param>
    /// <param name="codeHash">The code's hash.</param>
    /// <param name="validFor">How long it holds.</param>
    /// <param name="message">The message by which they ask; null on a page.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<bool> Ask(
        CustomerId customer, IdentifierKind kind, string value, byte[] codeHash, TimeSpan validFor, MessageId? message, CancellationToken cancellationToken);

    /// <summary>
    /// The customer who asked gives a code. If it is right the address is theirs; where it is another customer's already, the two are one person,
    /// and are merged into its owner. A wrong code costs one of <see cref="AttemptLimit"/> attempts of each code that waits, however many come at once.
    /// Given again by the same message it ends as it did the first time, and nothing happens twice.
    /// </summary>
    /// <param name="customer">Who gives it.</param>
    /// <param name="codeHash">The code's hash.</param>
    /// <param name="isKnown">
    /// Whether they have shown before that they are this customer. Who has not, since they only hold the token that the conversation began with,
    /// or a link that came by mail, may be a stranger to whom it was shown: where the customer is one with another, or has proved an address, they
    /// can only confirm one that is proved already.
    /// </param>
    /// <param name="message">The message that brings it; null on a page.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<ProofResult> Prove(CustomerId customer, byte[] codeHash, bool isKnown, MessageId? message, CancellationToken cancellationToken);

    /// <summary>
    /// How a code ended that this message brought, without looking at any: null where none is remembered (<see cref="OutcomeKeptDays"/>). The customer
    /// is the one with whom contact goes on by now.
    /// </summary>
    /// <param name="message">The message that brought it.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<ProofResult?> Given(MessageId message, CancellationToken cancellationToken);

    /// <summary>
    /// Merges two customers on somebody's word or proof. Web sessions stay where they are: a session leads to the customer whom it made, and from
    /// there the conversation forwards. Contact of either goes on in the conversation of the one that is returned: that which
    /// a person has or which waits for one, else <paramref name="into"/>.
    /// </summary>
    /// <param name="from">One.</param>
    /// <param name="into">The other.</param>
    /// <param name="by">Who merges them: an operator's name, or <c>proof</c>.</param>
    /// <param name="proof">On what: in words without customer text.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<MergeResult> Merge(CustomerId from, CustomerId into, string by, string proof, CancellationToken cancellationToken);

    /// <summary>
    /// Undoes a merge, also one below another: what moved goes back, and what was proved since stays. False when there is no such merge, or it was
    /// undone before.
    /// </summary>
    Task<bool> Part(Guid merge, string by, CancellationToken cancellationToken);

    /// <summary>
    /// The customer with whom contact goes on: the one itself, or the one that it was merged into, at whatever remove. Who does not exist is
    /// themselves.
    /// </summary>
    Task<CustomerId> Canonical(CustomerId customer, CancellationToken cancellationToken);

    /// <summary>All customers who are this one, the canonical one first; only itself where nothing was merged.</summary>
    Task<ImmutableArray<CustomerId>> Group(CustomerId customer, CancellationToken cancellationToken);

    /// <summary>
    /// Who would have a proved address if nobody were one with another: a merge moves it, and its undoing brings it back to them. Null where
    /// nobody has proved it.
    /// </summary>
    Task<AddressHome?> Home(IdentifierKind kind, string value, CancellationToken cancellationToken);

    /// <summary>The merges of a customer, latest first, undone ones too.</summary>
    Task<ImmutableArray<CustomerMerge>> Merges(CustomerId customer, CancellationToken cancellationToken);
}

/// <summary>How giving a code ended.</summary>
public enum ProofOutcome
{
    /// <summary>The address is the customer's now.</summary>
    Proved,

    /// <summary>It was another's already: both are one customer now.</summary>
    Merged,

    /// <summary>
    /// It is another's, and an operator decides: people have both conversations, or both have proved other addresses of one kind, as those have
    /// who share a telephone or a mailbox.
    /// </summary>
    NeedsPerson,

    /// <summary>No code that waits is this one.</summary>
    Wrong,

    /// <summary>No code waits for this customer, or its attempts or its time are used up.</summary>
    NoneWaits,

    /// <summary>It is right, but whoever gave it has not shown that they are this customer, and the address is none that the customer has proved.</summary>
    OtherAddress,
}

/// <summary>How giving a code ended, and for which address.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Kind">The address' kind, if it was right.</param>
/// <param name="Value">The address, if it was right.</param>
/// <param name="Customer">With whom contact goes on.</param>
public sealed record ProofResult(ProofOutcome Outcome, IdentifierKind? Kind, string? Value, CustomerId Customer);

/// <summary>How a merge ended.</summary>
public enum MergeOutcome
{
    /// <summary>They are one customer now.</summary>
    Merged,

    /// <summary>They were one already.</summary>
    SameCustomer,

    /// <summary>There is no such customer.</summary>
    NoCustomer,

    /// <summary>People have both conversations, or are awaited in both: one must be ended first.</summary>
    BothWithPeople,
}

/// <summary>How a merge ended.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Merge">The merge, to undo it by.</param>
/// <param name="Into">With whom contact goes on.</param>
public sealed record MergeResult(MergeOutcome Outcome, Guid? Merge, CustomerId? Into);

/// <summary>One merge.</summary>
/// <param name="Id">Its id.</param>
/// <param name="From">Who was merged.</param>
/// <param name="Into">Into whom.</param>
/// <param name="By">Who did it.</param>
/// <param name="Proof">On what.</param>
/// <param name="At">When.</param>
/// <param name="UndoneBy">Who undid it, if anybody.</param>
/// <param name="UndoneAt">When.</param>
/// <param name="IntoSequence">How far the conversation that goes on had come by then: what stands after it may be the other's.</param>
public sealed record CustomerMerge(
    Guid Id, CustomerId From, CustomerId Into, string By, string Proof, DateTimeOffset At, string? UndoneBy, DateTimeOffset? UndoneAt, long IntoSequence);

/// <summary>Whose a proved address is, whoever they are one with.</summary>
/// <param name="Customer">Whose.</param>
/// <param name="Parted">How often a merge of theirs was undone: <see cref="Conversation.Parted"/>.</param>
public sealed record AddressHome(CustomerId Customer, long Parted);
