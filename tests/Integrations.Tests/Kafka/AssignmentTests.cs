using System.Collections.Concurrent;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using ErrorCode = Confluent.Kafka.ErrorCode;

namespace FteAgent.Kafka;

/// <summary>What a silo has of the group's partitions, and what it may not read.</summary>
public sealed class AssignmentTests : IAsyncLifetime
{
    private const int Fetch = 1;

    private KafkaWorld world = null!;

    public async Task InitializeAsync() => world = await KafkaWorld.Open();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public void What_a_client_that_was_given_up_learns_late_touches_nothing_of_the_next_one()
    {
        var partition = new TopicPartition(KafkaTopics.Incoming, 0);
        var (old, next) = (New(), New());
        old.Assigned([partition]);
        var before = old.Find(partition)!;
        old.End();
        next.Assigned([partition]);

        old.Revoked(null!, [new(partition, 7)]);
        old.Lost([new(partition, 7)]);

        Assert.True(before.IsGone);
        Assert.False(next.Find(partition)!.IsGone);
        Assert.Equal(partition, Assert.Single(world.Member.Partitions));
    }

    [Fact]
    public async Task The_lag_counts_what_waits_in_partitions_that_are_paused_and_what_came_before_the_first_record()
    {
        var away = true;
        world.Conversation = (_, _) => Volatile.Read(ref away) ? throw new Conversations.RecordUnavailableException("the database is away") : Task.CompletedTask;
        for (var number = 0; number < 40; number++)
            await world.Produce(KafkaTopics.Incoming, $"c{number}", KafkaWorld.Message($"c{number}/0", $"c{number}"));
        using var lag = new LagWatch(world.Admin, world.Member, world.Metrics, TimeProvider.System, world.Logger<LagWatch>());
        await world.Start();
        await KafkaWorld.Until(() => world.Brought.Values.Any(times => times >= 3));
        lag.Look();
        Assert.Equal(40, world.Metrics.TotalLag);

        // Partitions are paused now, and fetch nothing of this.
        for (var number = 0; number < 700; number++)
            await world.Produce(KafkaTopics.Incoming, $"c{number % 40}", KafkaWorld.Message($"c{number % 40}/{number + 1}", $"c{number % 40}"));
        lag.Look();
        Assert.Equal(740, world.Metrics.TotalLag);

        Volatile.Write(ref away, false);
        await KafkaWorld.Until(() => world.Taken.Count == 740, () => $"{world.Taken.Count} were taken.");
        await KafkaWorld.Until(() =>
        {
            lag.Look();
            return world.Metrics.TotalLag == 0;
        });
    }

    [Fact]
    public async Task What_the_client_says_that_asks_for_the_lag_is_called_out_where_the_silo_has_no_partition_too()
    {
        var lines = new Lines();
        // Nobody listens there.
        using var admin = new KafkaAdmin(new(new() { BootstrapServers = "127.0.0.1:1" }, lines));
        Assert.NotNull(admin.Group);
        using var lag = new LagWatch(admin, world.Member, world.Metrics, TimeProvider.System, world.Logger<LagWatch>());
        Assert.Empty(world.Member.Partitions);

        await KafkaWorld.Until(() =>
        {
            lag.Look();
            return lines.Events.Contains(3002);
        });
    }

    [Fact]
    public async Task Rights_that_are_missing_are_told_until_something_can_be_read()
    {
        await world.Start();
        await KafkaWorld.Until(() => world.Member.Partitions.Length > 0);
        await world.Broker.Errors(Fetch, (int)ErrorCode.TopicAuthorizationFailed, 3);
        await KafkaWorld.Until(() => world.Member.Trouble() is not null);

        var health = await world.Watch.CheckHealthAsync(new());

        Assert.Equal("The broker does not let this silo read (TopicAuthorizationFailed).", health.Description);
        foreach (var topic in KafkaTopics.Consumed)
            for (var partition = 0; partition < 20; partition++)
                await world.Produce(topic, $"c{partition}", KafkaWorld.Message($"c{partition}/0", $"c{partition}"));
        await KafkaWorld.Until(() => world.Member.Trouble() is null);
    }

    [Fact]
    public void Who_has_no_place_in_the_group_for_a_minute_says_so_and_no_partition_is_a_place_too()
    {
        var time = new Testing.FakeTime();
        var member = new GroupMember(time);
        Assert.Null(member.Trouble());

        time.Advance(GroupMember.Patience);
        Assert.Equal("This silo has had no place in its group for a minute, and reads nothing.", member.Trouble());

        member.Has([]);
        time.Advance(GroupMember.Patience * 2);
        Assert.Null(member.Trouble());
    }

    private Assignment New() => new(new(), world.Member, world.Logger<Assignment>());

    /// <summary>Which kinds of line were logged.</summary>
    private sealed class Lines : ILogger<KafkaClients>
    {
        public ConcurrentBag<int> Events { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Events.Add(eventId.Id);
    }
}
