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

/// <summary>The attacks that are kept here, or those of a folder of the same form that <c>TEST_ATTACKS</c> names.</summary>
internal static class AttackFiles
{
    private const string Elsewhere = "TEST_ATTACKS";

    private static readonly string Own = Path.Combine(Tree.Root, "tests", "Grains.Tests", "Attacks", "data");

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Whose attacks are run.</summary>
    public static string Folder { get; } = Environment.GetEnvironmentVariable(Elsewhere) is { Length: > 0 } folder ? folder : Own;

    public static IReadOnlyList<AttackMessage> Messages { get; } = Read<AttackMessage>("messages.jsonl");

    public static IReadOnlyList<PoisonedDocument> Documents { get; } = Read<PoisonedDocument>("documents.jsonl");

    public static IReadOnlyList<Twin> Twins { get; } = Read<Twin>("twins.jsonl");

    public static IReadOnlyList<Page> Pages { get; } = Read<Page>("pages.jsonl");

    /// <summary>A file that is not among another's is ours.</summary>
    private static List<T> Read<T>(string name)
    {
        var path = Path.Combine(Folder, name);
        return [.. File.ReadLines(File.Exists(path) ? path : Path.Combine(Own, name)).Where(line => line.Trim().Length > 0).Select(line => JsonSerializer.Deserialize<T>(line, Json)!)];
    }
}
