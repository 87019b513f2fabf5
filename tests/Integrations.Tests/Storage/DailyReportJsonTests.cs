namespace FteAgent.Storage;

public sealed class DailyReportJsonTests
{
    [Fact]
    public void Report_of_a_later_version_is_read_without_what_this_one_does_not_know()
    {
        const string Later = """
            {
              "day": "2030-01-02", "time_zone": "UTC", "from": "2030-01-02T00:00:00+00:00", "to": "2030-01-03T00:00:00+00:00", "made_at": "2030-01-03T00:10:00+00:00",
              "weather": "fair",
              "activity": {
                "all": {
                  "messages": 3, "sentiment": { "rated": 0, "low": 0 }, "tickets_opened": 1, "tickets_closed": 0, "resolved_verified": 0, "closed_unverified": 0,
                  "escalations": 1, "first_responses": { "count": 0, "in_time": 0 }, "smiles": 4
                },
                "channels": [],
                "reasons": [ { "reason": "moon_phase", "escalations": [ { "channel": "fax", "count": 1 } ], "messages": 3, "sentiment": { "rated": 0, "low": 0 }, "tickets_closed": 0, "verified": 0 } ],
                "model": { "all": { "drafts": 0, "calls": 0, "input_tokens": 0, "cached_tokens": 0, "output_tokens": 0, "cost_micros": 0 }, "models": [] },
                "feedback": { "helpful": 1, "not_helpful": 0 }
              }
            }
            """;

        var report = DailyReportJson.Read(Later);

        Assert.Equal(new DateOnly(2030, 1, 2), report.Day);
        Assert.Equal(3, report.Activity.All.Messages);
        var reason = Assert.Single(report.Activity.Reasons);
        Assert.Equal(("moon_phase", "fax", 1), (reason.Reason, reason.Escalations[0].Channel, reason.Total));
        Assert.Equal(new(1, 0), report.Activity.Feedback);
        Assert.True(report.IsWhole);
    }

    [Theory]
    [InlineData(new long[] { 7 }, 0.95, 7)]
    [InlineData(new long[] { 10, 20 }, 0.5, 15)]
    [InlineData(new long[] { 10, 20, 30, 40 }, 0.95, 38.5)]
    [InlineData(new long[] { 10, 20, 30 }, 1, 30)]
    public void Percentile_lies_between_its_neighbours(long[] sorted, double share, double percentile) =>
        Assert.Equal(percentile, Percentile.Of(sorted, share), 9);
}
