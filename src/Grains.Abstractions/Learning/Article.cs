using System.Collections.Immutable;
using FteAgent.Customers;
using FteAgent.Tickets;

namespace FteAgent.Learning;

/// <summary>An article's id, and so the name of its document. It tells nothing of the ticket that it was learned from.</summary>
/// <param name="Value">A version 7 UUID.</param>
public readonly record struct ArticleId(Guid Value)
{
    /// <summary>Makes a new id.</summary>
    public static ArticleId Mint(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    /// <summary>32 hexadecimal digits; in their order ids rise with time.</summary>
    public override string ToString() => Value.ToString("N");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static bool TryParse(string? text, out ArticleId id)
    {
        var read = Guid.TryParseExact(text, "N", out var value);
        id = new(value);
        return read;
    }
}

/// <summary>Where an article stands.</summary>
public enum ArticleStatus
{
    /// <summary>Nobody has looked at it yet.</summary>
    Proposed,

    /// <summary>An operator answers for it: it is searched.</summary>
    Approved,

    /// <summary>An operator does not want it, or not any more.</summary>
    Rejected,
}

/// <summary>A question and its answer, learned from a resolved ticket. Nothing of it is searched before an operator has approved it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Customer">From whom it was learned: it is erased with them.</param>
/// <param name="Ticket">From which ticket.</param>
/// <param name="Question">The question, at most <see cref="QuestionLimit"/> characters.</param>
/// <param name="Answer">The answer, at most <see cref="AnswerLimit"/> characters.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Revision">Rises by one with each act; 1 as it was proposed.</param>
/// <param name="ProposedAt">When it was proposed.</param>
/// <param name="ChangedAt">When the last act was.</param>
/// <param name="ChangedBy">Whose that was, by name; null while it is as it was proposed.</param>
public sealed record Article(
    ArticleId Id, CustomerId Customer, TicketId Ticket, string Question, string Answer, ArticleStatus Status, int Revision,
    DateTimeOffset ProposedAt, DateTimeOffset ChangedAt, string? ChangedBy)
{
    /// <summary>A question's characters: it is the document's title.</summary>
    public const int QuestionLimit = 300;

    /// <summary>An answer's characters.</summary>
    public const int AnswerLimit = 5_000;
}

/// <summary>An article as it was after one act.</summary>
/// <param name="Number">The act's number, from 1.</param>
/// <param name="Question">The question.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Status">Where it stood.</param>
/// <param name="At">When that was.</param>
/// <param name="By">Whose act it was; null for the proposal.</param>
public sealed record ArticleRevision(int Number, string Question, string Answer, ArticleStatus Status, DateTimeOffset At, string? By);

/// <summary>An article with all that became of it, the last act included.</summary>
/// <param name="Article">As it is.</param>
/// <param name="Revisions">As it was, the first one first; the latest <see cref="Limit"/>.</param>
public sealed record ArticleHistory(Article Article, ImmutableArray<ArticleRevision> Revisions)
{
    /// <summary>How many revisions are shown.</summary>
    public const int Limit = 100;
}
