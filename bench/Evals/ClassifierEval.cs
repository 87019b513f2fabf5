using System.Diagnostics;
using FteAgent.Intents;

namespace FteAgent.Evals;

/// <summary>
/// Does the classifier tell what a message means, and that it means nothing known? It learns from the set's examples and is asked its
/// questions. Those of the label <c>oos</c> mean nothing known: they are judged once by a classifier that never saw such a text, and
/// once, in folds, by classifiers that were given those of the other folds.
/// </summary>
internal sealed class ClassifierEval(string set, string examples) : IEval
{
    public const string OutOfScope = "oos";

    /// <summary>How many confusions are told.</summary>
    public const int WorstPairs = 20;

    private const int Depth = 10;
    private const int Folds = 5;
    private const int FewExamples = 5;
    private const int MemoryPeriod = 300;
    private const double Megabyte = 1024 * 1024;

    public string Name => set;

    public Task Run(EvalData data, Figures figures)
    {
        var path = $"{set}/queries.jsonl";
        if (!data.Has(path))
        {
            figures.Say($"\n{set}: no {path} here, left out.");
            return Task.CompletedTask;
        }

        var known = data.Sources(examples).Select(line => new LabelledText(line.Text("text"), line.Text("label"))).ToList();
        var asked = data.Questions(path).Select(line => new Asked(line.Text("id"), line.Text("text"), line.Text("label"))).ToList();
        var inScope = asked.Where(question => question.Label != OutOfScope).ToList();
        figures.Heading($"{set}: {inScope.Count} questions, {known.Select(text => text.Label).Distinct().Count()} intents by {known.Count} examples");
        var classifier = Train(known, figures);
        Hits(classifier, inScope, figures);
        Few(known, inScope, figures);
        if (inScope.Count < asked.Count) Scope(classifier, known, asked, figures);
        return Task.CompletedTask;
    }

