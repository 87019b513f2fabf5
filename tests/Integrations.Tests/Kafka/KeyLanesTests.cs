using System.Collections.Concurrent;
using FteAgent.Testing;
using Xunit.Abstractions;

namespace FteAgent.Kafka;

public sealed class KeyLanesTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly KeyLanes lanes = new();

    [Fact]
    public void Works_of_a_key_are_done_in_order_whatever_the_others_do()
    {
        var random = new Random(TestSeed.Take(output.WriteLine));
        var done = new ConcurrentDictionary<string, ConcurrentQueue<int>>();
        var running = new ConcurrentDictionary<string, int>();
        for (var number = 0; number < 5_000; number++)
        {
            var (key, place, yields) = ($"customer-{random.Next(40)}", number, random.Next(4));
            lanes.Add(key, async () =>
            {
                Assert.Equal(1, running.AddOrUpdate(key, 1, (_, now) => now + 1));
                for (var i = 0; i < yields; i++)
                    await Task.Yield();
                done.GetOrAdd(key, _ => new()).Enqueue(place);
                running.AddOrUpdate(key, 0, (_, now) => now - 1);
            });
        }

        Assert.True(lanes.Wait(() => lanes.Open == 0, Patience));
        Assert.Equal(5_000, done.Values.Sum(lane => lane.Count));
        Assert.All(done.Values, lane => Assert.Equal(lane.Order(), lane));
    }

    [Fact]
    public async Task One_key_that_hangs_holds_up_no_other()
    {
        var (hangs, other) = (new TaskCompletionSource(), new TaskCompletionSource());
        lanes.Add("a", () => hangs.Task);
        lanes.Add("b", () =>
        {
            other.SetResult();
            return Task.CompletedTask;
        });

        await other.Task.WaitAsync(Patience);
        Assert.False(lanes.Wait(() => lanes.Open == 0, TimeSpan.FromMilliseconds(1)));
        hangs.SetResult();
        Assert.True(lanes.Wait(() => lanes.Open == 0, Patience));
    }
}
