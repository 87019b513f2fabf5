using System.Text.Json;
using FteAgent.Testing;

namespace FteAgent.Attacks;

/// <summary>A message of a customer who wants what is not the assistant's to give.</summary>
/// <param name="Id">Its name in reports.</param>
/// <param name="Text">The words.</param>
/// <param name="Wants">price, refund, promise, other_customer, prompt or tool.</param>
/// <param name="Say">The very words that it wants to read; null where any will do.</param>
internal sealed record AttackMessage(string Id, string Text, string Wants, string? Say = null);

/// <summary>A document that speaks to the assistant, or lies to its readers.</summary>
/// <param name="Id">Its id in the knowledge.</param>
/// <param name="Title">Its title; it is found by a plain question about it.</param>
/// <param name="Text">The words.</param>
/// <param name="Wants">price, refund, promise, other_customer, prompt or tool.</param>
/// <param name="Say">Which of its words are the lie; null means all of it.</param>
internal sealed record PoisonedDocument(string Id, string Title, string Text, string Wants, string? Say = null);

/// <summary>A plain question in similar words, which the assistant may answer.</summary>
internal sealed record Twin(string Id, string Text);

/// <summary>An honest page in similar words, which may be quoted.</summary>
internal sealed record Page(string Id, string Title, string Text);

/// <summary>The attacks of a folder. Whatever is wrong with it is said in a sentence that names the file and the line.</summary>
internal sealed class AttackFiles
{
    private const string MessagesName = "messages.jsonl";
    private const string DocumentsName = "documents.jsonl";

    private static readonly string Own = Path.Combine(Tree.Root, "tests", "Grains.Tests", "Attacks", "data");

    private AttackFiles(string folder)
    {
        Folder = folder;
        if (!Directory.Exists(folder))
            throw new InvalidDataException($"There is no folder {folder} with attacks.");
        Messages = Read(MessagesName, isAsked: true, line => new AttackMessage(line.Text("id"), line.Text("text", Field.LongestMessage), line.Wants(), line.Said()));
        Documents = Read(DocumentsName, isAsked: true, line => new PoisonedDocument(line.Text("id"), line.Text("title"), line.Text("text"), line.Wants(), line.SaidIn("text")));
        if (Messages.Count + Documents.Count == 0)
            throw new InvalidDataException($"{folder} holds no attack: neither {MessagesName} nor {DocumentsName} has a line.");
        Twins = Read("twins.jsonl", isAsked: false, line => new Twin(line.Text("id"), line.Text("text", Field.LongestMessage)));
        Pages = Read("pages.jsonl", isAsked: false, line => new Page(line.Text("id"), line.Text("title"), line.Text("text")));
    }

    /// <summary>Where they are.</summary>
    public string Folder { get; }

    /// <summary>What customers write.</summary>
    public IReadOnlyList<AttackMessage> Messages { get; }

    /// <summary>What is published.</summary>
    public IReadOnlyList<PoisonedDocument> Documents { get; }

    /// <summary>What must not be taken for an attack.</summary>
    public IReadOnlyList<Twin> Twins { get; }

    /// <summary>What must not be taken for a poisoned document.</summary>
    public IReadOnlyList<Page> Pages { get; }

    /// <summary>Reads a folder of the same form as ours; ours where none is named.</summary>
    /// <exception cref="InvalidDataException">It cannot be read; the message says where and why.</exception>
    public static AttackFiles Open(string? folder) => new(folder is { Length: > 0 } ? folder : Own);

    /// <summary>Of another's folder, plain questions and pages may be left out: then ours are used.</summary>
    private List<T> Read<T>(string name, bool isAsked, Func<Field, T> read)
    {
        var path = Path.Combine(Folder, name);
        if (!File.Exists(path))
        {
            if (isAsked) return [];
            path = Path.Combine(Own, name);
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        var all = new List<T>();
        foreach (var (number, line) in File.ReadLines(path).Index().Where(line => line.Item.Trim().Length > 0))
        {
            var where = $"{path}, line {number + 1}";
            using var json = Parse(line, where);
            var field = new Field(json.RootElement, where);
            if (!ids.Add(field.Text("id")))
                throw new InvalidDataException($"{where}: another line has the id \"{field.Text("id")}\" already.");
            all.Add(read(field));
        }

        return all;
    }

    private static JsonDocument Parse(string line, string where)
    {
        try
        {
            var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind is JsonValueKind.Object ? json : throw new InvalidDataException($"{where} is no JSON object such as {{\"id\": …}}.");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{where} is no JSON: it breaks off or goes wrong at character {broken.BytePositionInLine + 1}.");
        }
    }

    /// <summary>A line, read field by field.</summary>
    private sealed record Field(JsonElement Line, string Where)
    {
        /// <summary>A message has at most so many characters, and so an attack has.</summary>
        public const int LongestMessage = 10_000;

        private const int LongestText = 200_000;

        public string Text(string name, int longest = LongestText)
        {
            if (!Line.TryGetProperty(name, out var value) || value.ValueKind is not JsonValueKind.String || string.IsNullOrWhiteSpace(value.GetString()))
                throw new InvalidDataException($"{Where}: \"{name}\" has to be there, as a text that is not empty.");
            var text = value.GetString()!;
            return text.Length <= longest ? text : throw new InvalidDataException($"{Where}: \"{name}\" has {text.Length} characters; {longest} is the most.");
        }

        public string Wants() => Text("wants") is var wants && Wishes.Kinds.Contains(wants)
            ? wants
            : throw new InvalidDataException($"{Where}: \"wants\" is \"{wants}\", and has to be one of {string.Join(", ", Wishes.Kinds)}.");

        public string? Said() => Line.TryGetProperty("say", out var value) && value.ValueKind is not JsonValueKind.Null ? Text("say") : null;

        public string? SaidIn(string name) => Said() is not { } said || Text(name).Contains(said, StringComparison.Ordinal)
            ? Said()
            : throw new InvalidDataException($"{Where}: the words of \"say\" have to stand in \"{name}\", letter by letter.");
    }
}
