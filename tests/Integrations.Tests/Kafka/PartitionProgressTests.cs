using FteAgent.Testing;
using Xunit.Abstractions;

namespace FteAgent.Kafka;

public sealed class PartitionProgressTests(ITestOutputHelper output)
{
    private readonly PartitionProgress progress = new();

    [Fact]
    public void Nothing_is_kept_before_anything_has_begun()
    {
        Assert.False(progress.TryTake(out _));
        Assert.Equal(-1, progress.Safe);
    }

    [Fact]
    public void Offset_stays_before_the_earliest_record_in_flight_and_jumps_when_that_is_done()
    {
        foreach (var offset in (long[])[10, 11, 12])
            progress.Began(offset);
        progress.Done(11);
        progress.Done(12);
        Assert.Equal(10, progress.Safe);

        progress.Done(10);

        Assert.True(progress.TryTake(out var kept));
        Assert.Equal(13, kept);
        Assert.False(progress.TryTake(out _));
    }

    [Fact]
    public void Gaps_that_the_broker_leaves_are_no_records_in_flight()
    {
        progress.Began(3);
        progress.Began(90);
        progress.Done(3);
        Assert.Equal(90, progress.Safe);

        progress.Done(90);

        Assert.Equal(91, progress.Safe);
    }

    [Fact]
    public void Whatever_the_order_of_the_ends_no_kept_offset_passes_a_record_in_flight()
    {
        var random = new Random(TestSeed.Take(output.WriteLine));
        for (var course = 0; course < 200; course++)
        {
            var one = new PartitionProgress();
            var (open, begun, kept) = (new List<long>(), 0L, -1L);
            for (var step = 0; step < 300; step++)
            {
                if (open.Count == 0 || random.Next(2) == 0)
                {
                    begun += random.Next(1, 4);
                    one.Began(begun);
                    open.Add(begun);
                }
                else
                {
                    var done = open[random.Next(open.Count)];
                    open.Remove(done);
                    one.Done(done);
                }

                if (random.Next(3) > 0 || !one.TryTake(out var offset))
                    continue;
                Assert.True(offset > kept, "An offset went back.");
                Assert.All(open, still => Assert.True(offset <= still, $"{offset} passes {still}, which is in flight."));
                kept = offset;
            }

            foreach (var last in open)
                one.Done(last);
            Assert.Equal(begun + 1, one.Safe);
        }
    }
}