    private IntentClassifier Train(List<LabelledText> known, Figures figures)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = before;
        IntentClassifier classifier;
        double seconds;
        // What is in use, without what is only not yet collected: that depends on the machine's memory.
        using (new Timer(_ => most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true)), null, MemoryPeriod, MemoryPeriod))
        {
            var started = Stopwatch.GetTimestamp();
            classifier = IntentTrainer.Train(known, CancellationToken.None);
            seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        }

        figures.Add($"{set}.train_s", seconds);
        figures.Add($"{set}.train_mb", (most - before) / Megabyte);
        figures.Add($"{set}.classifier_mb", ClassifierBytes.Write(classifier).Length / Megabyte);
        return classifier;
    }

    private void Hits(IntentClassifier classifier, List<Asked> questions, Figures figures)
    {
        foreach (var question in questions.Take(100)) classifier.Classify(question.Text);
        var times = new List<double>();
        var answers = new List<Answer>();
        foreach (var question in questions)
        {
            var started = Stopwatch.GetTimestamp();
            var guess = classifier.Classify(question.Text);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            answers.Add(new Answer(question, guess));
        }

        foreach (var k in new[] { 1, 5 }) Report(figures, $"hit@{k}", answers, answer => answer.Rank >= 0 && answer.Rank < k ? 1 : 0);
        Report(figures, $"mrr@{Depth}", answers, answer => answer.Rank < 0 ? 0 : 1.0 / (answer.Rank + 1));
        foreach (var percent in new[] { 50, 95 })
            figures.Add($"{set}.classify_p{percent}_ms", Interval.Quantile(times, percent / 100.0), Interval.OfQuantile(times, percent / 100.0));
        Explain(classifier, answers, figures);
    }

    private void Explain(IntentClassifier classifier, List<Answer> answers, Figures figures)
    {
        var readings = answers.ConvertAll(answer => (answer.Question, Reading: classifier.Read(Feature.Of(answer.Question.Text))));
        double Right(Func<IntentReading, IEnumerable<double>> values) => readings.Average(one =>
            one.Reading is { } reading && classifier.Labels[values(reading).Index().MaxBy(value => value.Item).Index] == one.Question.Label ? 1 : 0);
        figures.Say($"right by the networks alone {Right(reading => reading.Chances):0.000}, by the nearest example alone " +
            $"{Right(reading => reading.Likeness.Select(like => (double)like)):0.000}; likeness weighs {classifier.LikenessWeight}");

        figures.Say($"the {WorstPairs} worst confusions: how often, what was meant, what was answered");
        List<Confusion> confusions =
        [
            .. answers.Where(answer => answer.Rank != 0)
                .GroupBy(answer => (Meant: answer.Question.Label, Got: answer.Guess.Labels.FirstOrDefault().Label ?? "-"))
                .Select(pair => new Confusion(pair.Key.Meant, pair.Key.Got, pair.Count()))
                .OrderByDescending(pair => pair.Count).ThenBy(pair => pair.Meant, StringComparer.Ordinal).ThenBy(pair => pair.Answered, StringComparer.Ordinal),
        ];
        foreach (var pair in confusions.Take(WorstPairs)) figures.Say($"  {pair.Count,3}  {pair.Meant,-48} {pair.Answered}");
        figures.Show(new ConfusionExhibit(set, confusions));
    }

    // A label of a young help centre has a handful of examples.
    private void Few(List<LabelledText> known, List<Asked> questions, Figures figures)
    {
        var few = known.GroupBy(text => text.Label).SelectMany(label => label.Take(FewExamples));
        var classifier = IntentTrainer.Train(few, CancellationToken.None);
        var answers = questions.ConvertAll(question => new Answer(question, classifier.Classify(question.Text)));
        Report(figures, $"hit@1_of_{FewExamples}_examples", answers, answer => answer.Rank == 0 ? 1 : 0);
    }

    private void Scope(IntentClassifier untold, List<LabelledText> known, List<Asked> asked, Figures figures)
    {
        figures.Say($"{asked.Count(question => question.Label == OutOfScope)} of {asked.Count} questions mean nothing known; told so below {IntentGuess.Needed}");
        ScopeJudgement.Report($"{set}.untold", asked.ConvertAll(question => Judge(untold, question)), figures);

        var strange = asked.Where(question => question.Label == OutOfScope).Select((question, i) => (question, Fold: i % Folds)).ToList();
        if (strange.Count * (Folds - 1) / Folds < TrainingSet.FewestOutOfScope)
        {
            figures.Say("too few of them to teach what they are like, left out");
            return;
        }

        var judged = new List<ScopeJudgement>();
        for (var fold = 0; fold < Folds; fold++)
        {
            var told = strange.Where(one => one.Fold != fold).Select(one => new LabelledText(one.question.Text, null));
            var classifier = IntentTrainer.Train(known.Concat(told), CancellationToken.None);
            var left = strange.Where(one => one.Fold == fold).Select(one => one.question);
            var inScope = asked.Where(question => question.Label != OutOfScope).Where((_, i) => i % Folds == fold);
            judged.AddRange(left.Concat(inScope).Select(question => Judge(classifier, question)));
        }

        ScopeJudgement.Report(set, judged, figures);
    }

    private static ScopeJudgement Judge(IntentClassifier classifier, Asked question)
    {
        var guess = classifier.Classify(question.Text);
        return new ScopeJudgement(guess.InScope, question.Label == OutOfScope, guess.Labels.FirstOrDefault().Label == question.Label);
    }

    private void Report(Figures figures, string figure, List<Answer> answers, Func<Answer, double> value)
    {
        var values = answers.ConvertAll(answer => value(answer));
        figures.Add($"{set}.{figure}", values.Average(), Interval.OfMean(values));
    }

    private sealed record Asked(string Id, string Text, string Label);

    private sealed record Answer(Asked Question, IntentGuess Guess)
    {
        public int Rank { get; } = Guess.Labels.Select(label => label.Label).ToList().IndexOf(Question.Label);
    }
}
