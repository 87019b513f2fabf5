using FteAgent.Knowledge;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Tests.Knowledge;

/// <summary>What the tests in this room start from.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Day = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public static Document Document(string id, string text, string? title = null, string? category = null) =>
        new(id, title ?? id, text, Day, category);

    public static KnowledgeIndex EmptyIndex(IEmbedder? embedder = null, IKnowledgeStore? store = null)
    {
        store ??= new MemoryStore();
        return IndexOf(store, [new ExactVectorSearch(store)], embedder);
    }

    /// <summary>An index in which meaning counts as much as words, where there is an embedder.</summary>
    public static KnowledgeIndex IndexOf(IKnowledgeStore store, IEnumerable<IVectorSearch> ways, IEmbedder? embedder = null, TimeProvider? time = null) =>
        new(store, ways, NullLogger<KnowledgeIndex>.Instance, embedder, new() { VectorWeight = 0.5 }, time);

    public static async Task<KnowledgeIndex> Index(IEmbedder? embedder, params Document[] documents)
    {
        var index = EmptyIndex(embedder);
        await index.Publish(documents, null, CancellationToken.None);
        return index;
    }

    public static Task<KnowledgeIndex> Index(params Document[] documents) => Index(null, documents);

    /// <summary>A small company's help pages.</summary>
    public static Document[] HelpPages() =>
    [
        Document("account.md", """
            # Your account

            ## Reset your password

            If you forgot your password, you can set a new one yourself:

            1. Open the **Sign in** page and choose *Forgot password*.
            2. Enter your email address.
            3. Follow the link we send you; it works for 30 minutes.

            ## Change your email address

            Open [Settings](https://example.com/settings) and choose **Profile**. We ask you to confirm the new address.

            ## Delete your account

            Deleting an account removes all its boards. It cannot be undone, so export your boards first.
            """, "Your account"),
        Document("export.md", """
            # Export and import

            Boards can be exported as CSV or JSON from the board's menu. Attachments are not part of the export.

            ```bash
            kan export --board 42 --format csv
            ```

            An import accepts files up to 20 MB. Larger files are split with `kan split` before they are imported.
            """, "Export and import", "data"),
        Document("errors.md", """
            # Error codes

            | Code | Meaning |
            |------|---------|
            | 402 | The card on file was declined |
            | 429 | Too many requests in one minute |

            Error 402 does not delete anything: boards stay readable for 14 days.
            """, "Error codes"),
    ];
}
