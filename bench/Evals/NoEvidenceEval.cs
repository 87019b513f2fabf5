using System.Text.Json;
using FteAgent.Knowledge;

namespace FteAgent.Evals;

/// <summary>
/// Does the index know when the documents do not answer? The threshold is the product's own and is not moved for any set;
/// to refuse is the positive answer, as the baseline counts it.
/// </summary>
internal sealed class NoEvidenceEval(
    string set, Func<EvalData, IEnumerable<Document>> documents, string questions, string field, Func<JsonElement, bool> answerable) : IEval
{
    public string Name => $"{set}_no_evidence";

    public async Task Run(EvalData data, Figures figures)
    {
        if (!data.Has(questions))
        {
            figures.Say($"\n{Name}: no {questions} here, left out.");
            return;
        }

        var index = await Corpora.Index(documents(data));
        var judged = new List<Judged>();
        foreach (var question in data.Questions(questions))
        {
            var found = await index.Search([question.Text(field)], 1, null, CancellationToken.None);
            judged.Add(new Judged(found.Evidence, !answerable(question)));
        }

        figures.Heading($"{set}: {judged.Count(j => j.Unanswerable)} of {judged.Count} questions have no answer; refused below {Evidence.Needed}");
        figures.Add($"{set}.no_evidence_f1", F1(judged), Interval.Of(judged, F1));
        figures.Add($"{set}.no_evidence_precision", Precision(judged), Interval.Of(judged, Precision));
        figures.Add($"{set}.no_evidence_recall", Recall(judged), Interval.Of(judged, Recall));
        figures.Add($"{set}.no_evidence_auroc", Auroc(judged), Interval.Of(judged, Auroc));
        figures.Show(new EvidenceExhibit(set, Evidence.Needed, [.. judged.Select(j => new EvidencePoint(j.Chance, !j.Unanswerable))]));
    }

    private static double Precision(IReadOnlyList<Judged> judged) => Ratio(judged.Count(j => j.Refused && j.Unanswerable), judged.Count(j => j.Refused));

    private static double Recall(IReadOnlyList<Judged> judged) => Ratio(judged.Count(j => j.Refused && j.Unanswerable), judged.Count(j => j.Unanswerable));

    private static double F1(IReadOnlyList<Judged> judged)
    {
        var (precision, recall) = (Precision(judged), Recall(judged));
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    // The chance that an unanswerable question gets less evidence than an answerable one; by ranks, ties half.
    private static double Auroc(IReadOnlyList<Judged> judged)
    {
        var sorted = judged.OrderBy(j => j.Chance).ToList();
        double ranks = 0;
        for (var i = 0; i < sorted.Count;)
        {
            var end = i;
            while (end < sorted.Count && sorted[end].Chance == sorted[i].Chance) end++;
            for (var tie = i; tie < end; tie++) if (!sorted[tie].Unanswerable) ranks += (i + end + 1) / 2.0;
            i = end;
        }

        double answerable = sorted.Count(j => !j.Unanswerable), unanswerable = sorted.Count - answerable;
        return Ratio(ranks - (answerable * (answerable + 1) / 2), answerable * unanswerable);
    }

    private static double Ratio(double part, double whole) => whole == 0 ? 0 : part / whole;

    private sealed record Judged(double Chance, bool Unanswerable)
    {
        public bool Refused => Chance < Evidence.Needed;
    }
}
