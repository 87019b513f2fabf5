using FteAgent.Conversations;
using FteAgent.Customers;
using FteAgent.Knowledge;
using FteAgent.Operators;
using FteAgent.Reports;
using FteAgent.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace FteAgent.Record;

/// <summary>A fresh record behind its ports, with a clock that the test moves. What implements them, the contracts never ask.</summary>
internal sealed class TestRecord(IServiceProvider services, FakeTime time, Func<ValueTask> dispose) : IAsyncDisposable
{
    public FakeTime Time { get; } = time;

    public DateTimeOffset Now => Time.GetUtcNow();

    public IConversationStore Conversations => services.GetRequiredService<IConversationStore>();

    public IDutyRoster Roster => services.GetRequiredService<IDutyRoster>();

    public IOutbox Outbox => services.GetRequiredService<IOutbox>();

    public IInboxQueries Inbox => services.GetRequiredService<IInboxQueries>();

    public ICustomerDirectory Customers => services.GetRequiredService<ICustomerDirectory>();

    public IIdentities Identities => services.GetRequiredService<IIdentities>();

    public ICustomerHistory History => services.GetRequiredService<ICustomerHistory>();

    public IPersonalData PersonalData => services.GetRequiredService<IPersonalData>();

    public IKnowledgeStore Knowledge => services.GetRequiredService<IKnowledgeStore>();

    public IOperatorDirectory Operators => services.GetRequiredService<IOperatorDirectory>();

    public ISecretStore Secrets => services.GetRequiredService<ISecretStore>();

    public IReportQueries Reports => services.GetRequiredService<IReportQueries>();

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public IEnumerable<T> All<T>() where T : notnull => services.GetServices<T>();

    public void Advance(double seconds) => Time.Advance(TimeSpan.FromSeconds(seconds));

    public Task<CustomerId> NewCustomer(string name = "") =>
        Customers.Resolve(new(IdentifierKind.WebSession, Guid.NewGuid().ToString("N"), Proved: true), new(name), default);

    /// <summary>A conversation that somebody else's code has committed nothing to yet.</summary>
    public async Task<Conversation> NewConversation(string name = "") => Conversation.New(await NewCustomer(name));

    /// <summary>Commits, expects that to work, and gives the conversation as the grain would keep it.</summary>
    public async Task<Conversation> Commit(Act act)
    {
        var changes = act.Changes();
        Assert.Equal(CommitOutcome.Committed, await Conversations.Commit(changes, default));
        return changes.Conversation;
    }

    public Task<Conversation> Load(Conversation conversation) => Conversations.Load(conversation.Customer, default);

    public async ValueTask DisposeAsync() => await dispose();
}
