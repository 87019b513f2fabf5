using FteAgent.Learning;

namespace FteAgent.Storage;

/// <summary>What an act makes of an article, in either record.</summary>
internal static class ArticleActs
{
    /// <summary>Where the first page of a list starts: above every id.</summary>
    public const string BeforeAll = "g";

    /// <summary>The article after an act; the same one where the act changes nothing.</summary>
    public static Article After(Article article, ArticleChange change, string by, DateTimeOffset at)
    {
        var changed = article with
        {
            Question = change.Question ?? article.Question,
            Answer = change.Answer ?? article.Answer,
            Status = change.Status ?? article.Status,
        };
        return changed == article ? article : changed with { Revision = article.Revision + 1, ChangedAt = at, ChangedBy = by };
    }
}
