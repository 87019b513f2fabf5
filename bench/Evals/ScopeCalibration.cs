using System.Globalization;
using FteAgent.Intents;

namespace FteAgent.Evals;

/// <summary>
/// Fits anew, and prints, what a classifier that was never told of texts out of scope goes by: the constants of <see cref="ScopeModel"/>.
/// The coefficients depend on the usual signs: put those in first, then run it again.
/// </summary>
internal static class ScopeCalibration
{
    private const string Set = "clinc150";
    private const int Folds = 5;
    private const double Ridge = 1;

    public static void Run(EvalData data)
    {
        var known = data.Sources($"{Set}/examples.jsonl").Select(line => new LabelledText(line.Text("text"), line.Text("label")));
        var classifier = IntentTrainer.Train(known, CancellationToken.None);
        var read = data.Questions($"{Set}/queries.jsonl")
            .Select(line => (Reading: classifier.Read(Feature.Of(line.Text("text"))), Inside: line.Text("label") != ClassifierEval.OutOfScope))
            .Where(one => one.Reading is not null)
            .ToList();
        var usual = read.Where(one => one.Inside).Select(one => one.Reading!.Signs.Inputs).ToList();
        var means = Enumerable.Range(0, ScopeSigns.Count).Select(i => usual.Average(inputs => inputs[i])).ToArray();
        Console.WriteLine($"Usual: {Show(means)}");
        Console.WriteLine($"Deviations: {Show([.. means.Select((mean, i) => Math.Sqrt(usual.Average(inputs => Math.Pow(inputs[i] - mean, 2))))])}");
        Print("by all signs", [.. read.Select(one => (classifier.Scope.Standard(one.Reading!.Signs), one.Inside))]);
        Print("by words alone", [.. read.Select(one => (ByWords(ScopeModel.Usually.Standard(one.Reading!.Signs)), one.Inside))]);
    }

    private static void Print(string name, List<(double[] Inputs, bool Inside)> cases)
    {
        var judged = cases.Select((one, i) => (one, Fold: i % Folds)).GroupBy(one => one.Fold).SelectMany(fold =>
        {
            var model = Fit(cases.Where((_, i) => i % Folds != fold.Key));
            return fold.Select(one => new ScopeJudgement(LogisticFit.Chance(model, one.one.Inputs), !one.one.Inside, true));
        }).ToList();
        Console.WriteLine($"{name}, {cases.Count} questions: over {Folds} folds out-of-scope F1 {ScopeJudgement.F1(judged):0.000}, AUROC {ScopeJudgement.Auroc(judged):0.000}");
        Console.WriteLine($"Coefficients, intercept first: {Show(Fit(cases))}");
    }

    private static double[] ByWords(double[] inputs)
    {
        for (var i = 0; i < inputs.Length; i++) if (!ScopeSigns.OfWords.Contains(i)) inputs[i] = 0;
        return inputs;
    }

    private static double[] Fit(IEnumerable<(double[] Inputs, bool Inside)> cases)
    {
        var all = cases.ToList();
        double inside = all.Count(one => one.Inside), outside = all.Count - inside;
        return LogisticFit.Of([.. all.Select(one => new LogisticCase(one.Inputs, one.Inside, all.Count / 2.0 / (one.Inside ? inside : outside)))], Ridge);
    }

    private static string Show(ReadOnlySpan<double> values) =>
        string.Join(", ", values.ToArray().Select(value => value.ToString("0.000", CultureInfo.InvariantCulture)));
}
