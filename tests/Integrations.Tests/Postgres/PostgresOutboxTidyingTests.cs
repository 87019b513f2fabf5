using FteAgent.Conversations;
using FteAgent.Record;
using FteAgent.Testing;

namespace FteAgent.Postgres;

/// <summary>What was sent is not kept for ever, and what is numbered after it does not notice.</summary>
public sealed class PostgresOutboxTidyingTests : IAsyncLifetime
{
    private readonly FakeTime time = new();
    private TestDatabase database = null!;
    private TestRecord record = null!;

    public async Task InitializeAsync()
    {
        database = await (await PostgresServer.Shared).NewDatabase();
        await database.Follow(time);
        var services = PostgresTestRecord.Services(database.Options, time);
        record = new(services, time, services.DisposeAsync);
    }

    public async Task DisposeAsync()
    {
        await record.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Sent_items_go_after_a_week_but_for_the_last_of_each_destination_which_says_nothing_any_more()
    {
        var conversation = await record.Commit(In(await record.NewConversation()).CustomerSays("Hello").Sends("web", "w1").Sends("web", "w2").Sends("escalations", "e1"));
        await SendAll(conversation);
        record.Advance(TimeSpan.FromDays(6).TotalSeconds);
        await record.Roster.ClaimDue(100, default);
        Assert.Equal("escalations 1 e1, web 1 w1, web 2 w2", await Rows());

        record.Advance(TimeSpan.FromDays(1).TotalSeconds + 1);
        await record.Roster.ClaimDue(100, default);
        Assert.Equal("escalations 1 , web 2 ", await Rows());

        // The next is numbered as if nothing had gone, and takes its predecessor's place in time.
        conversation = await record.Commit(In(conversation).Sends("web", "w3"));
        await record.Roster.ClaimDue(100, default);
        Assert.Equal("escalations 1 , web 2 , web 3 w3", await Rows());
        await SendAll(conversation);
        record.Advance(TimeSpan.FromDays(8).TotalSeconds);
        await record.Roster.ClaimDue(100, default);
        Assert.Equal("escalations 1 , web 3 ", await Rows());
    }

    [Fact]
    public async Task What_is_unsent_or_dead_stays_however_old_it_is()
    {
        var conversation = await record.Commit(In(await record.NewConversation()).CustomerSays("Hello").Sends("web", "dead").Sends("web", "unsent"));
        var items = await record.Outbox.Claim(conversation.Customer, "me", TimeSpan.FromSeconds(30), default);
        await record.Outbox.MarkFailed(items[0].Id, "me", "refused", null, default);

        record.Advance(TimeSpan.FromDays(30).TotalSeconds);
        await record.Roster.ClaimDue(100, default);

        Assert.Equal("web 1 dead, web 2 unsent", await Rows());
    }

    private Act In(Conversation conversation) => new(conversation, record.Now);

    private async Task SendAll(Conversation conversation)
    {
        foreach (var item in await record.Outbox.Claim(conversation.Customer, "me", TimeSpan.FromSeconds(30), default))
            Assert.True(await record.Outbox.MarkSent(item.Id, "me", default));
    }

    private Task<string> Rows() =>
        database.Scalar<string>("select string_agg(destination || ' ' || sequence || ' ' || payload, ', ' order by destination, sequence) from fte.outbox");
}
