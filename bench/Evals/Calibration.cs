using FteAgent.Knowledge;

namespace FteAgent.Evals;

/// <summary>
/// Fits the coefficients of <see cref="Evidence"/> anew and prints them: a logistic regression over questions that the documents
/// answer and questions that they do not. Each group counts as a whole, whatever its size.
/// </summary>
internal static class Calibration
{
    /// <summary>Parts that questions are divided into; each is judged by what the others say.</summary>
    public const int Folds = 6;

    private const int MaxPerGroup = 200;
    private const string SameSubject = "same subject";

    public static void Run(EvalData data)
    {
        var examples = Gather(data);
        Console.WriteLine($"{examples.Count} examples. Cross-validated over {Folds} folds of questions:");
        var judged = examples.Select(example => (Example: example, Chance: 0.0)).ToArray();
        for (var fold = 0; fold < Folds; fold++)
        {
            var model = Logistic.Fit([.. examples.Where(example => example.Fold != fold)]);
            for (var i = 0; i < judged.Length; i++)
                if (judged[i].Example.Fold == fold) judged[i].Chance = Logistic.Chance(model, judged[i].Example.Inputs);
        }

        foreach (var group in judged.GroupBy(j => (j.Example.Group, j.Example.Answerable)).OrderBy(group => group.Key))
        {
            var right = group.Count(j => (j.Chance >= Evidence.Needed) == j.Example.Answerable);
            Console.WriteLine($"  {group.Key.Group,-34} {(group.Key.Answerable ? "answerable" : "not"),-10} {group.Count(),4}  right {(double)right / group.Count():0.000}");
        }

        var same = judged.Where(j => j.Example.Group == SameSubject).ToList();
        double hit = same.Count(j => !j.Example.Answerable && j.Chance < Evidence.Needed), refused = same.Count(j => j.Chance < Evidence.Needed);
        Console.WriteLine($"  same subject: refusal F1 {2 * hit / (refused + same.Count(j => !j.Example.Answerable)):0.000}");
        Console.WriteLine($"  same subject: AUROC {Auroc(same):0.000}");
        Console.WriteLine("Coefficients, intercept first: " + string.Join(", ", Logistic.Fit(examples).Select(c => c.ToString("0.000"))));
    }

    // The chance that an unanswerable question gets less than an answerable one; ties half.
    private static double Auroc(IReadOnlyList<(Example Example, double Chance)> judged) => (
        from no in judged.Where(j => !j.Example.Answerable)
        from yes in judged.Where(j => j.Example.Answerable)
        select no.Chance < yes.Chance ? 1.0 : no.Chance > yes.Chance ? 0 : 0.5).Average();

    private static List<Example> Gather(EvalData data)
    {
        var examples = new List<Example>();
        void Add(string group, bool answerable, double weight, IEnumerable<(KnowledgeSnapshot Index, string Id, string Text)> questions)
        {
            var all = questions.ToList();
            var step = Math.Max(1, (int)Math.Ceiling((double)all.Count / MaxPerGroup));
            var taken = all.Where((_, i) => i % step == 0).ToList();
            examples.AddRange(taken.Select(q => new Example(
                group, answerable, weight / taken.Count, Evidence.Inputs(q.Index.Features(q.Text)), FoldOf(q.Id))));
        }

        var fly = Snapshot(data, "flydocs/corpus.jsonl");
        var bank = Snapshot(data, "banking/corpus.jsonl");
        var tickets = Snapshot(data, "tickets/corpus.jsonl");
        var companies = data.Sources("tickets2/corpus.jsonl").GroupBy(line => line.Text("id").Split('/')[0])
            .ToDictionary(group => group.Key, group => Snapshot(group.Select(Corpora.ToDocument)));
        KnowledgeSnapshot[] small = [tickets, .. companies.Values];

        var flyAsked = data.Questions("flydocs/queries.jsonl").Select(q => (Id: q.Text("id"), Text: q.Text("query"), Answerable: q.Flag("answerable"))).ToList();
        var bankAsked = data.Questions("banking/queries.jsonl").Select(q => (Id: q.Text("id"), Text: q.Text("query"))).ToList();
        var clincAsked = data.Questions("clinc150/queries.jsonl").Select(q => (Id: q.Text("id"), Text: q.Text("text"), Known: q.Text("label") != "oos")).ToList();

        Add(SameSubject, true, 100, flyAsked.Where(q => q.Answerable).Select(q => (fly, q.Id, q.Text)));
        Add(SameSubject, false, 100, flyAsked.Where(q => !q.Answerable).Select(q => (fly, q.Id, q.Text)));
        Add("long openings", true, 15, bankAsked.Select(q => (bank, q.Id, q.Text)));
        Add("tickets to small help centres", true, 40, data.Questions("tickets2/tickets.jsonl")
            .Where(t => !t.Flag("expected_escalation") && companies.ContainsKey(t.Text("id").Split('-')[0]))
            .Select(t => (companies[t.Text("id").Split('-')[0]], t.Text("id"), t.Text("message"))));
        Add("tickets to a small help centre", true, 15, data.Questions("tickets/tickets.jsonl")
            .Where(t => !t.Flag("expected_escalation")).Select(t => (tickets, t.Text("id"), t.Text("message"))));
        Add("asked of small strangers", false, 25, flyAsked.SelectMany(q => small.Select(index => (index, q.Id, q.Text))));
        Add("openings asked of small strangers", false, 30, bankAsked.SelectMany(q => small.Select(index => (index, q.Id, q.Text))));
        Add("chat asked of small strangers", false, 5, clincAsked.SelectMany(q => small.Select(index => (index, q.Id, q.Text))));
        Add("asked of a large stranger", false, 10, flyAsked.Select(q => (bank, q.Id, q.Text)));
        Add("openings asked of a stranger", false, 5, bankAsked.Select(q => (fly, q.Id, q.Text)));
        Add("chat asked of a stranger", false, 5, clincAsked.Select(q => (fly, q.Id, q.Text)));
        return examples;
    }

    public static KnowledgeSnapshot Snapshot(EvalData data, string path) => Snapshot(data.Sources(path).Select(Corpora.ToDocument));

    private static KnowledgeSnapshot Snapshot(IEnumerable<Document> documents)
    {
        var all = documents.ToList();
        return KnowledgeSnapshot.Build(new KnowledgeVersion(1, default, all, [.. all.SelectMany(Chunker.Cut)]), null);
    }

    // One question stays in one fold, whichever documents it is asked of.
    public static int FoldOf(string id) => id.Aggregate(17, (hash, c) => ((hash * 31) + c) & 0xffff) % Folds;
}

/// <summary>A question, what the search tells of it, and whether the documents answer.</summary>
internal sealed record Example(string Group, bool Answerable, double Weight, double[] Inputs, int Fold);
