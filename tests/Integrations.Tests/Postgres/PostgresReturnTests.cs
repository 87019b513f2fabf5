using FteAgent.Conversations;
using FteAgent.Record;
using FteAgent.Testing;

namespace FteAgent.Postgres;

/// <summary>A database that was away makes every silo look gone. Nobody's work is taken over for that.</summary>
public sealed class PostgresReturnTests : IAsyncLifetime
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private TestRecord record = null!;
    private Conversation worked = null!, claimed = null!;

    /// <summary>Two silos live; the first drafts for one customer and sends for another. Then nobody is seen for ten seconds.</summary>
    public async Task InitializeAsync()
    {
        record = await PostgresTestRecord.Create(new FakeTime());
        await Renew("silo-1", "silo-2");
        worked = await record.Commit(new Act(await record.NewConversation(), record.Now).CustomerSays("Hello").OpensExchange(600, "silo-1"));
        claimed = await record.Commit(new Act(await record.NewConversation(), record.Now).CustomerSays("Hello").Sends("web"));
        Assert.Single(await record.Outbox.Claim(claimed.Customer, "silo-1", Lease, default));
        record.Advance(10);
    }

    public async Task DisposeAsync() => await record.DisposeAsync();

    [Fact]
    public async Task Sweep_that_comes_before_any_sign_of_life_takes_nothing_over()
    {
        Assert.Empty(await Due());
        await Renew("silo-2");
        Assert.Empty(await Due());
        await Renew("silo-1");
        for (var second = 0; second < 10; second++)
        {
            Assert.Empty(await Due());
            record.Advance(1);
            await Renew("silo-1", "silo-2");
        }
    }

    [Fact]
    public async Task Silo_that_starts_while_the_database_is_back_takes_nothing_over_from_those_still_unseen()
    {
        await Renew("silo-3");
        Assert.Empty(await Due());
        await Renew("silo-2", "silo-4");
        Assert.Empty(await Due());
        record.Advance(0.5);
        Assert.Empty(await Due());
        await Renew("silo-1");
        record.Advance(2.5);
        Assert.Empty(await Due());
    }

    [Fact]
    public async Task Silo_that_stays_away_is_taken_over_once_another_has_been_back_for_long_enough()
    {
        for (var second = 0; second < 3; second++)
        {
            await Renew("silo-2");
            Assert.Empty(await Due());
            record.Advance(1);
        }

        await Renew("silo-2");
        Assert.Equal(new HashSet<DueConversation> { new(worked.Customer, "silo-1"), new(claimed.Customer, null) }, (await Due()).ToHashSet());
    }

    [Fact]
    public async Task What_is_due_by_its_time_is_claimed_all_the_same()
    {
        record.Advance(600);

        var due = await Due();

        Assert.Equal(new HashSet<DueConversation> { new(worked.Customer, null), new(claimed.Customer, null) }, due.ToHashSet());
    }

    private async Task Renew(params string[] silos)
    {
        foreach (var silo in silos)
            await record.Roster.Renew(silo, default);
    }

    private async Task<DueConversation[]> Due() => [.. await record.Roster.ClaimDue(100, default)];
}
