using System.Collections.Immutable;
using FteAgent.Answering.Rules;
using FteAgent.Knowledge;

namespace FteAgent.Answering;

/// <summary>
/// Answers by quoting the documents: the model of a deployment that has none. It makes nothing up, since every word of its
/// answer stands in a chunk, and the same question to the same documents gets the same answer.
/// </summary>
internal sealed class ExtractiveAssistant(ITermWeights weights) : IChatModel
{
    /// <summary>Below this chance that the documents answer, it declines. Calibrated together with <see cref="Evidence"/>.</summary>
    public const double EvidenceNeeded = Evidence.Needed;

    /// <summary>The longest answer (C6: web).</summary>
    public const int MaxAnswerWords = 300;

    /// <summary>How many passages one answer quotes.</summary>
    public const int MaxPassages = 3;

    /// <summary>Chunks read for one answer.</summary>
    private const int MaxChunks = 8;

    // A further passage must be nearly as much to the point as the first.
    private const double FurtherPassage = 0.8;

    /// <inheritdoc/>
    public string Name => "extractive/1";

    /// <inheritdoc/>
    public Task<Draft> Draft(DraftRequest request, IDraftTools tools, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(Answer(request));
    }

    private Draft Answer(DraftRequest request)
    {
        var declined = new Draft("", [], request.Evidence.Evidence, Model: Name) { Intent = request.Evidence.Intent };
        if (request.Evidence.Evidence < EvidenceNeeded) return declined;
        var question = Question.Of(request, weights);
        // None of its words need stand in any document where it is known what is meant.
        if (question.IsEmpty && request.Evidence.Intent is null) return declined;
        var passages = Pick(question, request.Evidence.Hits);
        if (passages.Count == 0) return declined;
        return declined with
        {
            Text = AnswerText.Of(passages),
            Citations = [.. passages.Select(passage => passage.ToCitation())],
        };
    }

    private static List<Passage> Pick(Question question, ImmutableArray<SearchHit> hits)
    {
        var candidates = Candidates(question, hits).OrderByDescending(passage => passage.Score).ToList();

        var picked = new List<Passage>();
        foreach (var candidate in candidates)
        {
            if (picked.Count == MaxPassages || candidate.Score < candidates[0].Score * FurtherPassage) break;
            // Whoever is told to see it must find more there than what they asked.
            if (picked.Count > 0 && !candidate.Speaks(question)) continue;
            // Pages that repeat each other are quoted once.
            if (picked.Any(candidate.Repeats)) continue;
            // Nothing bounds a sentence, and a table's rows are told with the names of their columns.
            if (AnswerText.WordsOf([.. picked, candidate]) <= MaxAnswerWords) picked.Add(candidate);
        }

        return picked;
    }

    /// <summary>The best passage of each chunk, in the chunks' order. What is not read in time is not quoted, nor is what stands behind it: each could take as long again.</summary>
    private static List<Passage> Candidates(Question question, ImmutableArray<SearchHit> hits)
    {
        var found = new List<Passage>();
        foreach (var hit in hits.Take(MaxChunks))
        {
            if (!ReadingTime.Or(() => Look(hit), false)) break;
        }

        return found;

        bool Look(SearchHit hit)
        {
            if (PassagePicker.Best(question, hit, hits[0].Score) is { } passage) found.Add(passage);
            return true;
        }
    }
}
