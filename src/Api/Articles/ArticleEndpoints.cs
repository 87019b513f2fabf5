using FteAgent.Api.Operators;
using FteAgent.Api.Problems;
using FteAgent.Learning;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace FteAgent.Api.Articles;

/// <summary>What operators do with the articles that were learned: read them, mend them, approve them or not.</summary>
internal static class ArticleEndpoints
{
    private const int DefaultPage = 50;
    private const int LargestPage = 200;
    private const int ShortestQuestion = 5;
    private const int ShortestAnswer = 10;

    public static void MapArticleEndpoints(this IEndpointRouteBuilder routes)
    {
        var articles = routes.MapGroup("/api/articles").WithTags("Articles").RequireAuthorization(OperatorAuthentication.Name);
        articles.MapGet("/", List);

        var one = articles.MapGroup("/{id}").ProducesProblem(StatusCodes.Status404NotFound);
        one.MapGet("", Read);
        one.MapPut("", Edit).ProducesProblem(StatusCodes.Status409Conflict);
        one.MapPut("/approval", Approve).ProducesProblem(StatusCodes.Status409Conflict);
        one.MapDelete("/approval", Reject).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<ArticlesResponse>, InvalidFields>> List(
        IArticles articles, CancellationToken cancellationToken, string? status = null, int? limit = null, string? cursor = null)
    {
        var check = new Checks();
        ArticleStatus? wanted = status is null ? null : check.OneOf<ArticleStatus>("status", status);
        if (limit is < 1 or > LargestPage)
            check.Fail("limit", $"must be from 1 to {LargestPage}.");
        if (cursor is { Length: > 200 })
            check.Fail("cursor", "is not one that we gave.");
        if (!check.Passed)
            return check.Problem();
        var page = await articles.List(wanted, limit ?? DefaultPage, cursor, cancellationToken);
        return TypedResults.Ok(new ArticlesResponse([.. page.Articles.Select(ArticleView.Of)], page.Cursor));
    }

    private static async Task<Results<Ok<ArticleResponse>, ProblemHttpResult>> Read(string id, IArticles articles, CancellationToken cancellationToken) =>
        ArticleId.TryParse(id, out var article) && await articles.Find(article, cancellationToken) is { } found
            ? TypedResults.Ok(ArticleResponse.Of(found))
            : ProblemTypes.Missing("article");

    private static Task<Results<Ok<ArticleView>, InvalidFields, ProblemHttpResult>> Edit(
        string id, ArticleRequest request, HttpContext context, IArticles articles, ILearnedKnowledge knowledge, CancellationToken cancellationToken)
    {
        var check = new Checks();
        var question = check.Text("question", request.Question, ShortestQuestion, Article.QuestionLimit).ReplaceLineEndings(" ");
        var answer = check.Text("answer", request.Answer, ShortestAnswer, Article.AnswerLimit);
        var revision = Revision(check, request.Revision);
        return Change(id, check, new(revision, question, answer), context, articles, knowledge, cancellationToken);
    }

    private static Task<Results<Ok<ArticleView>, InvalidFields, ProblemHttpResult>> Approve(
        string id, ApprovalRequest request, HttpContext context, IArticles articles, ILearnedKnowledge knowledge, CancellationToken cancellationToken)
    {
        var check = new Checks();
        var revision = Revision(check, request.Revision);
        return Change(id, check, new(revision, Status: ArticleStatus.Approved), context, articles, knowledge, cancellationToken);
    }

    // A DELETE has no body that everybody would pass on.
    private static Task<Results<Ok<ArticleView>, InvalidFields, ProblemHttpResult>> Reject(
        string id, HttpContext context, IArticles articles, ILearnedKnowledge knowledge, CancellationToken cancellationToken, int? revision = null)
    {
        var check = new Checks();
        var read = Revision(check, revision);
        return Change(id, check, new(read, Status: ArticleStatus.Rejected), context, articles, knowledge, cancellationToken);
    }

    private static int Revision(Checks check, int? revision)
    {
        if (revision is null)
            check.Fail("revision", "is missing: give the one that you have read.");
        return revision ?? 0;
    }

    private static async Task<Results<Ok<ArticleView>, InvalidFields, ProblemHttpResult>> Change(
        string id, Checks check, ArticleChange change, HttpContext context, IArticles articles, ILearnedKnowledge knowledge, CancellationToken cancellationToken)
    {
        if (!check.Passed)
            return check.Problem();
        if (!ArticleId.TryParse(id, out var article))
            return ProblemTypes.Missing("article");
        var changed = await articles.Change(article, change, OperatorAuthentication.Of(context.User), cancellationToken);
        switch (changed)
        {
            case { Outcome: ArticleChangeOutcome.Done, Article: { } now }:
                knowledge.Wake();
                return TypedResults.Ok(ArticleView.Of(now));
            case { Outcome: ArticleChangeOutcome.Stale, Article: { } now }:
                return ProblemTypes.Problem(
                    StatusCodes.Status409Conflict, ProblemTypes.Stale, "It was changed meanwhile.",
                    $"{now.ChangedBy ?? "Somebody"} has changed this article; it is at revision {now.Revision} now. Read it again before you decide.");
            default:
                return ProblemTypes.Missing("article");
        }
    }
}
