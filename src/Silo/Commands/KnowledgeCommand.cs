using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using FteAgent.Documents;
using FteAgent.Knowledge;
using FteAgent.Silo.Hosting;
using Spectre.Console;

namespace FteAgent.Silo.Commands;

/// <summary>Imports documents and searches them.</summary>
internal static class KnowledgeCommand
{
    private const int ResultLimit = 5;

    public static Command Create()
    {
        var path = new Argument<string>("path") { Description = "A folder of Markdown, HTML and text files, one such file, or a .jsonl file." };
        var import = new Command("import", "Publish a new version of the knowledge that holds exactly these documents.") { path };
        import.SetAction((parsed, token) => Import(parsed.GetRequiredValue(path), token));
        var query = new Argument<string[]>("query") { Description = "What to look for.", Arity = ArgumentArity.OneOrMore };
        var search = new Command("search", "Search the knowledge as the assistant does.") { query };
        search.SetAction((parsed, token) => Search(string.Join(' ', parsed.GetRequiredValue(query)), token));
        return new Command("knowledge", "The documents that the assistant answers from.") { import, search };
    }

    private static async Task<int> Import(string path, CancellationToken cancellationToken)
    {
        await using var services = await SiloHost.OpenRecord(cancellationToken);
        var watch = Stopwatch.StartNew();
        var read = services.GetRequiredService<DocumentFiles>().Read(path, cancellationToken);
        foreach (var skipped in read.Skipped)
            await Console.Error.WriteLineAsync(skipped);
        var documents = read.Documents;

        var knowledge = services.GetRequiredService<IKnowledgeIndex>();
        var version = 0L;
        await AnsiConsole.Progress().HideCompleted(false).StartAsync(async progress =>
        {
            var bar = progress.AddTask("Importing", maxValue: documents.Count);
            version = await knowledge.Publish(documents, new Direct(done => bar.Value = done), cancellationToken);
            bar.Value = documents.Count;
        });
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Version {version}: {documents.Count:N0} documents, {knowledge.Chunks:N0} chunks, in {watch.Elapsed.TotalSeconds:0.0} s. A running silo switches to it within seconds.");
        return 0;
    }

    private static async Task<int> Search(string query, CancellationToken cancellationToken)
    {
        await using var services = await SiloHost.OpenRecord(cancellationToken);
        var knowledge = services.GetRequiredService<IKnowledgeIndex>();
        await knowledge.Refresh(cancellationToken);
        if (knowledge.Version == 0)
            throw new UsageException("The index is empty; fill it with 'silo knowledge import PATH'.");
        var found = await knowledge.Search([query], ResultLimit, null, cancellationToken);
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Version {found.Version}; the chance that the documents answer this is {found.Evidence:P0}.\n");
        foreach (var hit in found.Hits)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]{hit.Title}[/]{(hit.Heading.Length > 0 ? $" › {hit.Heading}" : "")}  [grey]{hit.Score:0.000}  {hit.DocumentId}[/]");
            AnsiConsole.WriteLine(Preview(hit.Text));
            AnsiConsole.WriteLine();
        }

        return 0;
    }

    private static string Preview(string text) => text.Length <= 300 ? text : $"{text[..300]}…";

    /// <summary>Reports on the calling thread; the library's own would queue reports behind each other.</summary>
    private sealed class Direct(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }
}
