using System.Globalization;
using FteAgent.Conversations;
using FteAgent.Testing;
using Xunit.Abstractions;

namespace FteAgent.Kafka;

/// <summary>The consumer on a mock broker: what is lost, doubled or out of order would be a customer's message.</summary>
public sealed class InboundConsumerTests(ITestOutputHelper output) : IAsyncLifetime
{
    private KafkaWorld world = null!;

    public async Task InitializeAsync() => world = await KafkaWorld.Open();

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task Each_customers_messages_are_taken_in_order_while_customers_go_in_parallel()
    {
        var seed = TestSeed.Take(output.WriteLine);
        const int Customers = 20, Each = 25;
        var (now, most) = (0, 0);
        world.Conversation = async (message, cut) =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref now));
            await Task.Delay(TestSeed.For(seed, message.ChannelMessageId.Length, int.Parse(message.ChannelMessageId.Split('/')[1], CultureInfo.InvariantCulture)).Next(8), cut);
            Interlocked.Decrement(ref now);
        };
        await world.Start();

        await Write(Customers, Each);
        await KafkaWorld.Until(() => world.Taken.Count == Customers * Each, () => $"{world.Taken.Count} were taken.");

        for (var customer = 0; customer < Customers; customer++)
            Assert.Equal(Enumerable.Range(0, Each), world.NumbersOf($"c{customer}"));
        Assert.All(world.Brought.Values, times => Assert.Equal(1, times));
        Assert.True(most > 4, $"At most {most} were taken at once.");
        await KafkaWorld.Until(() => world.Committed(KafkaTopics.Incoming).Sum(offset => Math.Max(0, offset)) == Customers * Each);
    }

    [Fact]
    public async Task Committed_offset_waits_for_the_message_in_flight_though_later_ones_are_done()
    {
        var release = new TaskCompletionSource();
        world.Conversation = (message, _) => message.Sender.Address == "slow" ? release.Task : Task.CompletedTask;
        await world.Start();
        var slow = await world.Produce(KafkaTopics.Incoming, "slow", KafkaWorld.Message("slow/0", "slow"));
        var later = 0;
        for (var i = 0; later < 20; i++)
            if ((await world.Produce(KafkaTopics.Incoming, $"c{i}", KafkaWorld.Message($"c{i}/0", $"c{i}"))).Partition == slow.Partition)
                later++;

        await KafkaWorld.Until(() => world.Brought.Count == world.Taken.Count + 1 && world.Brought.ContainsKey("slow/0") && world.Taken.Count >= 20);
        // The client commits each second.
        await Task.Delay(TimeSpan.FromSeconds(2.5));
        Assert.InRange(world.Committed(KafkaTopics.Incoming)[slow.Partition.Value], -1, slow.Offset.Value);

        release.SetResult();
        await KafkaWorld.Until(() => world.Committed(KafkaTopics.Incoming)[slow.Partition.Value] == slow.Offset.Value + 21);
    }

    [Fact]
    public async Task While_nothing_can_be_stored_records_wait_and_none_is_stepped_past()
    {
        var away = true;
        world.Conversation = (_, _) => Volatile.Read(ref away) ? throw new RecordUnavailableException("the database is away") : Task.CompletedTask;
        await world.Start();
        await Write(customers: 5, each: 10);
        await KafkaWorld.Until(() => world.Brought.Values.Any(times => times >= 4));
        Assert.Empty(world.Taken);
        Assert.Equal(0, world.Committed(KafkaTopics.Incoming).Sum(offset => Math.Max(0, offset)));

        Volatile.Write(ref away, false);
        await KafkaWorld.Until(() => world.Taken.Count == 50);

        for (var customer = 0; customer < 5; customer++)
            Assert.Equal(Enumerable.Range(0, 10), world.NumbersOf($"c{customer}"));
    }

    [Fact]
    public async Task Poison_goes_to_the_dead_letters_within_five_tries_and_its_partition_moves_on()
    {
        const string Words = "what the customer alone should know";
        TestLogs.Secret(Words);
        world.Conversation = (message, _) => KafkaWorld.IdOf(message) == "poison/0" ? throw new InvalidOperationException(Words) : Task.CompletedTask;
        await world.Start();
        var poison = await world.Produce(KafkaTopics.Incoming, "p", KafkaWorld.Message("poison/0", "poison"), ("ce_id", "e1"), ("theirs", "kept"));
        await world.Produce(KafkaTopics.Incoming, "p", KafkaWorld.Message("poison/1", "poison"));

        var letter = Assert.Single(await world.Read(KafkaTopics.DeadLetters, 1));
        await KafkaWorld.Until(() => world.Taken.Count == 1);

        Assert.Equal(5, world.Brought["poison/0"]);
        Assert.Equal([1], world.NumbersOf("poison"));
        string Header(string name) => CloudEvent.Text(letter.Message.Headers, name)!;
        Assert.Equal(("InvalidOperationException from the conversation", KafkaTopics.Incoming, "5"), (Header(DeadLetterBox.Cause), Header(DeadLetterBox.Topic), Header(DeadLetterBox.Tries)));
        Assert.Equal($"{poison.Partition.Value}/{poison.Offset.Value}", $"{Header(DeadLetterBox.Partition)}/{Header(DeadLetterBox.Offset)}");
        Assert.Equal(("e1", "kept"), (Header("ce_id"), Header("theirs")));
        Assert.Equal("p"u8.ToArray(), letter.Message.Key);
        await KafkaWorld.Until(() => world.Committed(KafkaTopics.Incoming)[poison.Partition.Value] == poison.Offset.Value + 2);
    }

    [Fact]
    public async Task What_cannot_be_read_goes_there_at_once_and_comes_back_by_a_replay()
    {
        await world.Start();
        const string Words = "no JSON, and words that the customer alone should know";
        TestLogs.Secret(Words);
        await world.Produce(KafkaTopics.Incoming, null, Words);
        await world.Produce(KafkaTopics.Incoming, "c1", KafkaWorld.Message("c1/0", "c1"));
        await KafkaWorld.Until(() => world.Taken.Count == 1);
        var broker = new KafkaExamination(world.Options);
        await world.Read(KafkaTopics.DeadLetters, 1);

        var letter = Assert.Single(await broker.DeadLetters(10, default));
        Assert.Equal((KafkaTopics.Incoming, "it is no JSON that can be read (line 1)", "1"), (letter.Topic, letter.Cause, letter.Tries));
        var replay = await broker.Replay(letter.Id, default);

        Assert.Equal(letter, Assert.Single(replay.PutBack));
        Assert.Empty(replay.Left);
        // It is still unreadable, and so is back in the box, as it came.
        var both = await world.Read(KafkaTopics.DeadLetters, 2);
        Assert.Equal(both[0].Message.Value, both[1].Message.Value);
        Assert.Equal([letter.Id], both.Select(each => CloudEvent.Text(each.Message.Headers, DeadLetterBox.ReplayOf)).OfType<string>());
        Assert.Empty((await broker.Replay("7-77", default)).PutBack);
    }

    [Fact]
    public async Task Replayed_message_that_was_taken_meanwhile_is_not_taken_again()
    {
        var refuses = true;
        world.Conversation = (_, _) => Volatile.Read(ref refuses) ? throw new InvalidOperationException() : Task.CompletedTask;
        await world.Start();
        await world.Produce(KafkaTopics.Incoming, "c1", KafkaWorld.Message("c1/0", "c1"));
        await world.Read(KafkaTopics.DeadLetters, 1);
        Volatile.Write(ref refuses, false);
        var broker = new KafkaExamination(world.Options);

        Assert.Single((await broker.Replay(null, default)).PutBack);
        await KafkaWorld.Until(() => world.Taken.Count == 1);
        await broker.Replay(null, default);
        await KafkaWorld.Until(() => world.Brought["c1/0"] == 7);

        Assert.Single(world.Taken);
    }

    [Fact]
    public async Task Replaying_all_brings_back_what_was_refused_and_nothing_doubles_in_the_box()
    {
        world.Conversation = static (_, _) => throw new InvalidOperationException();
        await world.Start();
        await world.Produce(KafkaTopics.Incoming, null, "no JSON");
        await world.Produce(KafkaTopics.Incoming, "c1", KafkaWorld.Message("c1/0", "c1"));
        await world.Read(KafkaTopics.DeadLetters, 2);
        var broker = new KafkaExamination(world.Options);

        for (var times = 1; times <= 2; times++)
        {
            var replay = await broker.Replay(null, default);
            Assert.Equal((1, times), (replay.PutBack.Length, replay.Passed));
            await world.Read(KafkaTopics.DeadLetters, 2 + times);
        }
    }

    [Fact]
    public async Task Of_more_dead_letters_than_are_looked_at_the_latest_are_shown()
    {
        foreach (var number in Enumerable.Range(0, 40))
            await world.Produce(KafkaTopics.DeadLetters, $"k{number}", $"{number}");
        using var reader = world.Clients.Reader();

        var found = new DeadLetterShelf(reader, limit: 2 * Testing.KafkaBroker.Partitions).Read(default);

        var all = await world.Read(KafkaTopics.DeadLetters, 40);
        Assert.Equal(
            all.GroupBy(each => each.Partition.Value).SelectMany(partition => partition.OrderBy(each => each.Offset.Value).TakeLast(2)).Select(DeadLetterShelf.IdOf).Order(StringComparer.Ordinal),
            found.Select(DeadLetterShelf.IdOf).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Silo_that_stops_lets_what_is_in_flight_end_and_leaves_the_rest_to_the_next()
    {
        var (begun, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        world.Conversation = (message, _) =>
        {
            begun.TrySetResult();
            return KafkaWorld.IdOf(message) == "c0/0" ? release.Task : Task.CompletedTask;
        };
        var first = await world.Start();
        // One customer, so that the others wait for the first.
        await Write(customers: 1, each: 10);
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(60));

        var stopping = first.StopAsync(default);
        // It looks twenty times a second whether it is to stop.
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        release.SetResult();
        await stopping;

        Assert.Equal([0], world.NumbersOf("c0"));
        await world.Start();
        await KafkaWorld.Until(() => world.Taken.Count == 10);
        Assert.Equal(Enumerable.Range(0, 10), world.NumbersOf("c0"));
        Assert.All(world.Brought.Values, times => Assert.Equal(1, times));
    }

    [Fact]
    public async Task Second_silo_takes_its_share_and_nothing_is_lost_or_out_of_order()
    {
        world.Conversation = (_, cut) => Task.Delay(150, cut);
        await world.Start();
        var writing = Write(customers: 12, each: 40);
        await KafkaWorld.Until(() => world.Taken.Count > 50);

        await world.Start();
        await writing;
        await KafkaWorld.Until(() => world.Taken.Count == 12 * 40, () => $"{world.Taken.Count} were taken.");

        for (var customer = 0; customer < 12; customer++)
            Assert.Equal(Enumerable.Range(0, 40), world.NumbersOf($"c{customer}"));
        output.WriteLine($"{world.Brought.Values.Count(times => times > 1)} were brought twice, and recognised");
    }

    [Fact]
    public async Task Broker_that_is_away_under_load_loses_doubles_and_swaps_nothing()
    {
        // A minute by TEST_KAFKA_DOWN_SECONDS=60; make bench-kafka measures that.
        var down = TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("TEST_KAFKA_DOWN_SECONDS") ?? "4", CultureInfo.InvariantCulture));
        await world.Start();
        var road = new KafkaRoad(world.Producer, static _ => TimeSpan.FromMinutes(5), TimeProvider.System);
        var load = new RoadLoad(road, customers: 20, each: 40);
        var writing = load.Run();
        await KafkaWorld.Until(() => world.Taken.Count > 20);

        await world.Broker.Down();
        await Task.Delay(down);
        await world.Broker.Up();
        await writing;
        await KafkaWorld.Until(() => world.Taken.Count >= load.Acknowledged.Count, () => $"{world.Taken.Count} of {load.Acknowledged.Count} were taken.");

        Assert.Equal(20 * 40, load.Acknowledged.Count);
        Assert.Equal(load.Acknowledged.Order(StringComparer.Ordinal), world.Taken.Select(message => message.ChannelMessageId).Order(StringComparer.Ordinal));
        for (var customer = 0; customer < 20; customer++)
            Assert.Equal(Enumerable.Range(0, 40), world.Taken.Where(m => m.ChannelMessageId.StartsWith($"c{customer}/", StringComparison.Ordinal)).Select(m => int.Parse(m.ChannelMessageId.Split('/')[1], CultureInfo.InvariantCulture)));
        output.WriteLine($"{load.Refusals} requests were told to come again; {world.Brought.Values.Count(times => times > 1)} records came twice, and were recognised");
    }

    private async Task Write(int customers, int each)
    {
        for (var number = 0; number < each; number++)
            await Task.WhenAll(Enumerable.Range(0, customers).Select(customer =>
                world.Produce(KafkaTopics.Incoming, $"c{customer}", KafkaWorld.Message($"c{customer}/{number}", $"c{customer}"))));
    }

    private static void InterlockedMax(ref int most, int now)
    {
        for (var known = Volatile.Read(ref most); now > known; known = Volatile.Read(ref most))
            if (Interlocked.CompareExchange(ref most, now, known) == known)
                return;
    }
}
