using System.Globalization;
using FteAgent.Evals;
using FteAgent.Evals.Identity;
using FteAgent.Knowledge;
using Microsoft.Extensions.Logging.Abstractions;

// Usage: Evals [--data DIR] [--only NAME] [--database URL]
//     measures the product's own code on the evaluation sets and writes artifacts/figures/evals.json. With --database the documents
//     are kept in that Postgres, which is brought up to date and whose knowledge is replaced: take an empty one. The contacts of the
//     identity set get a database of their own on that server, which is removed afterwards.
// Evals --answers [--set NAME] [--count N] [--skip N]
//     prints questions with the extractive answers, for reading.
// Evals --records [--data DIR]
//     measures what is found on SQLite and on a PostgreSQL of its own, and writes artifacts/figures/records.json with the largest difference.
// Evals --contacts SEED [--count N]
//     makes up labelled contacts for the identity set and prints them, a line of JSON each.
// Evals --calibrate
//     fits the evidence model anew and prints its coefficients.
string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

IEval[] evals =
[
    new SpeedEval(),
    new RetrievalEval("flydocs", "flydocs/corpus.jsonl", "flydocs/queries.jsonl", q => [q.Text("query")]),
    new RetrievalEval("banking", "banking/corpus.jsonl", "banking/queries.jsonl", q => [q.Text("query"), .. q.Texts("customer_turns")]),
    new RetrievalEval("banking_opening", "banking/corpus.jsonl", "banking/queries.jsonl", q => [q.Text("query")]),
    new RetrievalEval("eshop", "eshop/corpus.jsonl", "eshop/queries.jsonl", q => [q.Text("query")]),
    new RetrievalEval("eshop_questions", "eshop/corpus.jsonl", "eshop/evalquestions.jsonl", q => [q.Text("query")]),
    new NoEvidenceEval("flydocs", data => data.Sources("flydocs/corpus.jsonl").Select(Corpora.ToDocument), "flydocs/queries.jsonl", "query", q => q.Flag("answerable")),
    new NoEvidenceEval("clinc150", data => data.Sources("clinc150/examples.jsonl").Select(Corpora.ToDocument), "clinc150/queries.jsonl", "text", q => q.Text("label") != "oos"),
    new IntentEval("banking77", "banking77/faq.jsonl"),
    new IntentEval("clinc150", "clinc150/examples.jsonl"),
    new EscalationEval("tickets2"),
    new EscalationEval("tickets"),
    new EscalationEval("tickets", "expected_escalation_strict", "tickets_strict"),
    new WholeEval("tickets2"),
    new WholeEval("tickets"),
    new IdentityEval(Option("--database")),
];

var data = EvalData.Open(Option("--data"));
if (args.Contains("--calibrate"))
{
    Calibration.Run(data);
    return 0;
}

if (Option("--contacts") is { } seed)
{
    foreach (var contact in IdentityContacts.Make(int.Parse(seed, CultureInfo.InvariantCulture), int.Parse(Option("--count") ?? "300", CultureInfo.InvariantCulture)))
        Console.WriteLine(contact.Write());
    return 0;
}

if (args.Contains("--answers"))
{
    await Answers.Print(data, Option("--set") ?? "flydocs", int.Parse(Option("--count") ?? "12"), int.Parse(Option("--skip") ?? "0"));
    return 0;
}

if (args.Contains("--records"))
    return await RecordComparison.Run(data, [.. evals.Where(eval => eval is RetrievalEval or NoEvidenceEval)]);

await using var record = Option("--database") is { } url ? await DatabaseRecord.Open(url) : null;
if (record is not null) Corpora.Open = () => new(record.Knowledge, [], NullLogger<KnowledgeIndex>.Instance);
var only = Option("--only");
var figures = new Figures();
Console.WriteLine($"Evaluation sets in {data.Folder}; baselines are those of the development half.");
foreach (var eval in evals.Where(eval => only is null || eval.Name == only)) await eval.Run(data, figures);

var path = Path.Combine(EvalData.RepositoryRoot(), "artifacts", "figures", $"evals{(record is null ? "" : ".postgres")}{(only is null ? "" : $".{only}")}.json");
figures.Write(path);
Console.WriteLine($"\nFigures written to {Path.GetRelativePath(EvalData.RepositoryRoot(), path)}.");
return 0;
