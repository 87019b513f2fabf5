using FteAgent.Evals.Identity;
using FteAgent.Evals.Model;
using FteAgent.Evals.Report;
using FteAgent.Evals.Vectors;
using FteAgent.Knowledge;
using FteAgent.Silo.Commands;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Evals;

/// <summary>What the command does: measures, or one of the modes that help while working.</summary>
internal static class EvalCommand
{
    private const int ContactsMade = 300;
    private const int AnswersShown = 12;

    /// <summary>Does it, and gives the exit code: 1 where <c>--check</c> finds a missed target. Figures go to a folder.</summary>
    public static async Task<int> Run(EvalArguments arguments, IConfiguration configuration, string? folder = null)
    {
        arguments.RefuseUnknown();
        folder ??= Path.Combine(EvalData.RepositoryRoot(), "artifacts", "figures");
        var data = EvalData.Open(arguments.Text("--data"));
        var evals = All(arguments, configuration);
        if (arguments.Text("--contacts") is not null)
        {
            foreach (var contact in IdentityContacts.Make(arguments.Number("--contacts", 0, least: 0), arguments.Number("--count", ContactsMade)))
                Console.WriteLine(contact.Write());
        }
        else if (arguments.Has("--calibrate"))
            Calibration.Run(data);
        else if (arguments.Has("--rerank"))
            RerankTrial.Run(data);
        else if (arguments.Has("--vectors"))
            await Show(Path.Combine(folder, "evals.vectors"), data, figures => VectorTrial.Run(configuration, data, [.. evals.OfType<RetrievalEval>()], figures));
        else if (arguments.Has("--routing"))
            await RoutingTrial.Run(data);
        else if (arguments.Has("--calibrate-scope"))
            ScopeCalibration.Run(data);
        else if (arguments.Has("--answers"))
            await Answers.Print(data, arguments.Text("--set") ?? "flydocs", arguments.Number("--count", AnswersShown), arguments.Number("--skip", 0, least: 0));
        else if (arguments.Has("--records"))
            return await RecordComparison.Run(data, [.. evals.Where(eval => eval is RetrievalEval or NoEvidenceEval)]);
        else
            return await Measure(arguments, data, evals, folder);
        return 0;
    }

    private static async Task<int> Measure(EvalArguments arguments, EvalData data, IReadOnlyList<IEval> evals, string folder)
    {
        var only = arguments.Text("--only");
        var asked = evals.Where(eval => only is null || eval.Name == only).ToList();
        if (asked.Count == 0)
            throw new UsageException($"There is no evaluation called {only}. There are {string.Join(", ", evals.Select(eval => eval.Name).Distinct())}.");

        await using var record = arguments.Text("--database") is { } url ? await DatabaseRecord.Open(url) : null;
        if (record is not null) Corpora.Open = guesses => new(record.Knowledge, [], NullLogger<KnowledgeIndex>.Instance, guesses: guesses);
        var figures = await Show(Path.Combine(folder, $"evals{(record is null ? "" : ".postgres")}{(only is null ? "" : $".{only}")}"), data, async figures =>
        {
            foreach (var eval in asked) await eval.Run(data, figures);
        });
        return arguments.Has("--check") ? Targets.Check(figures.Measured) : 0;
    }

    /// <summary>Measures, and writes down what was measured. What an earlier run left goes first: no older figures stand where nothing was measured.</summary>
    private static async Task<Figures> Show(string path, EvalData data, Func<Figures, Task> measure)
    {
        var (json, html) = ($"{path}.json", $"{path}.html");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(json);
        File.Delete(html);
        var figures = new Figures(data.IsSample);
        Console.WriteLine($"Evaluation sets in {data.Folder}; baselines are those of the development half.");
        await measure(figures);
        if (figures.Measured.Count == 0) return figures;
        figures.Write(json);
        EvalReport.Write(html, figures, data.IsSample);
        Console.WriteLine($"\nFigures written to {Shown(json)}, the report to {Shown(html)}.");
        return figures;
    }

    /// <summary>Every evaluation, in the order in which they are made.</summary>
    public static IReadOnlyList<IEval> All(EvalArguments arguments, IConfiguration configuration)
    {
        var runs = arguments.Number("--runs", WholeEval.Runs);
        return
        [
            new SpeedEval(),
            new RetrievalEval("flydocs", "flydocs/corpus.jsonl", "flydocs/queries.jsonl", q => [q.Text("query")]),
            new RetrievalEval("banking", "banking/corpus.jsonl", "banking/queries.jsonl", q => [q.Text("query"), .. q.Texts("customer_turns")]),
            new RetrievalEval("banking_opening", "banking/corpus.jsonl", "banking/queries.jsonl", q => [q.Text("query")]),
            new RetrievalEval("eshop", "eshop/corpus.jsonl", "eshop/queries.jsonl", q => [q.Text("query")]),
            new RetrievalEval("eshop_questions", "eshop/corpus.jsonl", "eshop/evalquestions.jsonl", q => [q.Text("query")]),
            new NoEvidenceEval("flydocs", data => data.Sources("flydocs/corpus.jsonl").Select(Corpora.ToDocument), "flydocs/queries.jsonl", "query", q => q.Flag("answerable")),
            new NoEvidenceEval("clinc150", data => data.Sources("clinc150/examples.jsonl").Select(Corpora.ToDocument), "clinc150/queries.jsonl", "text", q => q.Text("label") != ClassifierEval.OutOfScope),
            new ClassifierEval("banking77", "banking77/faq.jsonl"),
            new ClassifierEval("clinc150", "clinc150/examples.jsonl"),
            new RoutingEval("banking77", "banking77/faq.jsonl"),
            new RoutingEval("clinc150", "clinc150/examples.jsonl"),
            new EscalationEval("tickets2"),
            new EscalationEval("tickets"),
            new EscalationEval("tickets", "expected_escalation_strict", "tickets_strict"),
            new EscalationEval("banking", "transfer", "banking_transfer_opening", "queries.jsonl", q => [q.Text("query")]),
            new EscalationEval("banking", "transfer", "banking_transfer", "queries.jsonl", q => [q.Text("query"), .. q.Texts("customer_turns")]),
            new WholeEval("tickets2", runs),
            new WholeEval("tickets", runs),
            new WholeEval("everyday", runs, isOurs: true),
            new IdentityEval(arguments.Text("--database")),
            new ModelEval(configuration, arguments.Number("--runs", 1), arguments.Number("--count", int.MaxValue)),
        ];
    }

    private static string Shown(string path) => Path.GetRelativePath(EvalData.RepositoryRoot(), path);
}
