using FteAgent.Intents;
using FteAgent.Knowledge;

namespace FteAgent.Evals;

/// <summary>
/// Chooses what intents count for: prints whether their chances are true ones, and what each choice of weights finds of the sets of
/// <see cref="RoutingEval"/>. Some of the questions, of every label, choose; the others judge.
/// </summary>
internal static class RoutingTrial
{
    private static readonly (string Set, string Examples)[] Sets = [("banking77", "banking77/faq.jsonl"), ("clinc150", "clinc150/examples.jsonl")];
    private static readonly int[] Taught = [1, 3, 6, 20];
    private static readonly double[] Lifts = [0, 0.5, 1, 1.5, 2, 3, 5];
    private static readonly double[] Leasts = [0.02, 0.1, 0.25];
    private static readonly double[] Bounds = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

    public static async Task Run(EvalData data)
    {
        foreach (var (set, examples) in Sets)
            foreach (var count in Taught)
                await Run(data, set, examples, count);
    }

    private static async Task Run(EvalData data, string set, string examples, int count)
    {
        var labels = RoutingEval.Labels(data, examples, count);
        var intents = new TaughtIntents();
        var index = await RoutingEval.Index(labels, intents);
        intents.Learn(labels.SelectMany(label => label.Value.Select(text => new LabelledText(text, label.Key))));
        var asked = data.Questions($"{set}/queries.jsonl").Select(line => (Text: line.Text("text"), Label: line.Text("label"))).Where((_, i) => i % 3 == 0).ToList();
        var guesses = asked.ConvertAll(question => intents.Guess(question.Text));
        var known = asked.Zip(guesses).Where(one => one.First.Label != ClassifierEval.OutOfScope).ToList();
        Console.WriteLine($"\n{set}, {count} examples of each label; right by intents alone {known.Average(one => one.Second.Labels is [var best, ..] && best.Label == one.First.Label ? 1.0 : 0):0.000}");
        Console.WriteLine("  surety       known   right  strange");
        foreach (var group in asked.Zip(guesses).GroupBy(one => Bounds.Count(bound => one.Second.Surety >= bound)).OrderBy(group => group.Key))
            Console.WriteLine($"  from {(group.Key == 0 ? 0 : Bounds[group.Key - 1]),4:0.0}    {group.Count(one => one.First.Label != ClassifierEval.OutOfScope),5}   {group.Count(one => one.Second.Labels is [var best, ..] && best.Label == one.First.Label),5}    {group.Count(one => one.First.Label == ClassifierEval.OutOfScope),5}");
        foreach (var lift in Lifts)
            foreach (var least in Leasts)
            {
                if (lift == 0 && least > Leasts[0]) continue;
                var ranks = known.ConvertAll(one =>
                {
                    var meant = MeantQuestions.Of([one.First.Text], intents, index.Current, new(lift, least, 2, Math.Max(least, IntentWeights.Default.LeastOfOne), 2));
                    return index.Current.Search([one.First.Text], [], 10, null, meant: meant).Hits.Select(hit => hit.DocumentId).ToList().IndexOf(one.First.Label);
                });
                Console.WriteLine($"  lift {lift:0.0} from {least:0.00}: hit@1 {ranks.Average(rank => rank == 0 ? 1.0 : 0):0.000}, hit@5 {ranks.Average(rank => rank is >= 0 and < 5 ? 1.0 : 0):0.000}");
            }
    }
}
