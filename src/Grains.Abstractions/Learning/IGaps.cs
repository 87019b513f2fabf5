using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Learning;

/// <summary>What customers asked and the documents did not answer.</summary>
public interface IGaps
{
    /// <summary>How many gaps of a day are kept, those of most customers first.</summary>
    const int GapLimit = 50;

    /// <summary>
    /// How many messages of a day are looked at. Of those that are in gaps each one's place is kept, so that an erasure finds every gap that may hold words of
    /// the person.
    /// </summary>
    const int MessageLimit = 2_000;

    /// <summary>How many of them are shown.</summary>
    const int ExampleLimit = 3;

    /// <summary>How many gaps are told at once.</summary>
    const int PageLimit = 200;

    /// <summary>How much of a burst is looked at: what was said long before the last message is rarely what it was about.</summary>
    const int BurstLimit = 20;

    /// <summary>For how many days gaps are kept.</summary>
    const int KeptDays = 90;

    /// <summary>
    /// The messages of a time that the documents did not answer: what the customer had said since the last answer when a person was called for want of
    /// evidence, or when an answer came that did not help. None that may be another's. In order of time.
    /// </summary>
    /// <param name="from">From when on.</param>
    /// <param name="to">Until before when.</param>
    /// <param name="limit">Of how many exchanges at most: the latest.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<ImmutableArray<UnansweredMessage>> Unanswered(DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps a day's gaps in place of those that were kept before, and forgets those that are too old. A gap of which a message was erased meanwhile is kept
    /// without its words.
    /// </summary>
    Task Keep(DateOnly day, ImmutableArray<Gap> gaps, CancellationToken cancellationToken);

    /// <summary>Gaps from one day to another, the latest day first and in it the gap of most customers, with examples as they stand in the record now.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="through">The last day.</param>
    /// <param name="limit">How many at most, up to <see cref="PageLimit"/>.</param>
    /// <param name="cursor">Where the page before ended; null for the first one.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<GapPage> Read(DateOnly from, DateOnly through, int limit, string? cursor, CancellationToken cancellationToken);
}

/// <summary>A message that the documents did not answer.</summary>
/// <param name="Conversation">In whose conversation it stands.</param>
/// <param name="Sequence">Its place.</param>
/// <param name="Message">Its id.</param>
/// <param name="Text">The customer's words.</param>
public sealed record UnansweredMessage(CustomerId Conversation, long Sequence, MessageId Message, string Text)
{
    /// <summary>The place of the last message of its burst: those that have the same were to be answered together.</summary>
    public long Burst { get; init; } = Sequence;

    /// <summary>Who asked: the customer with whom contact goes on, where several were found to be one.</summary>
    public CustomerId Person { get; init; } = Conversation;
}

/// <summary>Messages that ask for the same.</summary>
/// <param name="Terms">What they are about: words that at least three customers used, the most telling first.</param>
/// <param name="Messages">The messages.</param>
public sealed record Gap(ImmutableArray<string> Terms, ImmutableArray<UnansweredMessage> Messages)
{
    /// <summary>How many customers asked.</summary>
    public int Customers => Messages.Select(message => message.Person).Distinct().Count();
}

/// <summary>A gap as it is kept: no words of one customer alone.</summary>
/// <param name="Day">The day, where the business is.</param>
/// <param name="Terms">What it is about; none where nobody's words may be told, or one who asked was erased since.</param>
/// <param name="Customers">How many customers asked.</param>
/// <param name="Messages">In how many messages.</param>
/// <param name="Examples">Some of them, as far as they are still there and are not somebody else's.</param>
public sealed record KeptGap(DateOnly Day, ImmutableArray<string> Terms, int Customers, int Messages, ImmutableArray<GapExample> Examples);

/// <summary>Some of the gaps.</summary>
/// <param name="Gaps">The gaps.</param>
/// <param name="Cursor">For the next page; null when there is none.</param>
public sealed record GapPage(ImmutableArray<KeptGap> Gaps, string? Cursor);

/// <summary>A message of a gap.</summary>
/// <param name="Conversation">In whose conversation it stands.</param>
/// <param name="Message">Its id.</param>
/// <param name="At">When it was received.</param>
/// <param name="Text">The customer's words.</param>
public sealed record GapExample(CustomerId Conversation, MessageId Message, DateTimeOffset At, string Text);
