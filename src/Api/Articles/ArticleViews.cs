using FteAgent.Learning;

namespace FteAgent.Api.Articles;

/// <summary>An article's new words.</summary>
/// <param name="Question">5 to 300 characters; one line.</param>
/// <param name="Answer">10 to 5,000 characters.</param>
/// <param name="Revision">The revision that was read: if somebody changed it since, nothing is written.</param>
internal sealed record ArticleRequest(string? Question, string? Answer, int? Revision);

/// <summary>An operator answers for an article.</summary>
/// <param name="Revision">The revision that was read.</param>
internal sealed record ApprovalRequest(int? Revision);

/// <summary>Articles, the latest proposed first.</summary>
internal sealed record ArticlesResponse(ArticleView[] Articles, string? Cursor);

/// <summary>An article.</summary>
/// <param name="Id">Its id; its document is <c>learned/</c> and this.</param>
/// <param name="Question">The question.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Status">proposed, approved or rejected.</param>
/// <param name="Revision">Rises with each act.</param>
/// <param name="TicketId">The ticket that it was learned from.</param>
/// <param name="ConversationId">The conversation in which that was.</param>
/// <param name="ProposedAt">When it was proposed.</param>
/// <param name="ChangedAt">When somebody last did something to it.</param>
/// <param name="ChangedBy">Who; left out while it is as it was proposed.</param>
internal sealed record ArticleView(
    string Id, string Question, string Answer, ArticleStatus Status, int Revision, string TicketId, string ConversationId, DateTimeOffset ProposedAt,
    DateTimeOffset ChangedAt, string? ChangedBy)
{
    public static ArticleView Of(Article article) => new(
        article.Id.ToString(), article.Question, article.Answer, article.Status, article.Revision, article.Ticket.Value, article.Customer.ToString(),
        article.ProposedAt, article.ChangedAt, article.ChangedBy);
}

/// <summary>An article with what became of it.</summary>
/// <param name="Article">As it is.</param>
/// <param name="Revisions">As it was after each act, the first one first; the latest hundred.</param>
internal sealed record ArticleResponse(ArticleView Article, RevisionView[] Revisions)
{
    public static ArticleResponse Of(ArticleHistory history) => new(ArticleView.Of(history.Article), [.. history.Revisions.Select(RevisionView.Of)]);
}

/// <summary>An article as it was after one act.</summary>
internal sealed record RevisionView(int Revision, string Question, string Answer, ArticleStatus Status, DateTimeOffset At, string? By)
{
    public static RevisionView Of(ArticleRevision revision) =>
        new(revision.Number, revision.Question, revision.Answer, revision.Status, revision.At, revision.By);
}
