using FteAgent.Knowledge;

namespace FteAgent.Documents;

/// <summary>
/// Reads documents from a file or a folder: Markdown, HTML, text, and JSON lines. A folder is walked in one order on every
/// machine; hidden names and links are passed over, so neither a loop nor a file from elsewhere gets in.
/// </summary>
public sealed class DocumentFiles(TimeProvider clock)
{
    /// <summary>The most documents one import takes.</summary>
    public const int MaxDocuments = 200_000;

    private static readonly string[] LineFiles = [".jsonl", ".ndjson"];

    /// <summary>Reads what is at a path. A file's id is its path within the folder that is read, or its name where it is read alone.</summary>
    /// <exception cref="DocumentException">There is nothing to read, or a file is broken; the message is one sentence.</exception>
    public DocumentImport Read(string path, CancellationToken cancellationToken) =>
        Read(path, (File.Exists(path) ? Path.GetDirectoryName(Path.GetFullPath(path)) : null) ?? path, cancellationToken);

    /// <summary>Reads what is at a path within a folder, with the ids that it has when the whole folder is read.</summary>
    /// <exception cref="DocumentException">The path does not lie in the folder, there is nothing to read, or a file is broken.</exception>
    public DocumentImport Read(string path, string root, CancellationToken cancellationToken)
    {
        root = Path.GetFullPath(root);
        if (!File.Exists(path) && !Directory.Exists(path)) throw new DocumentException($"There is no file or folder {path}.");
        if (IdOf(path, root).Split('/')[0] is "..") throw new DocumentException($"{path} does not lie in {root}.");
        if (File.Exists(path)) return ReadFile(path, root);

        var gathered = new Gathering();
        foreach (var file in Walk(Path.GetFullPath(path)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Take(file, IdOf(file, root), gathered);
        }

        if (gathered.Documents.Count == 0)
            throw new DocumentException($"{path} holds no document: nothing ends in .md, .html, .txt or .jsonl.");
        return gathered.ToImport();
    }

    private static string IdOf(string file, string root) => Path.GetRelativePath(root, Path.GetFullPath(file)).Replace('\\', '/');

    private DocumentImport ReadFile(string path, string root)
    {
        var gathered = new Gathering();
        Take(path, IdOf(path, root), gathered);
        if (gathered.Skipped.Count > 0) throw new DocumentException(gathered.Skipped[0]);
        if (gathered.Documents.Count == 0)
            throw new DocumentException($"{path} holds no document that can be read: Markdown, HTML, text or JSON lines are.");
        return gathered.ToImport();
    }

    private void Take(string file, string name, Gathering gathered)
    {
        var extension = Path.GetExtension(file).ToLowerInvariant();
        if (LineFiles.Contains(extension))
        {
            foreach (var document in JsonLines.Read(file, name, clock.GetUtcNow())) gathered.Add(document);
            return;
        }

        if (ReaderOf(extension) is not { } reader) return;
        var info = new FileInfo(file);
        if (info.Length > DocumentText.MaxFileBytes)
        {
            gathered.Skipped.Add($"{name} is larger than {DocumentText.MaxFileBytes / 1_000_000} MB and was left out.");
            return;
        }

        if (DocumentText.Read(file) is not { } text)
        {
            gathered.Skipped.Add($"{name} is not text and was left out.");
            return;
        }

        var page = reader(text);
        if (page is null) gathered.Skipped.Add($"{name} is nested too deeply and was left out.");
        else if (string.IsNullOrWhiteSpace(page.Text)) gathered.Skipped.Add($"{name} has no text and was left out.");
        else gathered.Add(new Document(name, DocumentText.Title(page.Title) ?? NameAsTitle(name), page.Text, page.ChangedAt ?? info.LastWriteTimeUtc));
    }

    private static Func<string, Page?>? ReaderOf(string extension) => extension switch
    {
        ".md" or ".markdown" or ".mdx" => MarkdownPage.Read,
        ".html" or ".htm" or ".xhtml" => HtmlPage.Read,
        ".txt" or ".text" => text => new Page(null, text.Trim(), null),
        _ => null,
    };

    private static IEnumerable<string> Walk(string root)
    {
        var folders = new Stack<string>([root]);
        while (folders.TryPop(out var folder))
        {
            var entries = new DirectoryInfo(folder).EnumerateFileSystemInfos()
                .Where(entry => entry.Name[0] != '.' && entry.LinkTarget is null)
                .OrderBy(entry => entry.Name, StringComparer.Ordinal)
                .ToList();
            foreach (var file in entries.OfType<FileInfo>()) yield return file.FullName;
            foreach (var inner in entries.OfType<DirectoryInfo>().Reverse()) folders.Push(inner.FullName);
        }
    }

    private static string NameAsTitle(string name) =>
        Path.GetFileNameWithoutExtension(name).Replace('-', ' ').Replace('_', ' ');

    private sealed class Gathering
    {
        private readonly HashSet<string> ids = new(StringComparer.Ordinal);

        public List<Document> Documents { get; } = [];

        public List<string> Skipped { get; } = [];

        public void Add(Document document)
        {
            if (!ids.Add(document.Id)) throw new DocumentException($"Two documents have the id {document.Id}.");
            if (Document.IsLearned(document.Id))
                throw new DocumentException($"{document.Id}: ids that begin with {Document.LearnedPrefix} are those of approved articles; give the folder another name.");
            if (Documents.Count == MaxDocuments) throw new DocumentException($"There are more than {MaxDocuments} documents.");
            Documents.Add(document);
        }

        public DocumentImport ToImport() => new(Documents, Skipped);
    }
}

/// <summary>What was read.</summary>
/// <param name="Documents">The documents, in order of path and line.</param>
/// <param name="Skipped">A sentence for each file that was left out.</param>
public sealed record DocumentImport(IReadOnlyList<Document> Documents, IReadOnlyList<string> Skipped);

/// <summary>A document could not be read; the message is one sentence for whoever imports, and names file and line.</summary>
public sealed class DocumentException(string message) : Exception(message);
