using System.Collections.Immutable;
using FteAgent.Conversations;
using FteAgent.Customers;

namespace FteAgent.Learning;

/// <summary>What customers asked and the documents did not answer.</summary>
public interface IGaps
{
    /// <summary>How many gaps of a day are kept, those of most customers first.</summary>
    const int GapLimit = 50;

    /// <summary>How many of a gap's messages are kept.</summary>
    const int MessageLimit = 50;

    /// <summary>How many of them are shown.</summary>
    const int ExampleLimit = 3;

    /// <summary>For how many days gaps are kept.</summary>
    const int KeptDays = 90;

    /// <summary>
    /// The messages of a time that the documents did not answer: the customer's last words before a person was called for want of evidence, or before an
    /// answer that did not help. None that may be another's. In order of time.
    /// </summary>
    /// <param name="from">From when on.</param>
    /// <param name="to">Until before when.</param>
    /// <param name="limit">How many at most: the latest.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<ImmutableArray<UnansweredMessage>> Unanswered(DateTimeOffset from, DateTimeOffset to, int limit, CancellationToken cancellationToken);

    /// <summary>Keeps a day's gaps in place of those that were kept before, and forgets those that are too old.</summary>
    Task Keep(DateOnly day, ImmutableArray<Gap> gaps, CancellationToken cancellationToken);

    /// <summary>Gaps from one day to another, the latest day first and in it the gap of most customers, with examples as they stand in the record now.</summary>
    Task<ImmutableArray<KeptGap>> Read(DateOnly from, DateOnly through, CancellationToken cancellationToken);
}

/// <summary>A message that the documents did not answer.</summary>
/// <param name="Conversation">In whose conversation it stands.</param>
/// <param name="Sequence">Its place.</param>
/// <param name="Message">Its id.</param>
/// <param name="Text">The customer's words.</param>
public sealed record UnansweredMessage(CustomerId Conversation, long Sequence, MessageId Message, string Text);

/// <summary>Messages that ask for the same.</summary>
/// <param name="Terms">What they are about: words that at least three customers used, the most telling first.</param>
/// <param name="Messages">The messages.</param>
public sealed record Gap(ImmutableArray<string> Terms, ImmutableArray<UnansweredMessage> Messages)
{
    /// <summary>How many customers asked.</summary>
    public int Customers => Messages.Select(message => message.Conversation).Distinct().Count();
}

/// <summary>A gap as it is kept: no words of one customer alone.</summary>
/// <param name="Day">The day, in UTC.</param>
/// <param name="Terms">What it is about.</param>
/// <param name="Customers">How many customers asked.</param>
/// <param name="Messages">In how many messages.</param>
/// <param name="Examples">Some of them, as far as they are still there and are not somebody else's.</param>
public sealed record KeptGap(DateOnly Day, ImmutableArray<string> Terms, int Customers, int Messages, ImmutableArray<GapExample> Examples);

/// <summary>A message of a gap.</summary>
/// <param name="Conversation">In whose conversation it stands.</param>
/// <param name="Message">Its id.</param>
/// <param name="At">When it was received.</param>
/// <param name="Text">The customer's words.</param>
public sealed record GapExample(CustomerId Conversation, MessageId Message, DateTimeOffset At, string Text);
