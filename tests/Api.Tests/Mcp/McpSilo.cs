using FteAgent.Api.Hosting;
using FteAgent.Knowledge;

namespace FteAgent.Api.Mcp;

/// <summary>A silo that knows three documents of these tests, for all tests of <c>/mcp</c> that need no settings of their own.</summary>
public sealed class McpSilo : IAsyncLifetime
{
    /// <summary>Words of one of the documents, and the answer that they carry.</summary>
    internal const string Quote = "Use the backup command to copy all data while the product runs";

    internal const string Answer = "Hello! Use the backup command to copy all data while the product runs.";

    /// <summary>An id that an address cannot hold as it is.</summary>
    internal const string OddId = "guides/Teams & roles #1.md";

    public RunningSilo Silo { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Silo = await RunningSilo.Start();
        await Silo.Service<IKnowledgeIndex>().Publish(
            [
                Document("guides/backup.md", "Backups", $"# Backups\n\n{Quote}. The copy is checked before the command ends, and a broken copy is thrown away.", "operations"),
                Document(OddId, "Teams and roles", "# Teams and roles\n\nInvite a colleague from the team page. A guest may read boards and may not change them.", "accounts"),
                Document("guides/notes.md", "Notes", "# Notes\n\nA note belongs to one board. Notes are searched together with the boards that hold them.", "boards"),
            ],
            null, default);
    }

    public async Task DisposeAsync() => await Silo.DisposeAsync();

    /// <summary>An operator's program that acts for a customer, or for none.</summary>
    internal static McpProgram Program(TestOperator by, TestCustomer? customer = null) => new(by.Caller, customer?.Id.ToString());

    private static Document Document(string id, string title, string text, string category) => new(id, title, text, DateTimeOffset.UnixEpoch, category);
}

[CollectionDefinition(Name)]
public sealed class McpCollection : ICollectionFixture<McpSilo>
{
    public const string Name = "mcp";
}
