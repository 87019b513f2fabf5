using System.Collections.Immutable;
using FteAgent.Answering;
using FteAgent.Health;
using FteAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Conversations;

/// <summary>What hangs while a silo stops does not take the time of those who stop after it.</summary>
public sealed class StopTests
{
    /// <summary>Far more than the last second that everyone has, far less than drafts have otherwise.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public void A_share_is_what_the_others_do_not_need_and_never_nothing()
    {
        var time = new FakeTime();
        var stop = new StopTime(time);
        Assert.Equal(Seconds(20), stop.Share(Seconds(20), Seconds(3)));
        Assert.Equal(StopTime.ForServices - Seconds(5), stop.Share(Seconds(20), Seconds(5)));

        stop.Begin();
        time.Advance(Seconds(10));
        stop.Begin();
        Assert.Equal(StopTime.ForServices - Seconds(10), stop.Left);
        Assert.Equal(StopTime.ForServices - Seconds(15), stop.Share(Seconds(20), Seconds(5)));
        Assert.Equal(Seconds(2), stop.Share(Seconds(2), Seconds(5)));
        time.Advance(Seconds(60));
        Assert.Equal(Seconds(1), stop.Share(Seconds(20), Seconds(5)));
    }

    [Fact]
    public async Task A_draft_that_hangs_leaves_the_others_their_time()
    {
        var time = new FakeTime();
        var stop = new StopTime(time);
        await using var support = await Support.Open(services => services.AddSingleton(stop), time);
        var mira = await support.NewCustomer();
        support.Model.Hold();
        var drafting = support.Model.Drafting();
        await support.Write(mira, "How do I import documents?");
        await support.Drafting(drafting);
        stop.Begin();
        time.Advance(StopTime.ForServices);

        using var never = new CancellationTokenSource();
        await support.Silo.GetServices<IHostedService>().OfType<ExchangeRunner>().Single().StopAsync(never.Token).WaitAsync(Soon);
    }

    [Fact]
    public async Task The_last_sign_of_life_gets_its_chance_when_the_time_to_stop_is_over()
    {
        var roster = new Roster();
        using var heartbeat = new Heartbeat(roster, new("silo-1"), new FakeTime(), NullLogger<Heartbeat>.Instance);
        await heartbeat.StartAsync(default);

        await heartbeat.StopAsync(new CancellationToken(canceled: true));

        Assert.Equal(["silo-1"], roster.Retired);
    }

    [Fact]
    public async Task A_last_sign_of_life_that_hangs_is_given_up_soon()
    {
        using var heartbeat = new Heartbeat(new Roster { Hangs = true }, new("silo-1"), new FakeTime(), NullLogger<Heartbeat>.Instance);
        await heartbeat.StartAsync(default);

        await heartbeat.StopAsync(default).WaitAsync(Soon);
    }

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);

    private sealed class Roster : IDutyRoster
    {
        public bool Hangs { get; init; }

        public List<string> Retired { get; } = [];

        public Task Renew(string incarnation, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task Retire(string incarnation, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Hangs)
                return new TaskCompletionSource().Task;
            Retired.Add(incarnation);
            return Task.CompletedTask;
        }

        public Task<ImmutableArray<DueConversation>> ClaimDue(int limit, CancellationToken cancellationToken) =>
            Task.FromResult<ImmutableArray<DueConversation>>([]);
    }
}
