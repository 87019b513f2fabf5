using FteAgent.Api.Operators;
using FteAgent.Api.Problems;
using FteAgent.Learning;
using FteAgent.Reports;
using FteAgent.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace FteAgent.Api.Articles;

/// <summary>What operators are told of what the documents lack.</summary>
internal static class GapEndpoints
{
    private const int DefaultDays = 7;
    private const int DefaultPage = 50;

    /// <summary>An example is to be recognised; the conversation has the rest.</summary>
    private const int ExampleLength = 300;

    public static void MapGapEndpoints(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/gaps", List).WithTags("Articles").RequireAuthorization(OperatorAuthentication.Name);

    private static async Task<Results<Ok<GapsResponse>, InvalidFields>> List(
        IGaps gaps, IReportMaker calendar, CancellationToken cancellationToken, int? days = null, int? limit = null, string? cursor = null)
    {
        var check = new Checks();
        if (days is < 1 or > IGaps.KeptDays)
            check.Fail("days", $"must be from 1 to {IGaps.KeptDays}.");
        if (limit is < 1 or > IGaps.PageLimit)
            check.Fail("limit", $"must be from 1 to {IGaps.PageLimit}.");
        if (cursor is { Length: > 200 })
            check.Fail("cursor", "is not one that we gave.");
        if (!check.Passed)
            return check.Problem();
        var today = calendar.Today();
        var page = await gaps.Read(today.AddDays(-(days ?? DefaultDays)), today, limit ?? DefaultPage, cursor, cancellationToken);
        return TypedResults.Ok(new GapsResponse([.. page.Gaps.Select(View)], page.Cursor));
    }

    private static GapView View(KeptGap gap) => new(
        gap.Day, [.. gap.Terms], gap.Customers, gap.Messages,
        [.. gap.Examples.Select(example => new GapExampleView(example.Conversation.ToString(), example.Message.ToString(), example.At, Cut(example.Text)))]);

    private static string Cut(string text) => text.Length <= ExampleLength ? text : $"{SafeCut.At(text, ExampleLength - 1)}…";
}

/// <summary>What the documents lack, the latest day first, and in it what most customers asked.</summary>
/// <param name="Gaps">The gaps.</param>
/// <param name="Cursor">For the next page; left out where there is none.</param>
internal sealed record GapsResponse(GapView[] Gaps, string? Cursor);

/// <summary>Messages of one day that ask for the same, and that the documents did not answer.</summary>
/// <param name="Day">The day, where the business is.</param>
/// <param name="Terms">Words that at least three customers used; none where fewer asked, or one of them was erased since.</param>
/// <param name="Customers">How many customers asked.</param>
/// <param name="Messages">In how many messages.</param>
/// <param name="Examples">Some of them, as far as they are still there.</param>
internal sealed record GapView(DateOnly Day, string[] Terms, int Customers, int Messages, GapExampleView[] Examples);

/// <summary>A customer's message.</summary>
internal sealed record GapExampleView(string ConversationId, string MessageId, DateTimeOffset At, string Text);
