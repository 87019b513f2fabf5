using FteAgent.Cluster.Load;
using FteAgent.Cluster.Silos;
using Xunit.Abstractions;

namespace FteAgent.Cluster.Stories;

/// <summary>A deploy, as customers notice it: not at all.</summary>
public sealed class RollingStory(ITestOutputHelper output)
{
    /// <summary>Less than the bench's, which has the machine for itself.</summary>
    private const int RequestsPerSecond = 60;

    /// <summary>Far fewer than are asked in a restart's twelve seconds and more, far more than a silent assistant would give.</summary>
    private const int AnswersInARestart = 30;
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_rolling_restart_fails_no_request_though_the_balancer_asks_only_every_ten_seconds_and_nothing_is_sent_twice()
    {
        var seed = Seed.OfThisRun();
        var report = await RollingRestart.Run(seed, RequestsPerSecond, FleetFixture.ModelTakes, output.WriteLine, Log.Lines);

        Assert.Empty(report.Failures);
        Assert.True(report.Verdict.Findings.IsEmpty, $"seed {seed}: {report.Verdict}");
        Assert.True(report.SlowestDrain <= Promise, $"a drain took {report.SlowestDrain}");
        Assert.True(report.Answered > RequestsPerSecond * 3 * int.Parse(RollingRestart.DrainSeconds, System.Globalization.CultureInfo.InvariantCulture), $"only {report.Answered} requests: that is no load");
        Assert.True(report.FewestAnswers >= AnswersInARestart, $"only {report.FewestAnswers} answers in one restart: the assistant was silent");
    }
}
