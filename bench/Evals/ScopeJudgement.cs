using FteAgent.Intents;

namespace FteAgent.Evals;

/// <summary>What a classifier said of one question: whether it is in scope. To say that it is not is the positive answer.</summary>
/// <param name="InScope">The chance that it is.</param>
/// <param name="Outside">Whether it truly is not.</param>
/// <param name="RightLabel">Whether the likeliest label is the right one.</param>
internal sealed record ScopeJudgement(double InScope, bool Outside, bool RightLabel)
{
    public bool Refused => InScope < IntentGuess.Needed;

    public static void Report(string name, IReadOnlyList<ScopeJudgement> judged, Figures figures)
    {
        figures.Add($"{name}.out_of_scope_f1", F1(judged), Interval.Of(judged, F1));
        figures.Add($"{name}.out_of_scope_precision", Precision(judged), Interval.Of(judged, Precision));
        figures.Add($"{name}.out_of_scope_recall", Recall(judged), Interval.Of(judged, Recall));
        figures.Add($"{name}.out_of_scope_auroc", Auroc(judged), Interval.Of(judged, Auroc));
        var inside = judged.Where(one => !one.Outside).ToList();
        figures.Say($"of {inside.Count} questions in scope {inside.Count(one => one.Refused)} are refused, {inside.Count(one => !one.Refused && one.RightLabel)} get the right label");
    }

    public static double F1(IReadOnlyList<ScopeJudgement> judged) =>
        Precision(judged) + Recall(judged) is > 0 and var sum ? 2 * Precision(judged) * Recall(judged) / sum : 0;

    /// <summary>The chance that a question out of scope is judged less in scope than one that is in; by ranks, ties half.</summary>
    public static double Auroc(IReadOnlyList<ScopeJudgement> judged)
    {
        var sorted = judged.OrderBy(one => one.InScope).ToList();
        double ranks = 0;
        for (var i = 0; i < sorted.Count;)
        {
            var end = i;
            while (end < sorted.Count && sorted[end].InScope == sorted[i].InScope) end++;
            for (var tie = i; tie < end; tie++) if (!sorted[tie].Outside) ranks += (i + end + 1) / 2.0;
            i = end;
        }

        double inside = sorted.Count(one => !one.Outside), outside = sorted.Count - inside;
        return inside * outside == 0 ? 0 : (ranks - (inside * (inside + 1) / 2)) / (inside * outside);
    }

    private static double Precision(IReadOnlyList<ScopeJudgement> judged) => Share(judged, one => one.Refused, one => one.Outside);

    private static double Recall(IReadOnlyList<ScopeJudgement> judged) => Share(judged, one => one.Outside, one => one.Refused);

    private static double Share(IReadOnlyList<ScopeJudgement> judged, Func<ScopeJudgement, bool> among, Func<ScopeJudgement, bool> those) =>
        judged.Count(among) is > 0 and var all ? (double)judged.Count(one => among(one) && those(one)) / all : 0;
}
