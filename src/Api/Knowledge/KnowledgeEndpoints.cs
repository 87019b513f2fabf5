using FteAgent.Api.Operators;
using FteAgent.Api.Problems;
using FteAgent.Knowledge;
using FteAgent.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace FteAgent.Api.Knowledge;

/// <summary>What operators see of the documents.</summary>
internal static class KnowledgeEndpoints
{
    private const int DefaultPage = 100;

    public static void MapKnowledgeEndpoints(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/knowledge/flags", Flags).WithTags("Knowledge").RequireAuthorization(OperatorAuthentication.Name);

    private static async Task<Results<Ok<FlagsResponse>, InvalidFields>> Flags(
        IKnowledgeIndex knowledge, IKnowledgeFlags flags, CancellationToken cancellationToken, string? kind = null, int? limit = null)
    {
        var check = new Checks();
        FlagKind? asked = kind is null ? null : check.OneOf<FlagKind>("kind", kind);
        if (limit is < 1 or > IKnowledgeFlags.MostFlags)
            check.Fail("limit", $"must be from 1 to {IKnowledgeFlags.MostFlags}.");
        if (!check.Passed)
            return check.Problem();
        var version = knowledge.Version;
        var found = await flags.Find(version, cancellationToken);
        var fitting = (found ?? []).Where(flag => asked is null || flag.Kind == asked).ToList();
        return TypedResults.Ok(new FlagsResponse(
            version, found is null && version > 0, fitting.Count, [.. fitting.Take(limit ?? DefaultPage).Select(FlagView.Of)]));
    }
}

/// <summary>The doubtful places of one version.</summary>
/// <param name="Version">The version that is searched.</param>
/// <param name="Pending">Whether they are still being worked out; ask again in a moment.</param>
/// <param name="Total">How many there are of the kind that was asked for.</param>
/// <param name="Flags">The first of them.</param>
internal sealed record FlagsResponse(long Version, bool Pending, int Total, FlagView[] Flags);

/// <summary>One doubtful place.</summary>
internal sealed record FlagView(
    FlagKind Kind, string DocumentId, string? Sentence, string? OtherDocumentId, string? OtherSentence, bool? Open)
{
    private const int LongestSentence = 1_000;

    public static FlagView Of(KnowledgeFlag flag) => new(
        flag.Kind, flag.DocumentId, Short(flag.Sentence), flag.OtherDocumentId, Short(flag.OtherSentence), flag.Kind is FlagKind.Contradicts ? flag.IsOpen : null);

    private static string? Short(string? sentence) => sentence is { Length: > LongestSentence } ? $"{SafeCut.At(sentence, LongestSentence)}…" : sentence;
}
