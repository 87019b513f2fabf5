using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FteAgent.Answering;
using FteAgent.Knowledge;

namespace FteAgent.Cluster.Hosting;

/// <summary>
/// Stands in for a language model: takes a fixed time, quotes the best source, and names the marks of the messages that it answers,
/// so that whoever reads the answer can tell which messages were answered, how often, and whose they were.
/// </summary>
internal sealed partial class StubModel(TimeSpan answersAfter) : IChatModel
{
    /// <summary>How long an answer takes, in milliseconds.</summary>
    public const string Milliseconds = "TEST_MODEL_MS";

    private const int LongestQuote = 200;

    /// <inheritdoc/>
    public string Name => "stub/1";

    /// <inheritdoc/>
    public async Task<Draft> Draft(DraftRequest request, IDraftTools tools, CancellationToken cancellationToken)
    {
        await Task.Delay(answersAfter, cancellationToken);
        if (request.Evidence.Hits is not [var hit, ..])
            return new("", [], 0, Model: Name);
        var quote = FirstWords(hit);
        // The marks first: a long answer is cut at its end.
        return new(
            $"About {string.Join(" and ", MarksOf(request.Question))}:\n\nOur documentation says:\n\n{quote}",
            [new(hit.ChunkId, hit.DocumentId, hit.Title, hit.Heading, quote, hit.ChangedAt, hit.Url)],
            request.Evidence.Evidence, Model: Name);
    }

    private static ImmutableArray<string> MarksOf(ImmutableArray<string> question) =>
        [.. question.SelectMany(text => Marks().Matches(text)).Select(match => match.Value).Distinct()];

    /// <summary>The beginning of the chunk's first line, as it stands there.</summary>
    private static string FirstWords(SearchHit hit)
    {
        var line = hit.Text.Split('\n').First(text => text.Trim().Length > 0).Trim();
        return line.Length <= LongestQuote ? line : line[..line.LastIndexOf(' ', LongestQuote)];
    }

    [GeneratedRegex(Load.Mark.Pattern)]
    private static partial Regex Marks();
}
