using System.Globalization;
using FteAgent.Cluster.Load;
using FteAgent.Cluster.Roads;
using FteAgent.Cluster.Silos;
using Xunit.Abstractions;

namespace FteAgent.Cluster.Stories;

/// <summary>What comes by Kafka is in the record once and in order, whatever goes away meanwhile. The broker is librdkafka's mock.</summary>
public sealed class RoadStories(ITestOutputHelper output)
{
    /// <summary>The length of the outage in seconds; a minute in the bench.</summary>
    private const string Down = "TEST_KAFKA_DOWN_SECONDS";
    private const int UsuallyDown = 8;

    [Fact]
    public async Task A_silo_that_is_killed_in_the_midst_of_a_batch_loses_nothing_and_doubles_nothing()
    {
        var seed = Seed.OfThisRun();
        var report = await RoadRun.Kill(seed, customers: 30, each: 40, output.WriteLine, Log.Lines);

        Assert.True(report.IsClean, $"seed {seed}: {report}");
        output.WriteLine($"{report}; all in the record {report.Caught.TotalSeconds:0.0} s after the kill");
    }

    [Fact]
    public async Task A_broker_that_is_away_under_load_and_comes_back_has_lost_doubled_and_swapped_nothing_that_came_or_is_told()
    {
        var seed = Seed.OfThisRun();
        var down = TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable(Down) is { Length: > 0 } given ? given : $"{UsuallyDown}", CultureInfo.InvariantCulture));
        var report = await RoadRun.Outage(seed, customers: 20, down, TimeSpan.FromSeconds(5), output.WriteLine, Log.Lines);

        Assert.True(report.IsClean, $"seed {seed}: {report}");
        Assert.True(report.Acknowledged > 200, $"Only {report.Acknowledged}: that is no load.");
        Assert.True(report.Told!.Decided > 40, $"Only {report.Told.Decided} events: that is nothing told.");
        output.WriteLine($"{report}; all in the record {report.Caught.TotalSeconds:0.0} s after the broker was back");
    }
}
