using FteAgent.Evals;

// Usage: Evals [--data DIR] [--only NAME]
// Measures the product's own code on the evaluation sets and writes artifacts/figures/evals.json.
IEval[] evals =
[
    new RetrievalEval("flydocs", "flydocs/corpus.jsonl", "flydocs/queries.jsonl", q => [q.Text("query")]),
    new RetrievalEval("banking", "banking/corpus.jsonl", "banking/queries.jsonl", q => [q.Text("query"), .. q.Texts("customer_turns")]),
    new RetrievalEval("banking_opening", "banking/corpus.jsonl", "banking/queries.jsonl", q => [q.Text("query")]),
    new RetrievalEval("eshop", "eshop/corpus.jsonl", "eshop/queries.jsonl", q => [q.Text("query")]),
    new RetrievalEval("eshop_questions", "eshop/corpus.jsonl", "eshop/evalquestions.jsonl", q => [q.Text("query")]),
];

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

var data = EvalData.Open(Option("--data"));
var only = Option("--only");
var figures = new Figures();
Console.WriteLine($"Evaluation sets in {data.Folder}; baselines are those of the development half.");
foreach (var eval in evals.Where(eval => only is null || eval.Name == only)) await eval.Run(data, figures);

var path = Path.Combine(EvalData.RepositoryRoot(), "artifacts", "figures", only is null ? "evals.json" : $"evals.{only}.json");
figures.Write(path);
Console.WriteLine($"\nFigures written to {Path.GetRelativePath(EvalData.RepositoryRoot(), path)}.");
return 0;
