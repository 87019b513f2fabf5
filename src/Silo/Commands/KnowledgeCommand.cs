using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using FteAgent.Documents;
using FteAgent.Knowledge;
using FteAgent.Silo.Hosting;
using FteAgent.Texts;
using Spectre.Console;

namespace FteAgent.Silo.Commands;

/// <summary>Imports documents and searches them.</summary>
internal static class KnowledgeCommand
{
    private const int ResultLimit = 5;
    private const int PreviewLength = 300;

    public static Command Create()
    {
        var path = new Argument<string>("path") { Description = "A folder of Markdown, HTML and text files, one such file, or a .jsonl file." };
        var import = new Command("import", "Publish a new version of the knowledge that holds exactly these documents, and approved articles.") { path };
        import.SetAction((parsed, token) => Import(parsed.GetRequiredValue(path), token));
        var query = new Argument<string[]>("query") { Description = "What to look for.", Arity = ArgumentArity.OneOrMore };
        var search = new Command("search", "Search the knowledge as the assistant does.") { query };
        search.SetAction((parsed, token) => Search(string.Join(' ', parsed.GetRequiredValue(query)), token));
        return new Command("knowledge", "The documents that the assistant answers from.") { import, Put(), Remove(), search, FlagsCommand.Create() };
    }

    private static Command Put()
    {
        var path = new Argument<string>("path") { Description = "A changed or new file, a folder of them, or a .jsonl file." };
        var root = new Option<string?>("--root") { Description = "The folder that was imported, so that a page in it keeps its id." };
        var put = new Command("put", "Put documents into the knowledge, in the place of those with the same ids; all others stay.") { path, root };
        put.SetAction((parsed, token) => Put(parsed.GetRequiredValue(path), parsed.GetValue(root), token));
        return put;
    }

    private static Command Remove()
    {
        var ids = new Argument<string[]>("id") { Description = "The ids, as 'knowledge search' shows them.", Arity = ArgumentArity.OneOrMore };
        var remove = new Command("remove", "Take documents out of the knowledge; all others stay.") { ids };
        remove.SetAction((parsed, token) => Remove(parsed.GetRequiredValue(ids), token));
        return remove;
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

    private static async Task<int> Put(string path, string? root, CancellationToken cancellationToken)
    {
        await using var services = await SiloHost.OpenRecord(cancellationToken);
        var watch = Stopwatch.StartNew();
        var files = services.GetRequiredService<DocumentFiles>();
        var read = root is null ? files.Read(path, cancellationToken) : files.Read(path, root, cancellationToken);
        foreach (var skipped in read.Skipped)
            await Console.Error.WriteLineAsync(skipped);
        if (read.Documents.Count > IKnowledgeIndex.MaxChange)
            throw new UsageException($"'put' takes up to {IKnowledgeIndex.MaxChange:N0} documents; use 'knowledge import'.");
        var changed = await services.GetRequiredService<IKnowledgeIndex>().Change(read.Documents, [], cancellationToken);
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Version {changed.Version}: {changed.Put:N0} of {read.Documents.Count:N0} documents put in, the others stood there as they are, in {watch.Elapsed.TotalSeconds:0.0} s.");
        return 0;
    }

    private static async Task<int> Remove(string[] ids, CancellationToken cancellationToken)
    {
        if (ids.FirstOrDefault(Document.IsLearned) is { } learned)
            throw new UsageException($"{learned} is an approved article; take its approval back instead.");
        await using var services = await SiloHost.OpenRecord(cancellationToken);
        var changed = await services.GetRequiredService<IKnowledgeIndex>().Change([], [.. ids.Distinct(StringComparer.Ordinal)], cancellationToken);
        if (changed.Removed == 0)
            throw new UsageException("There is no document with such an id; 'silo knowledge search' shows the ids.");
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Version {changed.Version}: {changed.Removed:N0} documents removed.");
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

    private static string Preview(string text) => text.Length <= PreviewLength ? text : $"{SafeCut.At(text, PreviewLength)}…";

    /// <summary>Reports on the calling thread; the library's own would queue reports behind each other.</summary>
    private sealed class Direct(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }
}
