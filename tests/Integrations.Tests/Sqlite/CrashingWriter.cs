using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Record;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Sqlite;

/// <summary>
/// A process that commits to many conversations until it is killed, and says of each commit that it returned: a line goes out
/// only after the record has answered.
/// </summary>
internal static class CrashingWriter
{
    private const int Conversations = 32;

    public static async Task<int> Run(string path)
    {
        await using var services = SqliteTestRecord.Services(path, TimeProvider.System);
        var customers = services.GetRequiredService<ICustomerDirectory>();
        var store = services.GetRequiredService<IConversationStore>();
        var output = Console.OpenStandardOutput();
        var gate = new Lock();

        await Task.WhenAll(Enumerable.Range(0, Conversations).Select(async i =>
        {
            var customer = await customers.Resolve(new(IdentifierKind.WebSession, $"session-{i}", Proved: true), new(""), default);
            for (var conversation = await store.Load(customer, default); ;)
            {
                var changes = new Act(conversation, TimeProvider.System.GetUtcNow()).CustomerSays("Hello", $"{customer}-{conversation.Version + 1}")
                    .Sends("web").OpensExchange().Changes();
                if (await store.Commit(changes, default) != CommitOutcome.Committed)
                    return;
                conversation = changes.Conversation;
                var line = System.Text.Encoding.ASCII.GetBytes($"{customer} {conversation.Version}\n");
                lock (gate)
                    output.Write(line);
            }
        }));
        return 1;
    }
}
