using System.Text.Json;
using FteAgent.Answering.Rules;
using FteAgent.Texts;

namespace FteAgent.Evals;

/// <summary>
/// Would the assistant hand this first message to a person? Each ticket is judged under the rules of its own source, read
/// by the product's own <see cref="PolicyReader"/>; whether the documents know an answer is measured elsewhere.
/// </summary>
internal sealed class EscalationEval(
    string set, string label = "expected_escalation", string? figuresAs = null, string file = "tickets.jsonl", Func<JsonElement, IEnumerable<string>>? words = null) : IEval
{
    private const int ShownCharacters = 80;

    public string Name => figuresAs ?? set;

    public Task Run(EvalData data, Figures figures)
    {
        var questions = $"{set}/{file}";
        if (!data.Has(questions))
        {
            figures.Say($"\n{Name}: no {questions} here, left out.");
            return Task.CompletedTask;
        }

        var books = RulesBySource(data.Sources($"{set}/rules.jsonl"));
        var outcomes = data.Questions(questions).Select(ticket => Judge(ticket, books)).ToList();
        figures.Heading($"{Name}: {outcomes.Count} tickets, {outcomes.Count(outcome => outcome.Expected)} to hand over");
        figures.Add($"{Name}.escalation_f1", F1(outcomes), Interval.Of(outcomes, F1));
        figures.Add($"{Name}.escalation_precision", Precision(outcomes), Interval.Of(outcomes, Precision));
        figures.Add($"{Name}.escalation_recall", Recall(outcomes), Interval.Of(outcomes, Recall));
        figures.Show(new ConfusionExhibit(Name, [.. Confusions(outcomes).Where(pair => pair.Count > 0)]));
        if (figuresAs is null)
            Explain(outcomes, figures);
        return Task.CompletedTask;
    }

    /// <summary>One book of rules for each source; documents of one source are one handbook.</summary>
    public static Dictionary<string, RuleBook> RulesBySource(IReadOnlyList<JsonElement> rules) =>
        rules.GroupBy(rule => rule.Text("source"))
            .ToDictionary(source => source.Key, source => new RuleBook(PolicyReader.Read(source.Select(rule => rule.Text("text")))));

    private Outcome Judge(JsonElement ticket, Dictionary<string, RuleBook> books)
    {
        var source = ticket.Text("source");
        var book = books.GetValueOrDefault(source) ?? new RuleBook(EscalationPolicy.Default);
        var said = (words?.Invoke(ticket) ?? [ticket.Text("subject"), ticket.Text("message")]).ToList();
        var verdict = book.Before(new ExchangeText([.. said.Where(text => text.Length > 0)], Channel: ticket.Text("channel")));
        return new Outcome(ticket.Text("id"), source, string.Join(" | ", said), ticket.Flag(label), verdict);
    }

    private static void Explain(List<Outcome> outcomes, Figures figures)
    {
        foreach (var source in outcomes.GroupBy(outcome => outcome.Source).Where(source => source.Key.Length > 0))
        {
            var of = source.ToList();
            figures.Say($"{source.Key,-60} {of.Count,3} tickets, {of.Count(outcome => outcome.Expected),2} to hand over: precision {Precision(of):0.00}, recall {Recall(of):0.00}");
        }

        foreach (var wrong in outcomes.Where(outcome => outcome.Expected != outcome.Got))
        {
            var words = wrong.Words.ReplaceLineEndings(" ");
            figures.Say($"{(wrong.Expected ? "missed " : "wrongly")} {wrong.Id,-20} {wrong.Verdict?.RuleId ?? "-",-20} {SafeCut.At(words, ShownCharacters)}");
        }
    }

    private static IEnumerable<Confusion> Confusions(List<Outcome> outcomes) =>
    [
        new("a person", "the assistant", outcomes.Count(outcome => outcome.Expected && !outcome.Got)),
        new("the assistant", "a person", outcomes.Count(outcome => outcome.Got && !outcome.Expected)),
    ];

    private static double Precision(IReadOnlyList<Outcome> outcomes) =>
        outcomes.Count(outcome => outcome.Got) is > 0 and var flagged ? (double)Right(outcomes) / flagged : 0;

    private static double Recall(IReadOnlyList<Outcome> outcomes) =>
        outcomes.Count(outcome => outcome.Expected) is > 0 and var expected ? (double)Right(outcomes) / expected : 0;

    private static double F1(IReadOnlyList<Outcome> outcomes) =>
        Precision(outcomes) + Recall(outcomes) is > 0 and var sum ? 2 * Precision(outcomes) * Recall(outcomes) / sum : 0;

    private static int Right(IReadOnlyList<Outcome> outcomes) => outcomes.Count(outcome => outcome.Expected && outcome.Got);

    private sealed record Outcome(string Id, string Source, string Words, bool Expected, RuleVerdict? Verdict)
    {
        public bool Got => Verdict is not null;
    }
}
