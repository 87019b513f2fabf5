using FteAgent.Knowledge;

namespace FteAgent.Learning;

/// <summary>An approved article as the documents have it.</summary>
public static class LearnedDocument
{
    /// <summary>What its id begins with. The article's own follows.</summary>
    public const string Prefix = Document.LearnedPrefix;

    /// <summary>The document's id.</summary>
    public static string IdOf(ArticleId article) => $"{Prefix}{article}";

    /// <summary>The document: the question is its title, which is searched and never quoted; the answer is what it says.</summary>
    public static Document Of(Article article) => new(IdOf(article.Id), article.Question, article.Answer, article.ChangedAt);
}
