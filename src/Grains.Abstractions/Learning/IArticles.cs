using System.Collections.Immutable;
using FteAgent.Customers;
using FteAgent.Knowledge;
using FteAgent.Operators;
using FteAgent.Tickets;

namespace FteAgent.Learning;

/// <summary>The articles that are learned from resolved tickets, in every version that they had.</summary>
public interface IArticles
{
    /// <summary>How far back tickets are looked for that nobody has learned from.</summary>
    static readonly TimeSpan LearnsBack = TimeSpan.FromDays(90);

    /// <summary>Tickets that an operator has resolved within <see cref="LearnsBack"/>, that are resolved or closed, and that were not studied; earliest first.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<ImmutableArray<ResolvedTicket>> Unstudied(int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Notes that a ticket was studied, and proposes what was found. Once for each ticket: whoever comes second changes nothing and is told false, as
    /// is whoever comes after the customer was erased.
    /// </summary>
    Task<bool> Study(ResolvedTicket ticket, ProposedText? found, CancellationToken cancellationToken);

    /// <summary>Articles, the latest proposed first.</summary>
    /// <param name="status">Only those that stand so; null for all.</param>
    /// <param name="limit">1 to 200.</param>
    /// <param name="cursor">Where the page before ended; null for the first page. One that was never given leads to an empty page.</param>
    /// <param name="cancellationToken">Ends the call early.</param>
    Task<ArticlePage> List(ArticleStatus? status, int limit, string? cursor, CancellationToken cancellationToken);

    /// <summary>One article with its revisions, or null.</summary>
    Task<ArticleHistory?> Find(ArticleId id, CancellationToken cancellationToken);

    /// <summary>Changes an article's words, or where it stands, if nobody else did since it was read. What changes nothing is no act.</summary>
    Task<ArticleChanged> Change(ArticleId id, ArticleChange change, Operator by, CancellationToken cancellationToken);

    /// <summary>What the current version of the knowledge lacks of the approved articles, and holds of others.</summary>
    Task<LearnedDifference> Unpublished(CancellationToken cancellationToken);
}

/// <summary>A ticket that an operator has resolved.</summary>
/// <param name="Customer">Whose.</param>
/// <param name="Ticket">Which.</param>
public sealed record ResolvedTicket(CustomerId Customer, TicketId Ticket);

/// <summary>What an article would say.</summary>
/// <param name="Question">At most <see cref="Article.QuestionLimit"/> characters.</param>
/// <param name="Answer">At most <see cref="Article.AnswerLimit"/> characters.</param>
public sealed record ProposedText(string Question, string Answer);

/// <summary>One page of articles.</summary>
/// <param name="Articles">The articles.</param>
/// <param name="Cursor">Where the next page starts; null when this is the last.</param>
public sealed record ArticlePage(ImmutableArray<Article> Articles, string? Cursor);

/// <summary>What an operator does to an article.</summary>
/// <param name="Revision">The revision that they have read.</param>
/// <param name="Question">Its new question; null leaves it.</param>
/// <param name="Answer">Its new answer; null leaves it.</param>
/// <param name="Status">Where it stands from now on; null leaves it. It never becomes a proposal again.</param>
public sealed record ArticleChange(int Revision, string? Question = null, string? Answer = null, ArticleStatus? Status = null);

/// <summary>How a change ended.</summary>
public enum ArticleChangeOutcome
{
    /// <summary>It is done, or was so already.</summary>
    Done,

    /// <summary>There is no such article.</summary>
    Missing,

    /// <summary>Somebody else has changed it since it was read; nothing was written.</summary>
    Stale,
}

/// <summary>How a change ended, and the article as it is now.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Article">Null where there is none.</param>
public sealed record ArticleChanged(ArticleChangeOutcome Outcome, Article? Article);

/// <summary>In what the current version of the knowledge differs from the approved articles.</summary>
/// <param name="Version">The version's number; 0 while there is none.</param>
/// <param name="Upserts">Documents that it lacks, or holds as they were before.</param>
/// <param name="Removed">Ids of documents that it should not hold any more.</param>
public sealed record LearnedDifference(long Version, ImmutableArray<Document> Upserts, ImmutableArray<string> Removed)
{
    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => Upserts.IsEmpty && Removed.IsEmpty;
}
