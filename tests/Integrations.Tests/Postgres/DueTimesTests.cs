using FteAgent.Record;
using FteAgent.Testing;

namespace FteAgent.Postgres;

/// <summary>Silos whose clocks are wrong, on one record whose clock is right.</summary>
public sealed class DueTimesTests : IAsyncLifetime
{
    private readonly FakeTime right = new();
    private TestDatabase database = null!;

    public async Task InitializeAsync()
    {
        database = await (await PostgresServer.Shared).NewDatabase();
        await database.Follow(right);
    }

    public async Task DisposeAsync() => await database.DisposeAsync();

    [Theory]
    [InlineData(-120)]
    [InlineData(120)]
    public async Task What_the_record_calls_due_is_due_to_a_silo_whose_clock_is_wrong(int seconds)
    {
        await using var onTime = Record(right);
        await using var off = Record(new FakeTime(right.GetUtcNow().AddSeconds(seconds)));
        var now = right.GetUtcNow();
        var committed = await onTime.Commit(new Act(await onTime.NewConversation(), now)
            .Opens("Matter", firstResponseDue: now.AddMinutes(5)).CustomerSays("Hello").Escalates(Answering.EscalationReason.Legal, ackDue: now.AddMinutes(15))
            .OpensExchange(dueInSeconds: 30).With(c => c with { QuietCloseAt = now.AddHours(1), Handoff = new(new(Guid.NewGuid(), "Ana"), now, now.AddMinutes(30)) }));

        var there = off.Now;
        var loaded = await off.Load(committed);

        Assert.Equal((there.AddSeconds(0.5), there.AddSeconds(30)), (loaded.Exchange!.DraftAt, loaded.Exchange.DueAt));
        Assert.Equal(there.AddHours(1), loaded.QuietCloseAt);
        Assert.Equal(there.AddMinutes(5), loaded.CurrentTicket!.FirstResponseDue);
        Assert.Equal(there.AddMinutes(15), loaded.Escalation!.AckDue);
        Assert.Equal(there.AddMinutes(30), loaded.Handoff!.ReplyDue);
        // What happened stays as it was written.
        Assert.Equal((now, now), (loaded.Recent[0].At, loaded.Exchange.OpenedAt));
    }

    [Fact]
    public async Task Due_times_stay_where_they_are_however_often_silos_of_different_clocks_go_on()
    {
        await using var onTime = Record(right);
        await using var slow = Record(new FakeTime(right.GetUtcNow().AddMinutes(-2)));
        await using var fast = Record(new FakeTime(right.GetUtcNow().AddMinutes(3)));
        var now = right.GetUtcNow();
        var conversation = await slow.Commit(new Act(await slow.NewConversation(), slow.Now)
            .Opens("Matter", firstResponseDue: slow.Now.AddMinutes(5)).CustomerSays("Hello").OpensExchange(dueInSeconds: 30)
            .With(c => c with { QuietCloseAt = slow.Now.AddHours(1) }));

        foreach (var silo in (TestRecord[])[fast, slow, fast, onTime, slow])
            await silo.Commit(new Act(await silo.Load(conversation), silo.Now).CustomerSays("And?"));

        var loaded = await onTime.Load(conversation);
        Assert.Equal(now.AddSeconds(30), loaded.Exchange!.DueAt);
        Assert.Equal(now.AddHours(1), loaded.QuietCloseAt);
        Assert.Equal(now.AddMinutes(5), loaded.SlaDueAt);
    }

    private TestRecord Record(FakeTime clock)
    {
        var services = PostgresTestRecord.Services(database.Options, clock);
        return new(services, clock, services.DisposeAsync);
    }
}
