using FteAgent.Api.Operators;
using FteAgent.Api.Problems;
using FteAgent.Learning;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace FteAgent.Api.Articles;

/// <summary>What operators are told of what the documents lack.</summary>
internal static class GapEndpoints
{
    private const int DefaultDays = 7;

    /// <summary>An example is to be recognised; the conversation has the rest.</summary>
    private const int ExampleLength = 300;

    public static void MapGapEndpoints(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/gaps", List).WithTags("Articles").RequireAuthorization(OperatorAuthentication.Name);

    private static async Task<Results<Ok<GapsResponse>, InvalidFields>> List(IGaps gaps, TimeProvider time, CancellationToken cancellationToken, int? days = null)
    {
        var check = new Checks();
        if (days is < 1 or > IGaps.KeptDays)
            check.Fail("days", $"must be from 1 to {IGaps.KeptDays}.");
        if (!check.Passed)
            return check.Problem();
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var found = await gaps.Read(today.AddDays(-(days ?? DefaultDays)), today, cancellationToken);
        return TypedResults.Ok(new GapsResponse([.. found.Select(View)]));
    }

    private static GapView View(KeptGap gap) => new(
        gap.Day, [.. gap.Terms], gap.Customers, gap.Messages,
        [.. gap.Examples.Select(example => new GapExampleView(example.Conversation.ToString(), example.Message.ToString(), example.At, Cut(example.Text)))]);

    private static string Cut(string text)
    {
        if (text.Length <= ExampleLength)
            return text;
        return $"{text[..(char.IsHighSurrogate(text[ExampleLength - 2]) ? ExampleLength - 2 : ExampleLength - 1)]}…";
    }
}

/// <summary>What the documents lack, the latest day first, and in it what most customers asked.</summary>
internal sealed record GapsResponse(GapView[] Gaps);

/// <summary>Messages of one day that ask for the same, and that the documents did not answer.</summary>
/// <param name="Day">The day (UTC).</param>
/// <param name="Terms">Words that at least three customers used; none where fewer asked.</param>
/// <param name="Customers">How many customers asked.</param>
/// <param name="Messages">In how many messages.</param>
/// <param name="Examples">Some of them, as far as they are still there.</param>
internal sealed record GapView(DateOnly Day, string[] Terms, int Customers, int Messages, GapExampleView[] Examples);

/// <summary>A customer's message.</summary>
internal sealed record GapExampleView(string ConversationId, string MessageId, DateTimeOffset At, string Text);
