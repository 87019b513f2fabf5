using FteAgent.Cluster.Faults;
using FteAgent.Cluster.Load;
using Xunit.Abstractions;

namespace FteAgent.Cluster.Stories;

/// <summary>Everything that can happen to a fleet, in random order, while customers write: nothing is lost, repeated, mixed up or forgotten.</summary>
public sealed class FaultStory(ITestOutputHelper output)
{
    /// <summary>Each fault comes once, which takes longer than this; the bench goes on for half an hour.</summary>
    private const int DefaultSeconds = 60;

    [Fact]
    public async Task Through_all_faults_in_random_order_nothing_is_lost_doubled_reordered_stuck_or_leaked()
    {
        var report = await FaultRun.Run(Seed.OfThisRun(), FaultRun.Length(DefaultSeconds), output.WriteLine);

        Assert.True(report.Verdict.Findings.IsEmpty, $"seed {report.Seed}: {report.Verdict}");
        Assert.Empty(report.Unexpected);
        Assert.Equal(Mishaps.All.Select(fault => fault.Name).Order(), report.Faults.Keys.Order());
        Assert.True(report.Accepted >= 500, $"only {report.Accepted} messages were accepted: that is no load");
    }
}
