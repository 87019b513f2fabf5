using FteAgent.Conversations;
using FteAgent.Testing;

namespace FteAgent.Record;

/// <summary>
/// What every implementation of the record keeps to. A contract is written against the ports alone; one small class for each
/// implementation says how a fresh record is made.
/// </summary>
public abstract class RecordContract : IAsyncLifetime
{
    private protected static readonly Operators.Operator Ana = new(Guid.Parse("a0000000-0000-0000-0000-000000000001"), "Ana");
    private protected static readonly Operators.Operator Bo = new(Guid.Parse("b0000000-0000-0000-0000-000000000002"), "Bo");

    private protected TestRecord Record { get; private set; } = null!;

    public async Task InitializeAsync() => Record = await Create(new FakeTime());

    public async Task DisposeAsync() => await Record.DisposeAsync();

    private protected abstract Task<TestRecord> Create(FakeTime time);

    private protected Act In(Conversation conversation) => new(conversation, Record.Now);
}
