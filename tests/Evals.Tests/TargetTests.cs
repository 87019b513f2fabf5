namespace FteAgent.Evals;

/// <summary>A figure stands beside what it should be, and whoever asks is told by the exit code.</summary>
public sealed class TargetTests
{
    [Theory]
    [InlineData("flydocs.hit@5", 0.78, true)]
    [InlineData("flydocs.hit@5", 0.7799, false)]
    [InlineData("tickets_whole.escalation_rate", 0.199, true)]
    [InlineData("tickets_whole.escalation_rate", 0.2, false)]
    [InlineData("identity.wrong_merges", 0, true)]
    [InlineData("identity.wrong_merges", 1, false)]
    public void A_figure_meets_its_target_or_misses_it(string key, double value, bool isMet)
    {
        var figures = new Figures();
        figures.Add(key, value);

        Assert.Equal(!isMet, Assert.Single(figures.Measured).IsMissed);
        Assert.Equal(isMet ? 0 : 1, Targets.Check(figures.Measured));
    }

    [Fact]
    public void What_has_no_target_misses_none_and_alone_passes_no_check()
    {
        var figures = new Figures();
        figures.Add("flydocs.recall@1", 0);

        Assert.False(figures.Measured[0].IsMissed);
        Assert.Equal(1, Targets.Check(figures.Measured));
    }

    [Theory]
    [InlineData("knowledge.search_p95_ms", true)]
    [InlineData("banking77.train_s", true)]
    [InlineData("flydocs.hit@5", false)]
    [InlineData("identity.wrong_merges", false)]
    public void A_time_is_known_by_its_unit(string key, bool isTime) => Assert.Equal(isTime, Targets.IsOfTime(key));

    [Fact]
    public void The_small_sample_is_held_to_the_targets_of_our_own_sets_alone()
    {
        var figures = new Figures(isSample: true);
        figures.Add("flydocs.hit@5", 0.1);
        figures.Add("everyday_whole.escalation_rate", 0.1);

        Assert.Equal(["everyday_whole.escalation_rate"], figures.Measured.Where(figure => figure.IsMissed).Select(figure => figure.Key));
    }

    [Fact]
    public void An_interval_holds_its_figure_and_is_narrower_where_more_is_known()
    {
        var (few, many) = (Interval.OfShare(16, 20), Interval.OfShare(1_600, 2_000));

        Assert.InRange(0.8, few.Low, few.High);
        Assert.InRange(0.8, many.Low, many.High);
        Assert.True(many.High - many.Low < (few.High - few.Low) / 5);
        Assert.Equal(95, Interval.Quantile([.. Enumerable.Range(0, 100).Select(n => (double)n)], 0.95));
    }
}
