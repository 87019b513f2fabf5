using System.Diagnostics.Metrics;
using FteAgent.Conversations;
using FteAgent.Health;
using FteAgent.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace FteAgent.Telemetry;

/// <summary>What is counted is what happened, once.</summary>
public sealed class MetricsTests
{
    [Fact]
    public async Task An_answer_and_an_escalation_are_counted_by_what_became_of_them()
    {
        await using var support = await Support.Open();
        using var measured = new Measured(support.Silo.GetRequiredService<IMeterFactory>());
        var mira = await support.NewCustomer();

        await support.Ask(mira, "How do I import documents?");
        await support.Ask(mira, "I would like a refund for my last order, please.");
        await support.Write(mira, "Is anybody there?", "same");
        await support.Write(mira, "Is anybody there?", "same");

        Assert.Equal(["outcome=reply", "outcome=escalate"], measured.Of("fte.exchanges").Select(one => one.Labels).Take(2));
        Assert.Equal(["reason=refund_request urgency=normal"], measured.Of("fte.escalations").Select(one => one.Labels));
        Assert.Equal(
            ["channel=web outcome=duplicate", "channel=web outcome=stored", "channel=web outcome=stored", "channel=web outcome=stored"],
            measured.Of("fte.messages").Select(one => one.Labels).Order(StringComparer.Ordinal));
        Assert.Equal(3, measured.Of("fte.message.sentiment").Count);
        Assert.All(measured.Of("fte.message.sentiment"), one => Assert.InRange(one.Value, 0, 1));
        Assert.Contains(measured.Of("fte.model.duration"), one => one.Labels == "model=scripted/1 outcome=ok");
        Assert.Contains(measured.Of("fte.commit.duration"), one => one.Labels == "outcome=committed");
    }

    [Fact]
    public async Task Calls_of_our_grains_are_timed_and_those_of_the_engine_are_not()
    {
        await using var support = await Support.Open();
        using var measured = new Measured(support.Silo.GetRequiredService<IMeterFactory>());
        var mira = await support.NewCustomer();

        await support.Write(mira, "How do I import documents?");
        await support.Silo.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).GetHosts();

        var calls = measured.Of("fte.grain.call.duration").Select(one => one.Labels).ToList();
        Assert.Contains("interface=IConversationGrain method=Accept outcome=ok", calls);
        Assert.DoesNotContain(calls, labels => labels.Contains("IManagementGrain", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_waits_is_read_now_and_then_and_its_age_tells_when_it_cannot_be()
    {
        var (time, queries) = (new FakeTime(), new Scripted());
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        using var watch = new BacklogWatch(queries, meters, time, NullLogger<BacklogWatch>.Instance);
        using var measured = new Measured(meters);

        await watch.StartAsync(default);
        await Reads(1);
        Assert.Equal((7, 0), (measured.Now("fte.backlog.waiting"), measured.Now("fte.backlog.reading.age")));
        time.Advance(TimeSpan.FromSeconds(14));
        Assert.Equal((1, 14), (queries.Reads, measured.Now("fte.backlog.reading.age")));
        queries.Fails = true;
        time.Advance(TimeSpan.FromSeconds(1));
        await Reads(2);
        time.Advance(TimeSpan.FromSeconds(15));
        await Reads(3);

        Assert.Equal((7, 30), (measured.Now("fte.backlog.waiting"), measured.Now("fte.backlog.reading.age")));
        await watch.StopAsync(default);

        async Task Reads(int count)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (queries.Reads < count || measured.Now("fte.backlog.waiting") is null)
                await Task.Delay(1, limit.Token);
        }
    }

    private sealed class Scripted : IBacklogQueries
    {
        public volatile bool Fails;
        private int reads;

        public int Reads => Volatile.Read(ref reads);

        public Task<Backlog> Read(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref reads);
            return Fails
                ? Task.FromException<Backlog>(new RecordUnavailableException("Away."))
                : Task.FromResult(new Backlog(1, TimeSpan.Zero, 2, TimeSpan.Zero, TimeSpan.Zero, 7, 0));
        }
    }
}
